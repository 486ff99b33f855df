"""The web: one router per resource, what they take and answer, and how errors become answers."""

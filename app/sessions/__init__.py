"""A learner's network over time: where it stands, what was edited, and how to get to any of its iterations."""

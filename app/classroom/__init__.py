"""A class: rooms in which one leads and the others follow. Who may do what, and what all are shown; no HTTP."""

"""The tests mirror `app/`; `python3 -m tests` runs them."""

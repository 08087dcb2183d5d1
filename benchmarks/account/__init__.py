"""An emulated account whose calls are counted and take longer, and who is asked of it."""

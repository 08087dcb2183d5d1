"""What the embedded store is measured by: a module each, named as its section of `store.py`."""

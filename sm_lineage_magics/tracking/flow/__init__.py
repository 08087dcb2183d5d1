"""How values flow from one call to the next, read from the code itself, and what that links."""

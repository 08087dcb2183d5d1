"""How values flow, as the code of a cell says; nothing of it is run."""

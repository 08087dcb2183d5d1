"""What is watched while a block runs, a module for each sort of doing."""

"""Functions replaced for the length of a block, and put back."""

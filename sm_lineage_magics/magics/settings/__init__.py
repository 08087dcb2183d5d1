"""Settings: what they are, and the files and variables they come from."""

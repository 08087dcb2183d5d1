"""What is written to an account and taken back, with nothing of anybody else's."""

"""What stands beneath the canvas: what was clicked, what can be done with it, how to repeat it."""

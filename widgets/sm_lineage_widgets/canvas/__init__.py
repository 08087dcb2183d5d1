"""What is drawn, as ipycytoscape takes it, and the canvas it is drawn on."""

"""What an account tells: entities, associations, walks, and what is true just now."""

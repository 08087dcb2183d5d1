"""The calls to the service: who makes them, how many at once, and what a refusal means."""

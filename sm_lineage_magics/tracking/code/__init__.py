"""Which code ran: scripts, cells and notebooks, at which commit."""

"""From facts to the store: the plan, the journal of what was written, and taking it back."""

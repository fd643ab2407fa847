"""Places: one pool of seats behind every kind of place."""

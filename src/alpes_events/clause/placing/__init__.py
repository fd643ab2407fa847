"""Finding people for a lot, and placing them."""

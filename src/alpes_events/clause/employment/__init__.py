"""Employment contracts of people placed, their planned hours, and what became of them."""

"""Figures whose records live elsewhere: a value with its source, its day and who entered it."""

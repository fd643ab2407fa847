"""Which job ran when, and which process leads."""

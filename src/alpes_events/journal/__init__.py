"""What happened: append-only domain events, and their delivery to consumers."""

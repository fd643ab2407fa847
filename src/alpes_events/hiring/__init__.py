"""Job offers, the operations of employers who recruit, applications with each of their steps, and contracts signed."""

"""How each lot stands against its calendar."""

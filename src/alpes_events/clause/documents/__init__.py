"""Numbered and sealed: what every document that goes out bears."""

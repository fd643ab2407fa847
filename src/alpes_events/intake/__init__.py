"""Imports: files that people have, checked row by row."""

"""Errands: long work that somebody asked the machine to do, with its progress and the file to fetch."""

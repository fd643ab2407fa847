"""Seat pools, sign-ups, waiting lists, check-in, head-counts."""

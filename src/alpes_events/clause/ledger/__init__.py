"""The hours: entries that never change, chained, verified, and their sums."""

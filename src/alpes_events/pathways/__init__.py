"""Schemes that accompany people: who entered, their steps, how they left, and the history of what was corrected."""

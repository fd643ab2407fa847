"""Telling other systems that an event was published, changed or cancelled: signed, retried, and logged."""

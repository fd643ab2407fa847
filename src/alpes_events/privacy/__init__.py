"""Export, retention, erasure."""

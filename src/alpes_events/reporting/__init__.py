"""The yearly report: every figure a named definition over records, compiled, checked against the others, printed."""

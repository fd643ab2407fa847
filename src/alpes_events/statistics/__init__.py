"""Indicators, compiled values and the lines of the yearly report."""

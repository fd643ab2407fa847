"""Pure functions: who fits what and why, and which two records are one person."""

"""Candidates, accounts, sign-in and consents."""

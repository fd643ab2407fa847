"""The outbox, what each message says, and the call list."""

"""The platform: what is stored, decided and counted."""

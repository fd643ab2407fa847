"""Engine and sessions for SQLite and PostgreSQL, column types, migrations."""

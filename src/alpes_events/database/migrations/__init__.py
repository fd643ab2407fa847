"""How a database is brought from one version of its tables to the next."""

"""What is done for or with people on a date: one record for every kind of service, each kind declared as data."""

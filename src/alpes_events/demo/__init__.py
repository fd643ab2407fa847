"""The demonstration: the agenda of 2023 as published, this month's around today, and people who do not exist."""

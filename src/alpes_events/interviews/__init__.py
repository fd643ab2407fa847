"""Interviews at an event: exhibitors' tables, hours of presence, the timetable and its drafts, the day as it runs."""

"""Events, series, venues, and their calendars."""

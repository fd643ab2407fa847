"""One process that keeps time: the calendar of jobs and the consumers of the journal."""

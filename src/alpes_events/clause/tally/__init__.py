"""The hours of a year, cut by anything, as page, table and file."""

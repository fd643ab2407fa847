"""The occupations of the ROME that somebody imported, and which of them a title may be."""

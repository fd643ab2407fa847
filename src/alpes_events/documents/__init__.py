"""Documents to print and keep: tagged PDF, typeset from frozen values by templates of our own."""

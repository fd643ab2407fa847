"""What the staff pages show and ask: values for templates, forms, and who sees whose sign-ups."""

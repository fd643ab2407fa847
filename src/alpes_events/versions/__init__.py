"""What texts and rules said before they were changed, kept so that it can be read and brought back."""

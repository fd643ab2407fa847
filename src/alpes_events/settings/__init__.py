"""The settings of one deployment."""

"""The monthly hours of each company: sent, checked, decided line by line."""

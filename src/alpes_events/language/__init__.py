"""French first, English whole: sentences and their catalogues."""

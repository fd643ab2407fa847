"""The commands of `alpes`: each module here gives `COMMANDS`, and is found by itself."""

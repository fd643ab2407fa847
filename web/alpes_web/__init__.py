"""The Flask app: public agenda, candidate's space, coordination, door; and the `alpes` command."""

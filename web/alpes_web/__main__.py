"""`python -m alpes_web` is the `alpes` command."""

from alpes_web.cli import main

main(prog_name="alpes")

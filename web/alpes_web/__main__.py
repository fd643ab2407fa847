"""`python -m alpes_web` is the `alpes` command."""

from alpes_web.cli import run

run()

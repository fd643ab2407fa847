"""The `alpes` command: its own commands, and those that other parts of the platform add."""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from typing import Any

import click
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web import commands
from alpes_web.terminal import said

REFUSED = 1


class Alpes(click.Group):
    """The group of all commands. A refusal ends with its sentence and exit code 1, as do a file that cannot be
    written and a database that is away or damaged; a wrong usage ends with 2.
    """

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            click.echo(said(refusal.sentence), err=True)
        except OSError as error:
            if error.filename is None:
                raise
            sentence = N_("%(path)s ne peut être ni lu ni écrit : vérifiez le dossier et vos droits.")
            click.echo(said(sentence, path=error.filename), err=True)
        except (OperationalError, ArgumentError):
            click.echo(said(N_("La base de données ne répond pas : vérifiez ALPES_DATABASE_URL.")), err=True)
        except DatabaseError as error:
            if type(error) is not DatabaseError:
                raise
            click.echo(
                said(N_("La base de données est abîmée : reprenez une sauvegarde par alpes db restore.")), err=True
            )
        sys.exit(REFUSED)


main = Alpes(
    name="alpes",
    help=said(N_("Événements, inscriptions, calendriers et chiffres pour l’emploi d’un territoire.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes demo --port 8000"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _commands() -> Iterator[click.Command]:
    """Every command: `COMMANDS` of the modules of `alpes_web.commands`, then the entry points `alpes.commands`."""
    for module in sorted(iter_modules(commands.__path__), key=lambda found: found.name):
        yield from import_module(f"{commands.__name__}.{module.name}").COMMANDS
    for entry in sorted(entry_points(group="alpes.commands"), key=lambda found: found.name):
        yield entry.load()


for _command in _commands():
    main.add_command(_command)


def run() -> None:
    """The command as a program. Whatever it writes (database, backups, exports, kept mail) holds personal data: it is
    for the account that runs it, and closed to the others of the machine.
    """
    os.umask(0o077)
    main(prog_name="alpes")

"""`alpes db`: bring the database to the version that the program wants, and check it."""

import json
import sys
from pathlib import Path

import click

from alpes_events.agenda.seed import seed_series
from alpes_events.database import migrate
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.territory.commands import seed_communes, seed_organisation
from alpes_events.territory.seed import read_seed
from alpes_web.terminal import Terminal, json_option, pass_terminal, said


class OldDatabase(Refusal):
    """The tables are not at the version that the program wants."""

    def __init__(self, *, current: str | None, wanted: str | None) -> None:
        super().__init__(
            N_(
                "La base de données est à la version %(current)s et le programme attend %(wanted)s : "
                "lancez alpes db upgrade."
            ),
            current=current or "0",
            wanted=wanted or "0",
        )


@click.group(
    help=said(N_("La base de données : mise à jour, vérification, sauvegarde.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes db upgrade"),
)
def db() -> None:
    """Group of the commands about the database."""


@db.command(
    help=said(N_("Met les tables à la version du programme. Les données restent.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes db upgrade"),
)
@json_option
@pass_terminal
def upgrade(terminal: Terminal, *, as_json: bool) -> None:
    """Bring the tables up."""
    before = migrate.current_revision(terminal.database)
    migrate.upgrade(terminal.database)
    if as_json:
        click.echo(json.dumps({"before": before, "version": migrate.newest_revision()}))
        return
    _say_current()


@db.command(
    help=said(N_("Décrit l’organisation d’après un fichier TOML, une fois ; ensuite le site la modifie.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes db seed docs/examples/organisation.toml"),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@pass_terminal
def seed(terminal: Terminal, *, file: Path, as_json: bool) -> None:
    """Write communes, organisation, territory and series from a seed file."""
    ensure_current(terminal)
    described = read_seed(file)
    with terminal.database.writing() as session:
        communes = seed_communes(session)
        written = seed_organisation(session, described, now=terminal.now())
        seed_series(session, described.series)
        session.commit()
    if as_json:
        click.echo(json.dumps({"name": described.name, "written": written, "communes": communes}, ensure_ascii=False))
    elif written:
        click.echo(
            said(N_("« %(name)s » est décrite ; %(count)d communes connues."), name=described.name, count=communes)
        )
    else:
        click.echo(said(N_("L’organisation était déjà décrite : elle n’a pas été changée.")))


@db.command(
    help=said(N_("Dit si les tables sont celles que le programme attend.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes db check --json"),
)
@json_option
@pass_terminal
def check(terminal: Terminal, *, as_json: bool) -> None:
    """Say whether the tables are those that the program wants."""
    current, wanted = migrate.current_revision(terminal.database), migrate.newest_revision()
    if as_json:
        click.echo(json.dumps({"current": current, "wanted": wanted, "ok": current == wanted}))
        sys.exit(int(current != wanted))
    ensure_current(terminal)
    _say_current()


def ensure_current(terminal: Terminal) -> None:
    """Raise `OldDatabase` unless the tables are those that the program wants."""
    current, wanted = migrate.current_revision(terminal.database), migrate.newest_revision()
    if current != wanted:
        raise OldDatabase(current=current, wanted=wanted)


def _say_current() -> None:
    click.echo(said(N_("La base de données est à jour (version %(version)s)."), version=migrate.newest_revision()))


COMMANDS: list[click.Command] = [db]

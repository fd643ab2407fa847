"""`alpes demo`: a whole organisation to try, with its site and its scheduler, in one command."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from sqlalchemy.engine import make_url

from alpes_events.database import migrate
from alpes_events.database.engine import Database, connect
from alpes_events.demo.accounts import DemoAccounts, demo_accounts
from alpes_events.demo.build import build_demo, day_of_demo
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.settings.deployment import read_settings
from alpes_web.companions import companions, free_port
from alpes_web.progress import progress_bar
from alpes_web.role_words import ROLE_WORDS
from alpes_web.terminal import Terminal, pass_terminal, said

_HOST = "127.0.0.1"


class KeepsItsServer(Refusal):
    """A database on a server is not emptied by a demonstration."""

    def __init__(self) -> None:
        super().__init__(
            N_("--fresh efface un fichier SQLite, pas une base sur un serveur : videz-la vous-même, puis recommencez.")
        )


@dataclass(frozen=True)
class Made:
    """The demonstration's database, the day it was made, and whether that was now."""

    address: str
    made_on: str
    made_now: bool


@click.command(
    help=said(
        N_(
            "Prépare une démonstration (l’agenda de 2023, celui des semaines à venir, des personnes inventées), puis "
            "sert le site jusqu’à Ctrl-C. Une démonstration déjà prête est reprise telle quelle."
        )
    ),
    epilog=said(N_("Exemple : %(command)s"), command="alpes demo --port 8000"),
)
@click.option("--no-serve", is_flag=True, help=said(N_("Prépare la base de données sans servir le site.")))
@click.option("--fresh", is_flag=True, help=said(N_("Efface la démonstration et la refait autour d’aujourd’hui.")))
@click.option("--database-url", default="", help=said(N_("Base à remplir ; sans ce choix, celle des réglages.")))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=said(N_("Port.")))
@click.option("--json", "as_json", is_flag=True, help=said(N_("Réponse pour une machine.")))
@pass_terminal
@click.pass_context
def demo(
    context: click.Context,
    terminal: Terminal,
    *,
    no_serve: bool,
    fresh: bool,
    database_url: str,
    port: int,
    as_json: bool,
) -> None:
    """Make the demonstration and serve it."""
    settings = read_settings(to_serve=False)
    made = _prepare(terminal, database_url or settings.database_url, fresh=fresh)
    accounts = demo_accounts()
    if as_json:
        click.echo(json.dumps({**asdict(made), **asdict(accounts)}, ensure_ascii=False))
    else:
        _say_made(made)
        _say_accounts(accounts)
    if not no_serve:
        known = context.find_root().command
        with_scheduler = isinstance(known, click.Group) and "scheduler" in known.commands
        sys.exit(_serve(made.address, port, with_scheduler=with_scheduler))


def _prepare(terminal: Terminal, address: str, *, fresh: bool) -> Made:
    """The demonstration's database: made now, or as it was made before."""
    if fresh:
        _refuse_others_then_erase(address)
    database = _open(address)
    try:
        if migrate.current_revision(database) is not None:
            day_of_demo(database)  # refuses somebody's database before touching its tables
        migrate.upgrade(database)
        made_on = day_of_demo(database)
        if made_on is not None:
            return Made(address, made_on, made_now=False)
        with progress_bar(said(N_("Préparation de la démonstration"))) as step:
            build_demo(database, now=terminal.now(), progress=step)
        return Made(address, day_of_demo(database) or "", made_now=True)
    finally:
        database.engine.dispose()


def _open(address: str) -> Database:
    file = _sqlite_file(address)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    return connect(address)


def _sqlite_file(address: str) -> Path | None:
    url = make_url(address)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _refuse_others_then_erase(address: str) -> None:
    """Erase a demonstration's file. `NotADemonstration` for somebody’s, `KeepsItsServer` for a server."""
    file = _sqlite_file(address)
    if file is None:
        raise KeepsItsServer
    if not file.exists():
        return
    database = connect(address)
    if migrate.current_revision(database) is not None:
        day_of_demo(database)
    database.engine.dispose()
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        file.with_name(name).unlink(missing_ok=True)


def _say_made(made: Made) -> None:
    shown = make_url(made.address).render_as_string()
    if made.made_now:
        click.echo(said(N_("La démonstration est prête dans %(database)s."), database=shown))
    else:
        click.echo(
            said(
                N_(
                    "La démonstration du %(day)s est reprise telle quelle, dans %(database)s. "
                    "Pour la refaire autour d’aujourd’hui : alpes demo --fresh"
                ),
                day=made.made_on,
                database=shown,
            )
        )


def _say_accounts(accounts: DemoAccounts) -> None:
    """Who can sign in, with which password."""
    click.echo(said(N_("Comptes à essayer :")))
    for account in accounts.accounts:
        how = account.password or said(N_("par un lien ou un code : voir la boîte aux lettres du site"))
        click.echo(f"  {said(ROLE_WORDS[account.role]):22} {account.email:34} {how}")


def _serve(address: str, port: int, *, with_scheduler: bool) -> int:
    """Site and scheduler until Ctrl-C, or until one of them ends."""
    port = free_port(_HOST, port)
    site = f"http://{_HOST}:{port}"
    environment = {"ALPES_DEMO": "1", "ALPES_DATABASE_URL": address, "ALPES_BASE_URL": site}
    commands: list[Sequence[str]] = [("serve", "--host", _HOST, "--port", str(port), "--workers", "1")]
    commands += [("scheduler",)] if with_scheduler else []
    try:
        with companions(commands, environment=environment) as running:
            if running.answer(_HOST, port):
                click.echo(said(N_("Ouvrez %(site)s (Ctrl-C arrête tout)."), site=site))
            return running.wait_for_one() or 1
    except KeyboardInterrupt:
        click.echo(said(N_("La démonstration est arrêtée.")))
        return 0


COMMANDS: list[click.Command] = [demo]

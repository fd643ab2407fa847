"""`alpes serve`: the site, in as many processes as asked."""

import os

import click

from alpes_events.database import migrate
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.commands.db import ensure_current
from alpes_web.companions import can_listen
from alpes_web.terminal import Terminal, pass_terminal, said

_MOST_WORKERS = 4


class PortTaken(Refusal):
    """Another program listens there, or the address is not of this machine."""

    def __init__(self, *, host: str, port: int) -> None:
        super().__init__(
            N_("%(host)s:%(port)d n’est pas libre : arrêtez ce qui y écoute, ou choisissez un autre --port."),
            host=host,
            port=port,
        )


@click.command(
    help=said(N_("Sert le site. Refuse de démarrer avec un secret faible ou une base qui n’est pas à jour.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes serve --host 0.0.0.0 --port 8000 --workers 2"),
)
@click.option("--host", default="127.0.0.1", show_default=True, help=said(N_("Adresse où écouter.")))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=said(N_("Port.")))
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help=said(N_("Nombre de processus ; sans ce choix, un par cœur, quatre au plus.")),
)
@pass_terminal
def serve(terminal: Terminal, *, host: str, port: int, workers: int | None) -> None:
    """Serve the site until it is stopped."""
    from granian.constants import Interfaces
    from granian.server import Server

    if terminal.settings.demo:
        migrate.upgrade(terminal.database)
    ensure_current(terminal)
    if not can_listen(host, port):
        raise PortTaken(host=host, port=port)
    terminal.database.engine.dispose()  # each process opens its own connections
    click.echo(said(N_("Le site est sur http://%(host)s:%(port)d (Ctrl-C pour l’arrêter)."), host=host, port=port))
    Server(
        "alpes_web.app:from_environment",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        factory=True,
        workers=workers or min(_MOST_WORKERS, os.cpu_count() or 1),
        websockets=False,
        log_enabled=terminal.settings.debug,
    ).serve()


COMMANDS: list[click.Command] = [serve]

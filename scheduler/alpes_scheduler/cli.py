"""`alpes scheduler`: the process that delivers, sends, reminds, closes, counts and backs up."""

import json

import click

from alpes_events.language.sentence import N_
from alpes_scheduler.desk import open_desk
from alpes_scheduler.keeper import Keeper
from alpes_scheduler.process import keep_time, stop_on_signals
from alpes_web.commands.db import ensure_current
from alpes_web.logs import configure_logs
from alpes_web.terminal import Terminal, pass_terminal, said


@click.command(
    help=said(
        N_("Envoie les messages, rappelle, clôt, compte et sauvegarde. Un seul mène : les autres attendent leur tour.")
    ),
    epilog=said(N_("Exemple : %(command)s"), command="alpes scheduler --once --json"),
)
@click.option("--once", is_flag=True, help=said(N_("Fait ce qui est dû, une fois, puis s’arrête.")))
@click.option("--json", "as_json", is_flag=True, help=said(N_("Avec --once, réponse pour une machine.")))
@pass_terminal
def scheduler(terminal: Terminal, *, once: bool, as_json: bool) -> None:
    """Keep time, or do once what is due."""
    ensure_current(terminal)
    configure_logs(terminal.settings.log_format)
    keeper = Keeper(open_desk(terminal.database, terminal.settings, clock=terminal.now))
    if not once:
        stop = stop_on_signals()
        click.echo(said(N_("Le planificateur tourne (Ctrl-C pour l’arrêter).")))
        keep_time(keeper, stop=stop)
        return
    done = keeper.once()
    keeper.retire()
    if as_json:
        click.echo(json.dumps(done))
    elif not done:
        click.echo(said(N_("Un autre planificateur mène : il s’occupe de tout.")))
    else:
        click.echo(said(N_("Fait : %(count)d actions."), count=sum(done.values())))

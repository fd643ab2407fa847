"""`alpes match card`: the model card of the ranking, printed from the constants by which it is computed."""

import json

import click
from rich.console import Console
from rich.table import Table

from alpes_events.language.sentence import N_
from alpes_matching.ranking.card import card
from alpes_web.terminal import json_option, said, terminal_language


@click.command(
    "card",
    help=said(
        N_("La fiche du classement : règles, poids, plafonds, ce qui n’est jamais lu, ce qui est mesuré ou non.")
    ),
    epilog=said(N_("Exemple : %(command)s"), command="alpes match card"),
)
@json_option
def print_card(*, as_json: bool) -> None:
    """Print the model card; it needs no database."""
    shown = card()
    if as_json:
        click.echo(json.dumps(shown.as_json(), ensure_ascii=False))
        return
    spoken = terminal_language()
    for sentence in (shown.made, shown.decides, shown.unknown, shown.ties):
        click.echo(sentence.in_language(spoken))
    weights = Table(title=said(N_("Règles, version %(version)s"), version=shown.rules), title_justify="left")
    for heading in (N_("Critère"), N_("Poids sur 100"), N_("Plafond sur 100")):
        weights.add_column(said(heading))
    for one in shown.criteria:
        cap = "–" if one.cap is None else str(one.cap // 100)
        weights.add_row(one.label.in_language(spoken), str(one.weight), cap)
    figures = Table(title=f"{shown.measured_on}, {shown.machine.in_language(spoken)}", title_justify="left")
    for heading in (N_("Mesure"), N_("Valeur")):
        figures.add_column(said(heading))
    for figure in shown.figures:
        value = said(N_("non mesuré")) if figure.value is None else f"{figure.value:g} {figure.unit}".strip()
        figures.add_row(figure.label.in_language(spoken), value)
    Console().print(weights)
    click.echo(said(N_("Jamais lu : %(what)s."), what=", ".join(one.in_language(spoken) for one in shown.never_used)))
    Console().print(figures)


COMMANDS: list[click.Command] = []
"""None of its own: it stands under `match`."""

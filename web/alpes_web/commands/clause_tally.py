"""`alpes clause tally`: the hours of a year as a numbered, sealed file."""

from datetime import date, datetime
from pathlib import Path

import click

from alpes_events.clause.papers.going_out import file_of
from alpes_events.clause.papers.issuing import make_tally
from alpes_events.clause.tally.export import TallyForm
from alpes_events.clause.tally.keys import Cut
from alpes_events.clause.tally.wishes import NATIONAL, TallyWishes
from alpes_events.language.sentence import N_
from alpes_events.people.audit import AuditAction, note_access
from alpes_web.commands.clause import clause
from alpes_web.commands.db import ensure_current
from alpes_web.terminal import Terminal, pass_terminal, said, terminal_language

_SITUATION = "situation"
_CHOICES = [*(cut.value for cut in Cut if cut not in {Cut.SITUATION_6, Cut.SITUATION_12}), _SITUATION]


@clause.command(
    help=said(
        N_("Le décompte des heures validées d’une année, numéroté et scellé : matrice, indicateurs, découpages.")
    ),
    epilog=said(
        N_("Exemple : %(command)s"),
        command="alpes clause tally --year 2023 --by operation --format xlsx --output 2023.xlsx",
    ),
)
@click.option("--year", type=click.IntRange(1990, 9998), required=True, help=said(N_("L’année du mois travaillé.")))
@click.option(
    "--by", type=click.Choice(_CHOICES), help=said(N_("Un découpage ; sans ce choix, tous sauf celui par personne."))
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help=said(N_("Le décompte tel qu’il était à la fin de ce jour (AAAA-MM-JJ).")),
)
@click.option(
    "--format", "form", type=click.Choice([form.value for form in TallyForm]), default="csv", show_default=True
)
@click.option("--names", is_flag=True, help=said(N_("Les personnes par leur nom, au lieu d’un numéro.")))
@click.option("--health", is_flag=True, help=said(N_("Les critères de santé par leur nom, pour un facilitateur.")))
@click.option(
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default="-",
    help=said(N_("Le fichier à écrire ; « - » est la sortie de la commande.")),
)
@pass_terminal
def tally(
    terminal: Terminal,
    *,
    year: int,
    by: str | None,
    as_of: datetime | None,
    form: str,
    names: bool,
    health: bool,
    output: Path,
) -> None:
    """Number a tally, seal it with the heads of every chain, and write it."""
    ensure_current(terminal)
    day: date | None = None if as_of is None else as_of.date()
    wishes = TallyWishes(year, _cuts(by), day, names=names, health=health, language=terminal_language())
    with click.open_file(str(output), "wb") as file:
        with terminal.database.writing() as db:
            document = make_tally(db, wishes, TallyForm(form), now=terminal.now(), account_id=None)
            db.commit()
        with terminal.database.one_state() as db:
            out = file_of(db, document, health=health)
        file.write(out.content)
    if by == Cut.PERSON:
        note_access(terminal.database, AuditAction.EXPORTED, now=terminal.now(), count=out.person_count)
    click.echo(said(N_("Document %(number)s, sceau %(seal)s."), number=document.number, seal=document.seal), err=True)


def _cuts(by: str | None) -> tuple[Cut, ...]:
    if by is None:
        return NATIONAL
    return (Cut.SITUATION_6, Cut.SITUATION_12) if by == _SITUATION else (Cut(by),)


COMMANDS: list[click.Command] = []
"""Its command stands in the group of `clause`."""

"""`alpes stats`: compile the figures, show them, and write them to a file."""

import json
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich import box
from rich.console import Console
from rich.table import Table
from sqlmodel import Session

from alpes_events.language.sentence import N_, NN_
from alpes_events.statistics import compilation
from alpes_events.statistics.export import NOT_COLLECTED, Format, commune_names, exported
from alpes_events.statistics.periods import Grain, period
from alpes_events.statistics.year_report import COLUMNS, YearReport, year_report
from alpes_events.territory.organisation import current_organisation
from alpes_web.commands.db import ensure_current
from alpes_web.terminal import Terminal, pass_terminal, said, said_count, terminal_language

_WRITTEN = NN_("%(num)s période a de nouveaux chiffres", "%(num)s périodes ont de nouveaux chiffres")
_SEEN = NN_("sur %(num)s regardée.", "sur %(num)s regardées.")

_UNKNOWN = "–"
_WIDE = 100
"""Columns of a terminal where whole words fit beside the names of events."""
_NARROW_LABELS = (N_("Exp."), N_("Vis."), N_("Part."), N_("Terr."), N_("Entr."), N_("Dém."))
_SHORT_LABELS = (N_("Exposants"), N_("Visiteurs"), N_("Participants"), N_("dont terr."), N_("Entretiens"), N_("Démos"))

year_option = click.option("--year", type=click.IntRange(1900, 9999), help=said(N_("L’année, par exemple 2023.")))
needed_year = click.option(
    "--year", type=click.IntRange(1900, 9999), required=True, help=said(N_("L’année, par exemple 2023."))
)
as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help=said(N_("Les chiffres tels qu’ils étaient arrêtés à la fin de ce jour (AAAA-MM-JJ).")),
)


@click.group(
    help=said(N_("Les chiffres : les arrêter, les montrer, les exporter.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes stats show --year 2023"),
)
def stats() -> None:
    """Group of the commands about figures."""


@stats.command(
    "compile",
    help=said(N_("Compte les actes et arrête les chiffres. Sans choix : ce qui a changé depuis la dernière fois.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes stats compile --year 2023"),
)
@year_option
@click.option("--month", metavar="AAAA-MM", help=said(N_("Un mois, par exemple 2023-03.")))
@click.option("--event", "event_id", type=click.IntRange(1), help=said(N_("Un événement, par son numéro.")))
@click.option("--all", "everything", is_flag=True, help=said(N_("Tout, depuis rien.")))
@click.option("--json", "as_json", is_flag=True, help=said(N_("Réponse pour une machine.")))
@pass_terminal
def compile_figures(
    terminal: Terminal, *, year: int | None, month: str | None, event_id: int | None, everything: bool, as_json: bool
) -> None:
    """Count and compile what was asked for."""
    if sum((year is not None, month is not None, event_id is not None, everything)) > 1:
        raise click.UsageError(said(N_("Choisissez une seule chose : --year, --month, --event ou --all.")))
    ensure_current(terminal)
    with terminal.database.writing() as db:
        done = _compile(db, year, month, event_id, everything=everything, now=terminal.now())
        db.commit()
    if as_json:
        click.echo(json.dumps({"periods": done.periods, "written": done.written}))
        return
    click.echo(f"{said_count(*_WRITTEN, done.written)} {said_count(*_SEEN, done.periods)}")


def _compile(
    db: Session, year: int | None, month: str | None, event_id: int | None, *, everything: bool, now: datetime
) -> compilation.Compiled:
    if everything:
        return compilation.compile_all(db, now=now)
    if year is not None:
        return compilation.compile_year(db, year, now=now)
    if month is not None:
        wanted = period(month)
        if wanted.grain is not Grain.MONTH:
            raise click.BadParameter(said(N_("Écrivez le mois comme 2023-03.")), param_hint="--month")
        return compilation.compile_month(db, wanted, now=now)
    if event_id is not None:
        return compilation.compile_event(db, event_id, now=now)
    return compilation.compile_touched(db, now=now)


@stats.command(
    help=said(N_("Montre les chiffres arrêtés d’une année, événement par événement.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes stats show --year 2023 --json"),
)
@needed_year
@as_of_option
@click.option("--json", "as_json", is_flag=True, help=said(N_("Réponse pour une machine.")))
@pass_terminal
def show(terminal: Terminal, *, year: int, as_of: datetime | None, as_json: bool) -> None:
    """Print the compiled report of a year."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        report = year_report(db, year, as_of=_end_of_day(db, as_of))
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        console = Console()
        console.print(_table(report, narrow=console.width < _WIDE))


@stats.command(
    help=said(N_("Écrit les chiffres arrêtés d’une année dans un fichier, avec leurs définitions.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes stats export --year 2023 --format xlsx --output 2023.xlsx"),
)
@needed_year
@as_of_option
@click.option("--format", "form", type=click.Choice([form.value for form in Format]), default="csv", show_default=True)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default="-",
    help=said(N_("Le fichier à écrire ; « - » est la sortie de la commande.")),
)
@pass_terminal
def export(terminal: Terminal, *, year: int, as_of: datetime | None, form: str, output: Path) -> None:
    """Write the compiled report of a year."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        report = year_report(db, year, as_of=_end_of_day(db, as_of))
        content = exported(report, Format(form), communes=commune_names(db), language=terminal_language())
    with click.open_file(str(output), "wb") as file:
        file.write(content)


def _end_of_day(db: Session, day: datetime | None) -> datetime | None:
    """The last instant of a day where the organisation is."""
    if day is None:
        return None
    return datetime.combine(day.date(), time.max, tzinfo=ZoneInfo(current_organisation(db).time_zone))


def _table(report: YearReport, *, narrow: bool) -> Table:
    """The report as a table of the terminal, its sums below with how many events know them. The names of the events
    are there however `narrow` it is.
    """
    legend = said(
        N_("Exp. exposants, Vis. visiteurs, Part. participants, Terr. dont territoire, Entr. entretiens, Dém. démos")
    )
    unknown = f"{_UNKNOWN} : {said(NOT_COLLECTED)}"
    table = Table(
        title=said(N_("Chiffres de %(year)s"), year=report.year),
        caption=f"{unknown}\n{legend}" if narrow else unknown,
        show_footer=True,
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    table.add_column(said(N_("Date")), no_wrap=True)
    table.add_column(said(N_("Événement")), footer=said(N_("Total (événements connus)")), ratio=1)
    known_below = "\n" if narrow else " "
    for column, label in zip(COLUMNS, _NARROW_LABELS if narrow else _SHORT_LABELS, strict=True):
        total = report.total(column)
        value, known = (total.value, total.known_count) if total else (None, 0)
        table.add_column(said(label), justify="right", no_wrap=True, footer=f"{_shown(value)}{known_below}({known})")
    for row in report.events:
        table.add_row(f"{row.starts_on:%d/%m/%y}", row.name, *(_shown(row.value(column)) for column in COLUMNS))
    return table


def _shown(value: int | None) -> str:
    return _UNKNOWN if value is None else str(value)


COMMANDS: list[click.Command] = [stats]

"""`alpes export`: files out."""

from collections.abc import Callable
from pathlib import Path

import click

from alpes_events.fair.stand_queries import stands_of
from alpes_events.intake.awareness_export import awareness_sheet
from alpes_events.intake.company_export import companies_sheet
from alpes_events.intake.event_export import events_sheet
from alpes_events.intake.exhibitor_export import exhibitors_sheet
from alpes_events.intake.hiring_export import applications_sheet, offers_sheet
from alpes_events.intake.hour_export import hours_sheet
from alpes_events.intake.interview_export import Prepared, prepared_sheet
from alpes_events.intake.pathway_export import pathways_sheet, pseudonymous_sheet
from alpes_events.intake.registration_export import event_named, registrations_sheet
from alpes_events.intake.service_export import services_sheet
from alpes_events.language.cells import Sheet, csv_document, workbook
from alpes_events.language.sentence import N_
from alpes_events.pathways.directory import PathwayChoice
from alpes_events.pathways.schemes import schemes
from alpes_events.people.audit import AuditAction, note_access
from alpes_events.services.kinds import act_kinds
from alpes_events.services.listing import ActChoice
from alpes_web.commands.db import ensure_current
from alpes_web.terminal import Terminal, pass_terminal, said, terminal_language


@click.group(
    help=said(N_("Exporte en CSV ou XLSX, avec qui a inscrit chaque personne.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes export events --year 2026"),
)
def export() -> None:
    """Group of the exports."""


def _output_option(function: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--output",
        type=click.Path(dir_okay=False, writable=True, path_type=Path),
        help=said(N_("Fichier .csv ou .xlsx ; sans ce choix, du CSV est écrit dans le terminal.")),
    )(function)


def _event_option(function: Callable[..., None]) -> Callable[..., None]:
    return click.option("--event", "event", required=True, help=said(N_("Numéro ou adresse de l’événement.")))(function)


@export.command(
    help=said(N_("Les inscriptions d’un événement, avec les présences et qui a inscrit chaque personne.")),
    epilog=said(
        N_("Exemple : %(command)s"), command="alpes export registrations --event 12 --output inscriptions.xlsx"
    ),
)
@_event_option
@_output_option
@pass_terminal
def registrations(terminal: Terminal, *, event: str, output: Path | None) -> None:
    """Export the sign-ups of one event; the access audit keeps that it was done."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        event_id = event_named(db, event)
        sheet = registrations_sheet(db, event_id, language=terminal_language())
    _note(terminal, event_id, sheet)
    _write(sheet, output)


@export.command(
    help=said(N_("Les entreprises, chacune avec l’endroit où elle travaille, et personne.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes export companies --output entreprises.xlsx"),
)
@_output_option
@pass_terminal
def companies(terminal: Terminal, *, output: Path | None) -> None:
    """Export the companies that stand; the file can be imported again."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        sheet = companies_sheet(db, on=terminal.now().date(), language=terminal_language())
    _write(sheet, output)


@export.command(
    help=said(N_("Les entreprises sensibilisées : un échange par ligne, avec son jour et son sujet, et personne.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes export awareness --output sensibilisations.xlsx"),
)
@_output_option
@pass_terminal
def awareness(terminal: Terminal, *, output: Path | None) -> None:
    """Export the companies made aware; the file can be imported again."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        sheet = awareness_sheet(db, on=terminal.now().date(), language=terminal_language())
    _write(sheet, output)


@export.command(
    help=said(N_("Les événements d’une année, avec le nombre d’inscrits selon qui les a inscrits.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes export events --year 2026 --output agenda.csv"),
)
@click.option("--year", required=True, type=click.IntRange(1970, 9998), help=said(N_("Année.")))
@_output_option
@pass_terminal
def events(terminal: Terminal, *, year: int, output: Path | None) -> None:
    """Export the events of one year."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        sheet = events_sheet(db, year, language=terminal_language())
    _write(sheet, output)


@export.command(
    help=said(N_("Les heures de la clause validées d’une année : une ligne par personne, marché et mois.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes export hours --year 2023 --output heures.xlsx"),
)
@click.option("--year", required=True, type=click.IntRange(1970, 9998), help=said(N_("L’année du mois travaillé.")))
@_output_option
@pass_terminal
def hours(terminal: Terminal, *, year: int, output: Path | None) -> None:
    """Export the validated hours of a year; the access audit keeps that people were taken away."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        sheet = hours_sheet(db, year, language=terminal_language())
    note_access(terminal.database, AuditAction.EXPORTED, now=terminal.now(), count=len(sheet.rows))
    _write(sheet, output)


@export.command(
    help=said(N_("Les participants d’un dispositif pendant une année ; sans nom, comme le demandent les financeurs.")),
    epilog=said(
        N_("Exemple : %(command)s"), command="alpes export participants --scheme PLIE --year 2023 --pseudonymous"
    ),
)
@click.option("--scheme", required=True, type=click.Choice(list(schemes())), help=said(N_("Le dispositif.")))
@click.option("--year", required=True, type=click.IntRange(1970, 9998), help=said(N_("Année.")))
@click.option("--pseudonymous", is_flag=True, help=said(N_("Sans nom : un pseudonyme stable par personne.")))
@_output_option
@pass_terminal
def participants(terminal: Terminal, *, scheme: str, year: int, pseudonymous: bool, output: Path | None) -> None:
    """Export who was in a scheme in a year; the access audit keeps that people were taken away."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        if pseudonymous:
            key = terminal.settings.secret_key
            sheet = pseudonymous_sheet(db, scheme, year, key=key, language=terminal_language())
        else:
            sheet = pathways_sheet(db, PathwayChoice(scheme_code=scheme, year=year), language=terminal_language())
    note_access(terminal.database, AuditAction.EXPORTED, now=terminal.now(), count=len(sheet.rows))
    _write(sheet, output)


@export.command(
    help=said(N_("Les services rendus d’une année, d’un type ou de tous ; le fichier peut être importé.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes export services --year 2026 --output services.xlsx"),
)
@click.option("--year", required=True, type=click.IntRange(1970, 9998), help=said(N_("Année.")))
@click.option("--kind", type=click.Choice(list(act_kinds())), default=None, help=said(N_("Un seul type de service.")))
@_output_option
@pass_terminal
def services(terminal: Terminal, *, year: int, kind: str | None, output: Path | None) -> None:
    """Export the service acts of a year; the access audit keeps that people were taken away."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        sheet = services_sheet(db, ActChoice(kind or "", year), language=terminal_language())
    note_access(terminal.database, AuditAction.EXPORTED, now=terminal.now(), count=len(sheet.rows))
    _write(sheet, output)


@export.command(
    help=said(N_("Les demandes de stand d’un événement, avec leur réponse et leur place.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes export exhibitors --event 12 --output exposants.xlsx"),
)
@_event_option
@_output_option
@pass_terminal
def exhibitors(terminal: Terminal, *, event: str, output: Path | None) -> None:
    """Export the requests for stands of one event; the access audit keeps that it was done."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        event_id = event_named(db, event)
        sheet = exhibitors_sheet(db, event_id, stands_of(db, event_id), language=terminal_language())
    _note(terminal, event_id, sheet)
    _write(sheet, output)


@export.command(
    help=said(N_("Les offres d’emploi, avec le nombre de candidatures.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes export offers --output offres.xlsx"),
)
@_output_option
@pass_terminal
def offers(terminal: Terminal, *, output: Path | None) -> None:
    """Export every job offer."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        sheet = offers_sheet(db, language=terminal_language())
    _write(sheet, output)


@export.command(
    help=said(N_("Les candidatures, avec leur réponse et qui a proposé chaque personne.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes export applications --output candidatures.xlsx"),
)
@_output_option
@pass_terminal
def applications(terminal: Terminal, *, output: Path | None) -> None:
    """Export every application; the access audit keeps that it was done."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        sheet = applications_sheet(db, language=terminal_language())
    note_access(terminal.database, AuditAction.EXPORTED, now=terminal.now(), count=len(sheet.rows))
    _write(sheet, output)


@export.command(
    help=said(N_("Les entretiens à venir d’un événement : tables des exposants, heures de présence et souhaits.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes export interviews --event 12 --output entretiens.xlsx"),
)
@_event_option
@click.option(
    "--sheet",
    "which",
    type=click.Choice([one.value for one in Prepared]),
    default=Prepared.TABLES.value,
    help=said(N_("Pour un CSV : quelle feuille. Un fichier .xlsx les a toutes.")),
)
@_output_option
@pass_terminal
def interviews(terminal: Terminal, *, event: str, which: str, output: Path | None) -> None:
    """Export what interviews are made of; the access audit keeps that people were taken away."""
    ensure_current(terminal)
    every = output is not None and output.suffix.lower() == ".xlsx"
    asked = list(Prepared) if every else [Prepared(which)]
    with terminal.database.reading() as db:
        event_id = event_named(db, event)
        sheets = [prepared_sheet(db, event_id, one, language=terminal_language()) for one in asked]
    for one, sheet in zip(asked, sheets, strict=True):
        if one is not Prepared.TABLES:
            _note(terminal, event_id, sheet)
    _write_all(sheets, output)


def _note(terminal: Terminal, event_id: int, sheet: Sheet) -> None:
    """Write to the access audit that people of an event were taken away."""
    note_access(
        terminal.database,
        AuditAction.EXPORTED,
        now=terminal.now(),
        subject=("event", event_id),
        count=len(sheet.rows),
    )


def _write(sheet: Sheet, output: Path | None) -> None:
    """To a file by its ending, or as CSV to the terminal."""
    _write_all([sheet], output)


def _write_all(sheets: list[Sheet], output: Path | None) -> None:
    """The same; several sheets go into a workbook only."""
    first = csv_document(sheets[0].heading, sheets[0].rows)
    if output is None:
        click.echo(first, nl=False)
        return
    output.write_bytes(workbook(sheets) if output.suffix.lower() == ".xlsx" else first)
    count = sum(len(sheet.rows) for sheet in sheets)
    click.echo(said(N_("Lignes écrites dans %(file)s : %(count)d."), file=output, count=count))


COMMANDS: list[click.Command] = [export]

"""`alpes import`: files in."""

import json
import sys
from pathlib import Path

import click

from alpes_events.intake.columns import Column
from alpes_events.intake.files import read_table
from alpes_events.intake.issues import RowIssue
from alpes_events.intake.kinds import KINDS, ImportKind
from alpes_events.intake.report import ImportReport, Options
from alpes_events.intake.run import run_import
from alpes_events.intake.table import LARGEST_FILE
from alpes_events.language.sentence import N_
from alpes_web.commands.db import ensure_current
from alpes_web.progress import progress_bar
from alpes_web.terminal import Terminal, pass_terminal, said

_HELP = {
    "events": N_("Importe des événements."),
    "people": N_("Importe des personnes."),
    "companies": N_("Importe des entreprises et leurs contacts."),
    "awareness": N_("Importe les sensibilisations d’entreprises : qui, quel jour, à quel sujet."),
    "registrations": N_("Importe des inscriptions, passées ou à venir."),
    "attendance": N_("Importe des présences : qui est venu, qui non."),
    "offers": N_("Importe des offres d’emploi."),
    "exhibitors": N_("Importe les exposants d’événements."),
    "demonstrations": N_("Importe les démonstrations d’événements."),
    "tables": N_("Importe les tables d’entretien d’exposants : heures, durée, pauses."),
    "interviews": N_("Importe des entretiens réalisés."),
    "hours": N_("Importe des heures de la clause sociale : une ligne par personne, marché et mois."),
    "pathways": N_("Importe des parcours : qui est entré dans quel dispositif, et comment il en est sorti."),
    "attested": N_("Importe des chiffres attestés : ce que d’autres outils ont compté, avec sa source."),
    "services": N_("Importe des services rendus : ateliers, rendez-vous, aides, immersions."),
    "visitors": N_("Importe des comptages de visiteurs par demi-heure."),
}


class NoFile(click.UsageError):
    """No file to import was named: a wrong usage."""

    def __init__(self, *, kind: str) -> None:
        text = N_(
            "Indiquez un fichier CSV ou XLSX. Un modèle à remplir : alpes import %(kind)s --template > modele.csv"
        )
        super().__init__(said(text, kind=kind))


@click.group(
    "import",
    help=said(N_("Importe un fichier CSV ou XLSX. Un même fichier deux fois ne change rien.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes import events events.csv --dry-run"),
)
def import_() -> None:
    """Group of the imports."""


def _import_command(kind: ImportKind) -> click.Command:
    """`alpes import KIND FILE`."""

    @click.command(
        kind.name,
        help=said(_HELP[kind.name]) + "\n\n\b\n" + _columns_help(kind.columns),
        epilog=said(N_("Exemple : %(command)s"), command=f"alpes import {kind.name} {kind.name}.csv --dry-run"),
    )
    @click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--dry-run", is_flag=True, help=said(N_("Dit ce qui serait fait, sans rien écrire.")))
    @click.option("--all-or-nothing", is_flag=True, help=said(N_("N’écrit rien si une ligne est refusée.")))
    @click.option("--tell", is_flag=True, help=said(N_("Écrit aux personnes inscrites, comme si elles l’étaient ici.")))
    @click.option("--template", is_flag=True, help=said(N_("Donne un modèle CSV à remplir.")))
    @click.option("--json", "as_json", is_flag=True, help=said(N_("Réponse pour une machine.")))
    @pass_terminal
    def command(
        terminal: Terminal,
        *,
        file: Path | None,
        dry_run: bool,
        all_or_nothing: bool,
        tell: bool,
        template: bool,
        as_json: bool,
    ) -> None:
        """Import one file."""
        if template:
            click.echo(kind.template(), nl=False)
            return
        if file is None:
            raise NoFile(kind=kind.name)
        options = Options(dry_run=dry_run, all_or_nothing=all_or_nothing, tell=tell)
        report = _imported(terminal, kind, file, options)
        click.echo(
            json.dumps(report_document(report), ensure_ascii=False) if as_json else "\n".join(report_lines(report))
        )
        sys.exit(int(report.refused > 0))

    return command


def _imported(terminal: Terminal, kind: ImportKind, file: Path, options: Options) -> ImportReport:
    ensure_current(terminal)
    with file.open("rb") as stream:
        content = stream.read(LARGEST_FILE + 1)
    table = read_table(file.name, content)
    with progress_bar(file.name) as step:
        return run_import(terminal.database, kind, table, now=terminal.now(), options=options, progress=step)


def _columns_help(columns: tuple[Column, ...]) -> str:
    """The columns, one a line; those a file must have carry a star."""
    lines = [said(N_("Colonnes (* nécessaires) :"))]
    return "\n".join(lines + [f"  {one.heading}{' *' if one.required else ''}" for one in columns])


def report_lines(report: ImportReport) -> list[str]:
    """What an import did, in lines to read."""
    lines = [
        said(
            N_("Lignes lues : %(read)d ; ajoutées : %(added)d ; déjà là : %(there)d ; refusées : %(refused)d."),
            read=report.read,
            added=report.added,
            there=report.there,
            refused=report.refused,
        )
    ]
    if report.corrected:
        lines.append(said(N_("Lignes corrigées au registre : %(count)d."), count=report.corrected))
    lines += map(_told, report.issues)
    if report.warnings:
        wrote = report.written and report.added + report.corrected > 0
        lines.append(said(N_("Lignes écrites, avec une question :") if wrote else N_("Lignes avec une question :")))
        lines += map(_told, report.warnings)
    if report.ignored_headings:
        named = ", ".join(f"« {heading} »" for heading in report.ignored_headings)
        lines.append(said(N_("Colonnes laissées de côté : %(headings)s."), headings=named))
    if not report.written:
        lines.append(said(N_("Rien n’a été écrit.")))
    return lines


def report_document(report: ImportReport) -> dict[str, object]:
    """The same, for a machine."""
    return {
        "kind": report.kind,
        "read": report.read,
        "added": report.added,
        "there": report.there,
        "refused": report.refused,
        "written": report.written,
        "ignored_columns": list(report.ignored_headings),
        "issues": [_issue(issue) for issue in report.issues],
        "warnings": [_issue(issue) for issue in report.warnings],
    }


def _told(issue: RowIssue) -> str:
    where = said(N_("Ligne %(line)d"), line=issue.line)
    where += said(N_(", colonne « %(column)s »"), column=issue.column) if issue.column else ""
    return f"{where} : {said(issue.sentence)}"


def _issue(issue: RowIssue) -> dict[str, object]:
    return {"line": issue.line, "column": issue.column, "reason": said(issue.sentence)}


for _kind in KINDS.values():
    import_.add_command(_import_command(_kind))


COMMANDS: list[click.Command] = [import_]

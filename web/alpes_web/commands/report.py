"""`alpes report`: the yearly report as a file, its checks, and the figures as they are compiled."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import click
from sqlmodel import Session

from alpes_events.language.sentence import N_, NN_
from alpes_events.reporting.checks import Verdict
from alpes_events.reporting.compiling import count_year, keep_compilation
from alpes_events.reporting.edition_mark import DraftMark
from alpes_events.reporting.making import report_on
from alpes_events.reporting.numbers import read
from alpes_events.reporting.pictures import pictures_of
from alpes_events.reporting.publishing import proof_of
from alpes_events.reporting.publishing import publish as publish_report
from alpes_events.reporting.refusals import ReportUnwritten
from alpes_events.reporting.set_report import CheckLine, SetReport
from alpes_events.reporting.setting import set_report, set_template
from alpes_events.reporting.templates import TEMPLATES, the_template
from alpes_events.territory.organisation import local_today
from alpes_web.commands.db import ensure_current
from alpes_web.staff.report_files import ReportFileForm, report_content
from alpes_web.terminal import Terminal, pass_terminal, said, said_count, terminal_language

_AGREE = NN_("%(num)s contrôle est d’accord.", "%(num)s contrôles sont d’accord.")
_DISAGREE = NN_("%(num)s contrôle n’est pas d’accord.", "%(num)s contrôles ne sont pas d’accord.")
_OPEN = NN_("%(num)s contrôle attend un chiffre.", "%(num)s contrôles attendent un chiffre.")


_year = click.option("--year", type=click.IntRange(2000, 2100), required=True, help=said(N_("L’année du rapport.")))
_template = click.option(
    "--template",
    type=click.Choice(TEMPLATES),
    default="annual",
    show_default=True,
    help=said(N_("Le modèle : le rapport d’activité, ou la sélection d’un financeur.")),
)


@click.group(
    help=said(N_("Le rapport annuel : chaque chiffre compté dans les actes, ou attesté avec sa source.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes report build --year 2023 --format pdf --output 2023.pdf"),
)
def report() -> None:
    """Group of the commands about the yearly report."""


@report.command(
    help=said(N_("Écrit le rapport d’une année : tel que l’équipe l’a rédigé, ou tel que le modèle le donne.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes report build --year 2023 --format json"),
)
@_year
@_template
@click.option(
    "--format", "form", type=click.Choice([form.value for form in ReportFileForm]), default="json", show_default=True
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default="-",
    help=said(N_("Le fichier à écrire ; « - » est la sortie de la commande.")),
)
@pass_terminal
def build(terminal: Terminal, *, year: int, template: str, form: str, output: Path) -> None:
    """Write the report."""
    ensure_current(terminal)
    with terminal.database.one_state() as db:
        shown = _shown(db, year, template)
        pictures = pictures_of(db, shown)
        mark = DraftMark(local_today(db, terminal.now()))
    content = report_content(shown, ReportFileForm(form), mark=mark, pictures=pictures)
    with click.open_file(str(output), "wb") as file:
        file.write(content)
    if all(one.value is None for one in shown.lines.values()):
        click.echo(said(N_("Rien n’est relevé en %(year)s : vérifiez l’année."), year=year), err=True)
    for name in shown.gone():
        click.echo(said(N_("Un bloc nomme « %(name)s », qui n’existe pas."), name=name), err=True)


@report.command(
    help=said(
        N_(
            "Compare les chiffres entre eux : les parties font-elles leur tout ? "
            "Y a-t-il moins de personnes que d’actes ?"
        )
    ),
    epilog=said(N_("Exemple : %(command)s"), command="alpes report check --year 2023"),
)
@_year
@click.option("--json", "as_json", is_flag=True, help=said(N_("Réponse pour une machine.")))
@pass_terminal
def check(terminal: Terminal, *, year: int, as_json: bool) -> None:
    """Say which figures contradict each other; answers 1 when some do."""
    ensure_current(terminal)
    with terminal.database.one_state() as db:
        shown = _shown(db, year, "annual")
    lines = [
        {"figure": one.figure, "value": one.value, "expected": one.expected, "verdict": one.verdict.value}
        for one in shown.checks
    ]
    wrong = shown.disagreeing()
    if as_json:
        click.echo(json.dumps(lines, ensure_ascii=False))
    else:
        for one in wrong:
            click.echo(_wrong(one), err=True)
        counts = Counter(one.verdict for one in shown.checks)
        first = said_count(*_DISAGREE, len(wrong)) if wrong else said(N_("Aucun contrôle ne se contredit."))
        rest = (said_count(*_AGREE, counts[Verdict.AGREES]), said_count(*_OPEN, counts[Verdict.OPEN]))
        click.echo(" ".join((first, *rest)))
    if wrong:
        raise click.exceptions.Exit(1)


def _wrong(one: CheckLine) -> str:
    """A check that does not agree: the figure, its name, and what both sides say."""
    facts = {"value": _printed(one.value), "expected": _printed(one.expected)}
    if one.is_total:
        sentence = said(N_("%(value)s dit le total, ses parties font %(expected)s."), **facts)
    else:
        sentence = said(N_("%(value)s : plus que %(expected)s, ce qui ne se peut pas."), **facts)
    return f"{one.label} ({one.figure}). {sentence}"


def _printed(value: float | None) -> str:
    exact = None if value is None else Decimal(int(value) if value.is_integer() else str(value))
    return read(exact, "", terminal_language())


@report.command(
    "compile",
    help=said(N_("Compte les chiffres d’une année et les arrête, s’ils ont changé.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes report compile --year 2023"),
)
@_year
@click.option("--json", "as_json", is_flag=True, help=said(N_("Réponse pour une machine.")))
@pass_terminal
def compile_year(terminal: Terminal, *, year: int, as_json: bool) -> None:
    """Count a year and keep its figures."""
    ensure_current(terminal)
    with terminal.database.one_state() as db:
        counted = count_year(db, year)
    with terminal.database.writing() as db:
        keep_compilation(db, counted, now=terminal.now())
        db.commit()
    count = len(counted.figures)
    click.echo(json.dumps({"figures": count}) if as_json else said_count(*_KEPT, count))


_KEPT = NN_("%(num)s chiffre arrêté.", "%(num)s chiffres arrêtés.")


@report.command(
    help=said(N_("Publie le rapport que l’équipe a rédigé : une édition qui ne changera plus, avec son empreinte.")),
    epilog=said(N_("Exemple : %(command)s"), command='alpes report publish --year 2023 --why "Total corrigé."'),
)
@_year
@_template
@click.option(
    "--why", default="", help=said(N_("Ce que cette édition corrige, ou pourquoi publier malgré un contrôle."))
)
@click.option("--json", "as_json", is_flag=True, help=said(N_("Réponse pour une machine.")))
@pass_terminal
def publish(terminal: Terminal, *, year: int, template: str, why: str, as_json: bool) -> None:
    """Freeze the report as it stands."""
    ensure_current(terminal)
    with terminal.database.one_state() as db:
        written = report_on(db, year, template)
        if written is None:
            raise ReportUnwritten(year=year, template=template)
        proof = proof_of(db, written.id or 0)
    with terminal.database.writing() as db:
        number = publish_report(db, proof, why=why, now=terminal.now(), account_id=None)
        db.commit()
    sha256 = proof.sha256
    if as_json:
        click.echo(json.dumps({"number": number, "sha256": sha256}))
    else:
        click.echo(said(N_("Édition %(number)s publiée, empreinte %(sha256)s."), number=number, sha256=sha256))


def _shown(db: Session, year: int, template: str) -> SetReport:
    """The report that the team writes from this template, or the template itself."""
    language = terminal_language()
    written = report_on(db, year, template)
    if written is not None:
        return set_report(db, written, language=language)
    return set_template(db, the_template(template), year, language=language)


COMMANDS: list[click.Command] = [report]

"""`alpes clause import`: files of hours in."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from alpes_events.clause.durations import in_hours
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.intake.files import read_table
from alpes_events.intake.hour_import import HourReport, import_hours
from alpes_events.intake.hour_options import HourOptions
from alpes_events.intake.table import LARGE
from alpes_events.language.sentence import N_
from alpes_web.commands.clause import clause
from alpes_web.commands.db import ensure_current
from alpes_web.commands.importing import report_document, report_lines
from alpes_web.created_words import AND_OTHERS, CREATED_WORDS
from alpes_web.progress import progress_bar
from alpes_web.terminal import Terminal, json_option, pass_terminal, said, said_count

_MOST_NAMED = 10
"""New things of a kind that the text names; a machine gets them all."""


@clause.command(
    "import",
    help=said(
        N_(
            "Importe des heures : une ligne par personne, marché et mois, en CSV ou XLSX. Le même fichier deux fois "
            "n’ajoute rien ; ce qui diffère du registre est dit, et n’est corrigé qu’avec --correct."
        )
    ),
    epilog=said(N_("Exemple : %(command)s"), command="alpes clause import heures-2023.xlsx --dry-run"),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help=said(N_("Dit ce qui serait fait, sans rien écrire.")))
@click.option(
    "--all-or-nothing/--row-by-row",
    default=False,
    help=said(N_("N’écrit rien si une ligne est refusée, ou écrit les bonnes lignes et dit les autres.")),
)
@click.option(
    "--as",
    "account",
    type=click.Choice([HourAccount.VALIDATED.value, HourAccount.DECLARED.value]),
    default=HourAccount.VALIDATED.value,
    show_default=True,
    help=said(N_("Heures déjà validées, ou seulement déclarées.")),
)
@click.option(
    "--known-contracts", is_flag=True, help=said(N_("Refuse les lignes d’un marché qui n’existe pas encore."))
)
@click.option("--correct", is_flag=True, help=said(N_("Corrige au registre les heures que le fichier dit autrement.")))
@json_option
@pass_terminal
def import_command(
    terminal: Terminal,
    *,
    file: Path,
    dry_run: bool,
    all_or_nothing: bool,
    account: str,
    known_contracts: bool,
    correct: bool,
    as_json: bool,
) -> None:
    """Import a file of hours; exit code 1 when a row is refused."""
    ensure_current(terminal)
    options = HourOptions(
        account=HourAccount(account),
        dry_run=dry_run,
        all_or_nothing=all_or_nothing,
        creates=not known_contracts,
        corrects=correct,
    )
    report = _imported(terminal, file, options)
    if as_json:
        click.echo(json.dumps(_as_json(report), ensure_ascii=False))
    else:
        click.echo("\n".join(_as_text(report)))
    sys.exit(int(report.refused > 0))


def _imported(terminal: Terminal, file: Path, options: HourOptions) -> HourReport:
    with file.open("rb") as stream:
        content = stream.read(LARGE.octets + 1)
    table = read_table(file.name, content, LARGE)
    with (
        progress_bar(said(N_("Rapprochement"))) as matching,
        progress_bar(said(N_("Écriture au registre"))) as progress,
    ):
        return import_hours(
            terminal.database,
            table,
            now=terminal.now(),
            options=options,
            matching=matching,
            progress=progress,
        )


def _as_text(report: HourReport) -> list[str]:
    new = [said_count(*CREATED_WORDS[kind], count) for kind, count in report.created.items() if count]
    entered = N_("Heures inscrites : %(hours)s.") if report.written else N_("Heures du fichier à inscrire : %(hours)s.")
    lines = [said(entered, hours=in_hours(report.minutes))]
    if new:
        created = N_("Ce qui est créé : %(things)s.") if report.written else N_("À créer : %(things)s.")
        lines.append(said(created, things=", ".join(new)))
    if not report.written:
        lines += [line for kind, names in report.new.items() for line in _named(kind, names)]
    return [*report_lines(report), *lines]


def _named(kind: str, names: Sequence[str]) -> list[str]:
    """What would be created of a kind, by name: a heading, then a line for each of the first."""
    if not names:
        return []
    heading = f"{said_count(*CREATED_WORDS[kind], len(names))} :"
    rest = len(names) - _MOST_NAMED
    more = [said_count(*AND_OTHERS, rest)] if rest > 0 else []
    return [heading, *(f"  {one}" for one in (*names[:_MOST_NAMED], *more))]


def _as_json(report: HourReport) -> dict[str, object]:
    return report_document(report) | {
        "created": dict(report.created),
        "corrected": report.corrected,
        "new": {kind: list(names) for kind, names in report.new.items()},
        "minutes": report.minutes,
        "matches": [
            {
                "line": match.line,
                "kind": match.kind,
                "typed": match.typed,
                "found": match.found,
                "score": round(match.score, 3),
                "others": [{"name": name, "score": round(score, 3)} for name, score in match.others],
            }
            for match in report.matches
        ],
    }


COMMANDS: list[click.Command] = []

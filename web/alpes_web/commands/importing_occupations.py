"""`alpes import occupations`: the official files of the ROME in."""

import json
import sys
from pathlib import Path

import click

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.occupations.commands import Compared, compare_occupations, replace_occupations
from alpes_matching.occupations import NoOccupationsError, Occupations, RowProblem
from alpes_web.commands.db import ensure_current
from alpes_web.commands.importing import import_
from alpes_web.progress import progress_bar
from alpes_web.terminal import Terminal, pass_terminal, said

_REASONS = {
    "code": N_("Un code ROME s’écrit comme « D1106 » : une lettre de A à N et quatre chiffres."),
    "empty": N_("Cette case est vide : écrivez-y ce qui manque, ou retirez la ligne."),
    "repeated": N_("Ce métier ou cet intitulé est déjà plus haut : gardez-en un."),
    "long": N_("Cet intitulé est trop long : 300 signes au plus."),
    "columns": N_("Il manque des titres de colonnes : code_rome, et libelle_rome ou libelle_appellation_long."),
    "unread": N_("Le fichier ne se lit plus à partir d’ici : un guillemet y est ouvert sans être fermé."),
}


class NoOccupations(BadInput):
    """What was given holds no file of occupations."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Aucun métier à lire ici : donnez un fichier CSV du ROME, son dossier ou RefRomeCsv.zip, avec les "
                "colonnes code_rome et libelle_rome ou libelle_appellation_long."
            )
        )


@click.command(
    "occupations",
    help=said(N_("Importe les métiers du ROME : fichier CSV, dossier ou archive de France Travail.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes import occupations RefRomeCsv.zip"),
)
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help=said(N_("Dit ce qui serait fait, sans rien écrire.")))
@click.option("--json", "as_json", is_flag=True, help=said(N_("Réponse pour une machine.")))
@pass_terminal
def occupations(terminal: Terminal, *, file: Path, dry_run: bool, as_json: bool) -> None:
    """Import the ROME in place of the one before."""
    ensure_current(terminal)
    try:
        told = Occupations.load(file)
    except NoOccupationsError as problem:
        raise NoOccupations from problem
    with terminal.database.reading() as db:
        compared = compare_occupations(db, told)
    if not (dry_run or compared.same):
        with progress_bar(file.name) as step:
            trained = told.trained(progress=step).to_bytes()
        with terminal.database.writing() as db:
            replace_occupations(db, told, trained, now=terminal.now())
            db.commit()
    answer = _as_json(told, compared, dry_run=dry_run)
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else "\n".join(_as_text(told, compared, answer)))
    sys.exit(int(bool(told.problems)))


def _as_json(told: Occupations, compared: Compared, *, dry_run: bool) -> dict[str, object]:
    return {
        "kind": "occupations",
        "version": told.version,
        "occupations": len(told.by_code),
        "titles": len(told.titles),
        "read": compared.added + compared.there + len(told.problems),
        "added": compared.added,
        "there": compared.there,
        "refused": len(told.problems),
        "written": not dry_run,
        "issues": [
            {"file": one.file, "line": one.line, "column": one.column, "reason": said(_REASONS[one.reason])}
            for one in told.problems
        ],
    }


def _as_text(told: Occupations, compared: Compared, answer: dict[str, object]) -> list[str]:
    lines = [
        said(
            N_("Métiers : %(occupations)d ; intitulés : %(titles)d ; version : %(version)s."),
            occupations=len(told.by_code),
            titles=len(told.titles),
            version=told.version or "–",
        ),
        said(
            N_("Lignes lues : %(read)d ; ajoutées : %(added)d ; déjà là : %(there)d ; refusées : %(refused)d."),
            **{name: answer[name] for name in ("read", "added", "there", "refused")},
        ),
    ]
    lines += map(_problem, told.problems)
    if compared.same:
        lines.append(said(N_("Ces métiers étaient déjà là : rien n’a changé.")))
    elif not answer["written"]:
        lines.append(said(N_("Rien n’a été écrit.")))
    return lines


def _problem(one: RowProblem) -> str:
    where = said(N_("%(file)s, ligne %(line)d"), file=one.file, line=one.line)
    where += said(N_(", colonne « %(column)s »"), column=one.column) if one.column else ""
    return f"{where} : {said(_REASONS[one.reason])}"


import_.add_command(occupations)
COMMANDS: list[click.Command] = []

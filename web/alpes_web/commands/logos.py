"""`alpes import logos`: a folder of logos in."""

import json
import sys
from pathlib import Path

import click

from alpes_events.intake.logo_import import LogoAnswer, import_logos
from alpes_events.language.sentence import N_
from alpes_web.commands.db import ensure_current
from alpes_web.commands.importing import import_
from alpes_web.terminal import Terminal, json_option, pass_terminal, said


@import_.command(
    help=said(
        N_(
            "Importe les logos d’un dossier. Chaque fichier (JPEG, PNG ou WebP) porte le SIRET ou le nom de "
            "l’entreprise. Les fichiers refusés sont nommés avec la raison ; les autres sont pris."
        )
    ),
    epilog=said(N_("Exemple : %(command)s"), command="alpes import logos logos/ --dry-run"),
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help=said(N_("Dit ce qui serait fait, sans rien écrire.")))
@json_option
@pass_terminal
def logos(terminal: Terminal, *, folder: Path, dry_run: bool, as_json: bool) -> None:
    """Import a folder of logos."""
    ensure_current(terminal)
    files = sorted(folder.iterdir())
    answers = list(import_logos(terminal.database, files, now=terminal.now(), dry_run=dry_run))
    refused = [one for one in answers if one.reason is not None]
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in answers], ensure_ascii=False))
    else:
        click.echo("\n".join([_total(answers), *map(_told, refused)]))
    sys.exit(int(bool(refused)))


def _total(answers: list[LogoAnswer]) -> str:
    added = sum(one.new for one in answers)
    refused = sum(one.reason is not None for one in answers)
    return said(
        N_("Fichiers lus : %(read)d ; logos donnés : %(added)d ; déjà là : %(there)d ; refusés : %(refused)d."),
        read=len(answers),
        added=added,
        there=len(answers) - added - refused,
        refused=refused,
    )


def _told(one: LogoAnswer) -> str:
    return f"{one.file} : {said(one.reason)}" if one.reason is not None else one.file


def _as_json(one: LogoAnswer) -> dict[str, object]:
    return {
        "file": one.file,
        "company": one.company,
        "new": one.new,
        "reason": None if one.reason is None else said(one.reason),
    }


COMMANDS: list[click.Command] = []
"""The group of the imports holds it."""

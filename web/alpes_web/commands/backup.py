"""`alpes db backup` and `alpes db restore`."""

import json
from pathlib import Path

import click

from alpes_events.database import migrate
from alpes_events.database.backup import back_up, list_backups, prune_backups, restore
from alpes_events.database.damage import set_aside
from alpes_events.language.sentence import N_
from alpes_events.privacy.erasure import empty_log
from alpes_events.privacy.replay import list_erased, replay_erasures
from alpes_events.tables import METADATA
from alpes_web.commands.db import db, ensure_current
from alpes_web.terminal import Terminal, json_option, pass_terminal, said, said_count

_KILOBYTE = 1024


@db.command(
    name="backup",
    help=said(N_("Sauvegarde la base pendant que le site tourne, et ne garde que les dernières sauvegardes.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes db backup --folder /srv/backups --json"),
)
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help=said(N_("Dossier des sauvegardes.")))
@json_option
@pass_terminal
def backup_command(terminal: Terminal, *, folder: Path | None, as_json: bool) -> None:
    """Back up."""
    ensure_current(terminal)
    folder = folder or terminal.settings.backup_folder
    saved = back_up(terminal.database, METADATA, folder, now=terminal.now())
    prune_backups(folder, keep=terminal.settings.backup_keep)
    if as_json:
        click.echo(json.dumps({"path": str(saved.path), "bytes": saved.byte_count, "kept": len(list_backups(folder))}))
        return
    click.echo(said(N_("Sauvegardé : %(path)s (%(size)d ko)."), path=saved.path, size=saved.byte_count // _KILOBYTE))


@db.command(
    name="restore",
    help=said(
        N_("Remet la base comme dans la sauvegarde, après avoir sauvegardé l’état présent. Arrêtez le site avant.")
    ),
    epilog=said(N_("Exemple : %(command)s"), command="alpes db restore var/backups/alpes-20260302T034000Z.db --yes"),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--yes", is_flag=True, help=said(N_("Sans question.")))
@json_option
@pass_terminal
def restore_command(terminal: Terminal, *, file: Path, yes: bool, as_json: bool) -> None:
    """Bring a backup back."""
    if not yes:
        click.confirm(said(N_("Tout ce qui a changé depuis cette sauvegarde sera perdu. Continuer ?")), abort=True)
    folder = terminal.settings.backup_folder
    before = _keep_present(terminal, folder)
    if before is not None and not as_json:
        click.echo(said(N_("L’état d’avant est dans %(path)s."), path=before))
    restore(terminal.database, file)
    count = _erase_again(terminal, {folder, file.parent})
    if as_json:
        click.echo(json.dumps({"restored": str(file), "before": before and str(before), "erased_again": count}))
        return
    click.echo(said(N_("La base est celle de %(path)s."), path=file))
    if count:
        click.echo(
            said_count(
                "%(num)s personne effacée depuis cette sauvegarde l’est de nouveau.",
                "%(num)s personnes effacées depuis cette sauvegarde le sont de nouveau.",
                count,
            )
        )


def _keep_present(terminal: Terminal, folder: Path) -> Path | None:
    """Back the present state up, or set a damaged file aside. Gives where it is; None when there is none yet."""
    damaged = set_aside(terminal.database, now=terminal.now())
    if damaged is not None:
        click.echo(said(N_("La base présente est abîmée : elle est mise de côté.")), err=True)
        return damaged
    if migrate.current_revision(terminal.database) is None:
        return None
    with terminal.database.reading() as present:
        list_erased(present, folder)
    return back_up(terminal.database, METADATA, folder, now=terminal.now()).path


def _erase_again(terminal: Terminal, folders: set[Path]) -> int:
    """Erase whoever was erased after the backup was made. Gives how many people."""
    with terminal.database.writing() as restored:
        count = sum(replay_erasures(restored, place, now=terminal.now()) for place in folders)
        restored.commit()
    if count:
        empty_log(terminal.database)
    return count


COMMANDS: list[click.Command] = []
"""None of its own: both belong to `alpes db`."""

"""`alpes people`: a person's copy of their data, erasure, likely duplicates, and the record of processing."""

import json
import sys
from pathlib import Path

import click

from alpes_events.language.sentence import LANGUAGES, N_
from alpes_events.people.audit import AuditAction, note_access
from alpes_events.people.merge_proposals import all_likely_pairs, propose_pairs
from alpes_events.people.merge_queries import open_proposal_count
from alpes_events.people.queries import the_candidate
from alpes_events.privacy.end_of_files import end_files, erase_and_note
from alpes_events.privacy.erasure import empty_log
from alpes_events.privacy.export import export_person
from alpes_events.privacy.processing import Terms, printed, record_of_processing
from alpes_events.tables import METADATA
from alpes_events.territory.organisation import current_organisation
from alpes_web.commands.db import ensure_current
from alpes_web.terminal import Terminal, json_option, pass_terminal, said, said_count, terminal_language


@click.group(
    help=said(N_("Les données des personnes : copie, effacement, doublons, registre.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes people duplicates"),
)
def people() -> None:
    """Group of the commands about people."""


@people.command(
    help=said(N_("Écrit tout ce qui est gardé d’une personne, en JSON, pour la lui remettre.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes people export 42 --output copie.json"),
)
@click.argument("candidate_id", type=int)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help=said(N_("Fichier à écrire.")))
@pass_terminal
def export(terminal: Terminal, *, candidate_id: int, output: Path | None) -> None:
    """Write a person's copy."""
    ensure_current(terminal)
    now = terminal.now()
    with terminal.database.reading() as db:
        copy = json.dumps(export_person(db, candidate_id, now=now), ensure_ascii=False, indent=2)
    note_access(terminal.database, AuditAction.EXPORTED, now=now, subject=("candidate", candidate_id), count=1)
    if output is None:
        click.echo(copy)
        return
    output.touch(mode=0o600)
    output.write_text(copy + "\n", encoding="utf-8")
    click.echo(said(N_("Écrit dans %(path)s."), path=output))


@people.command(
    help=said(
        N_(
            "Efface une personne pour toujours : nom, coordonnées, réponses et messages. "
            "Les chiffres publiés ne changent pas, et les places qu’elle tenait passent aux suivants."
        )
    ),
    epilog=said(N_("Exemple : %(command)s"), command="alpes people erase 42"),
)
@click.argument("candidate_id", type=int)
@click.option("--yes", is_flag=True, help=said(N_("Ne demande pas de confirmation.")))
@json_option
@pass_terminal
def erase(terminal: Terminal, *, candidate_id: int, yes: bool, as_json: bool) -> None:
    """Erase a person."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        row = the_candidate(db, candidate_id)
        name = f"{row.given_name} {row.family_name}"
    if not yes and not click.confirm(said(N_("Effacer %(name)s pour toujours ?"), name=name)):
        sys.exit(1)
    count = erase_and_note(terminal.database, terminal.settings.backup_folder, candidate_id, now=terminal.now())
    empty_log(terminal.database)
    if as_json:
        click.echo(json.dumps({"erased": count}))
        return
    erased = said_count("%(num)s fiche effacée.", "%(num)s fiches effacées.", count)
    click.echo(f"{erased} {said(N_('Une sauvegarde restaurée les effacera de nouveau.'))}")


@people.command(
    help=said(N_("Prévient les personnes dont le dossier arrive à son terme, et efface celles prévenues à temps.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes people retention"),
)
@json_option
@pass_terminal
def retention(terminal: Terminal, *, as_json: bool) -> None:
    """Do the daily round of retention now."""
    ensure_current(terminal)
    done = end_files(terminal.database, terminal.settings.backup_folder, now=terminal.now())
    if as_json:
        click.echo(json.dumps({"announced": done.announced_count, "erased": done.erased_count}))
        return
    click.echo(said_count("%(num)s personne prévenue.", "%(num)s personnes prévenues.", done.announced_count))
    click.echo(said_count("%(num)s personne effacée.", "%(num)s personnes effacées.", done.erased_count))


@people.command(
    help=said(N_("Compare toutes les fiches et propose de réunir celles qui semblent d’une même personne.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes people duplicates --json"),
)
@json_option
@pass_terminal
def duplicates(terminal: Terminal, *, as_json: bool) -> None:
    """Propose merges among all people."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        pairs = all_likely_pairs(db)
    with terminal.database.writing() as db:
        new = propose_pairs(db, pairs, now=terminal.now())
        db.commit()
        waiting = open_proposal_count(db)
    if as_json:
        click.echo(json.dumps({"new": new, "to_decide": waiting}))
    else:
        click.echo(said_count("%(num)s nouvelle proposition.", "%(num)s nouvelles propositions.", new))
        click.echo(said_count("%(num)s proposition à décider.", "%(num)s propositions à décider.", waiting))


@people.command(
    help=said(N_("Imprime le registre des traitements (RGPD, article 30), tiré de ce que chaque donnée déclare.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes people record --json"),
)
@click.option("--language", type=click.Choice(LANGUAGES), help=said(N_("Langue du registre.")))
@json_option
@pass_terminal
def record(terminal: Terminal, *, language: str | None, as_json: bool) -> None:
    """Print the record of processing, under the organisation's terms."""
    ensure_current(terminal)
    activities = record_of_processing(METADATA)
    if as_json:
        click.echo(json.dumps([activity.as_json() for activity in activities], ensure_ascii=False))
    else:
        with terminal.database.reading() as db:
            rules = current_organisation(db)
        terms = Terms(rules.retention_months, rules.retention_notice_days, rules.evidence_months)
        click.echo(printed(activities, language=language or terminal_language(), terms=terms), nl=False)


COMMANDS: list[click.Command] = [people]

"""`alpes doctor`: what is missing or badly set, in sentences."""

import json
import sys
from collections.abc import Iterator

import click
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from alpes_events.health import Finding, Verdict, examine_database, examine_settings
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_, say
from alpes_web.mail_server import mail_trouble
from alpes_web.terminal import Terminal, pass_terminal, said

_MARKS = {Verdict.WELL: "✓", Verdict.LOOK: "!", Verdict.BAD: "✗"}


@click.command(
    help=said(N_("Dit ce qui manque ou ce qui est mal réglé, et quoi faire.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes doctor --json"),
)
@click.option("--json", "as_json", is_flag=True, help=said(N_("Réponse pour une machine.")))
@pass_terminal
def doctor(terminal: Terminal, *, as_json: bool) -> None:
    """Examine everything; exit code 1 when something is in the way of the service."""
    findings = list(_findings(terminal))
    if as_json:
        rows = [{"about": item.about, "verdict": item.verdict.value, "text": said(item.sentence)} for item in findings]
        click.echo(json.dumps({"findings": rows}, ensure_ascii=False))
    else:
        for item in findings:
            click.echo(f"{_MARKS[item.verdict]} {said(item.sentence)}")
    sys.exit(int(any(item.verdict is Verdict.BAD for item in findings)))


def _findings(terminal: Terminal) -> Iterator[Finding]:
    """Settings first: when they cannot be read at all, nothing else can be looked at."""
    try:
        settings = terminal.settings
    except Refusal as refusal:
        yield Finding("settings", Verdict.BAD, refusal.sentence)
        try:
            settings = terminal.settings_at_hand
        except Refusal:
            return
    yield from examine_settings(settings)
    if settings.mail.host and not settings.demo:
        trouble = mail_trouble(settings.mail)
        if trouble is not None:
            yield Finding("mail", Verdict.BAD, trouble)
    try:
        yield from examine_database(terminal.database, backup_folder=settings.backup_folder, now=terminal.now())
    except SQLAlchemyError as error:
        if type(error) is DatabaseError:
            sentence = say(N_("La base de données est abîmée : reprenez une sauvegarde par alpes db restore."))
            yield Finding("database", Verdict.BAD, sentence)
            return
        yield Finding(
            "database", Verdict.BAD, say(N_("La base de données ne répond pas : vérifiez ALPES_DATABASE_URL."))
        )


COMMANDS: list[click.Command] = [doctor]

"""`alpes clause`: the ledger of the hours of the social clause, verified."""

import json
import sys

import click

from alpes_events.clause.durations import in_hours
from alpes_events.clause.ledger.fault_words import document_numbers, sentence_of
from alpes_events.clause.ledger.findings import Finding, Verified
from alpes_events.clause.ledger.verifying import verify
from alpes_events.language.sentence import N_, NN_
from alpes_web.commands.db import ensure_current
from alpes_web.progress import progress_bar
from alpes_web.terminal import Terminal, json_option, pass_terminal, said, said_count, terminal_language

_ENTRIES = NN_("%(num)s écriture vérifiée", "%(num)s écritures vérifiées")
_CHAINS = NN_("%(num)s chaîne", "%(num)s chaînes")
_DOCUMENTS = NN_("%(num)s document", "%(num)s documents")
_FAULTS = NN_(
    "%(num)s anomalie : le registre ne peut pas servir.", "%(num)s anomalies : le registre ne peut pas servir."
)


@click.group(
    help=said(N_("La clause sociale : le registre des heures, ses décomptes et leur vérification.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes clause verify"),
)
def clause() -> None:
    """Group of the commands about the social clause."""


@clause.command(
    "verify",
    help=said(N_("Recalcule chaque chaîne du registre et nomme la première écriture qui ment ou qui manque.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes clause verify"),
)
@json_option
@pass_terminal
def verify_ledger(terminal: Terminal, *, as_json: bool) -> None:
    """Verify the ledger; exit code 1 when something is wrong with it."""
    ensure_current(terminal)
    with terminal.database.one_state() as db:
        with progress_bar(said(N_("Vérification du registre"))) as step:
            verified = verify(db, watch=step)
        numbers = document_numbers(db, verified.findings)
    sentences = [sentence_of(one, numbers).in_language(terminal_language()) for one in verified.findings]
    if as_json:
        click.echo(json.dumps(_document(verified, numbers, sentences), ensure_ascii=False, indent=2))
    else:
        _print(verified, sentences)
    if verified.findings:
        sys.exit(1)


def _document(verified: Verified, numbers: dict[int, str], sentences: list[str]) -> dict[str, object]:
    return {
        "entries": verified.entry_count,
        "chains": verified.chain_count,
        "documents": verified.document_count,
        "validated_minutes": verified.minutes,
        "seal": verified.seal,
        "findings": [
            _finding(one, numbers) | {"sentence": sentence}
            for one, sentence in zip(verified.findings, sentences, strict=True)
        ],
    }


def _finding(one: Finding, numbers: dict[int, str]) -> dict[str, object]:
    return {
        "fault": one.fault.value,
        "contract": one.contract_id,
        "reference": one.reference,
        "entry": one.sequence,
        "line": one.line_id,
        "month": None if one.month is None else f"{one.month:%Y-%m}",
        "document": numbers.get(one.document_id or 0),
    }


def _print(verified: Verified, sentences: list[str]) -> None:
    """What is wrong first, on the error channel; then what was read, and the seal of all heads."""
    for sentence in sentences:
        click.echo(sentence, err=True)
    counts = (
        said_count(*_ENTRIES, verified.entry_count),
        said_count(*_CHAINS, verified.chain_count),
        said_count(*_DOCUMENTS, verified.document_count),
    )
    click.echo(", ".join(counts))
    click.echo(said(N_("Heures validées : %(hours)s"), hours=in_hours(verified.minutes)))
    click.echo(said(N_("Sceau : %(seal)s"), seal=verified.seal))
    if sentences:
        click.echo(said_count(*_FAULTS, len(sentences)), err=True)
    else:
        click.echo(said(N_("Le registre est intact.")))


COMMANDS: list[click.Command] = [clause]

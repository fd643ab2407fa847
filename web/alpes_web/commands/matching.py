"""`alpes match`: who fits an offer, which offers fit a person, and whether groups are treated alike; with reasons."""

import json
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from sqlmodel import Session

from alpes_events.hiring.ranking import explanations, offers_for, rank_for_offer
from alpes_events.hiring.ranking_audit import GROUPINGS, audit_of_rankings
from alpes_events.hiring.ranking_mode import check_ranking_is_on, ranks_people
from alpes_events.hiring.ranking_rows import RunCause
from alpes_events.hiring.ranking_shown import places_of
from alpes_events.language.sentence import N_
from alpes_events.people.queries import the_candidate
from alpes_events.territory.organisation import local_today
from alpes_matching.audit import Interval
from alpes_matching.ranking import Explanation
from alpes_web.commands.db import ensure_current
from alpes_web.commands.matching_card import print_card
from alpes_web.terminal import Terminal, json_option, pass_terminal, said, terminal_language

limit_option = click.option(
    "--limit", type=click.IntRange(1, 100), default=10, show_default=True, help=said(N_("Combien en montrer."))
)


@click.group(
    help=said(N_("Rapprocher les personnes et les offres, avec les raisons ; rien n’est décidé à votre place.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes match offer 12"),
)
def match() -> None:
    """Group of the commands about matching."""


@match.command(
    help=said(N_("Classe les personnes qui ont dit ce qu’elles cherchent pour une offre, et garde la trace.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes match offer 12"),
)
@click.argument("offer_id", type=click.IntRange(1))
@limit_option
@json_option
@pass_terminal
def offer(terminal: Terminal, *, offer_id: int, limit: int, as_json: bool) -> None:
    """Rank people for an offer."""
    ensure_current(terminal)
    now = terminal.now()
    with terminal.database.writing() as db:
        _check_mode(db, as_json=as_json)
        today = local_today(db, now)
        run = rank_for_offer(db, offer_id, today=today, now=now, account_id=None, cause=RunCause.ASKED)
        places = places_of(db, run, limit=limit)
        reasons = explanations(db, offer_id, [place.candidate_id for place in places], today=today)
        told = {"run": run.id, "rules": run.rules, "ranked": run.candidate_count, "objected": run.objected_count}
        ranked = [
            {"rank": place.rank, "candidate": place.candidate_id} | _told(reasons[place.candidate_id])
            for place in places
        ]
        db.commit()
    _print({**told, "people": ranked}, ranked, N_("Personne"), "candidate", as_json=as_json)


@match.command(
    help=said(N_("Les offres publiées qui conviennent le mieux à une personne.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes match candidate 42"),
)
@click.argument("candidate_id", type=click.IntRange(1))
@limit_option
@json_option
@pass_terminal
def candidate(terminal: Terminal, *, candidate_id: int, limit: int, as_json: bool) -> None:
    """Rank offers for a person."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        the_candidate(db, candidate_id)
        _check_mode(db, as_json=as_json)
        found = offers_for(db, candidate_id, today=local_today(db, terminal.now()), limit=limit)
        ranked = [
            {"rank": rank, "offer": row.id, "title": row.title} | _told(reasons)
            for rank, (row, reasons) in enumerate(found, start=1)
        ]
    _print({"candidate": candidate_id, "offers": ranked}, ranked, N_("Offre"), "offer", as_json=as_json)


@match.command(
    help=said(
        N_("Taux de personnes proposées et visibilité par groupe, sur des totaux ; les petits groupes sont tus.")
    ),
    epilog=said(N_("Exemple : %(command)s"), command="alpes match audit --json"),
)
@json_option
@pass_terminal
def audit(terminal: Terminal, *, as_json: bool) -> None:
    """Print selection rates and exposure by group."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        found = audit_of_rankings(db)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False))
        return
    for name, title in GROUPINGS.items():
        table = Table(title=said(title), title_justify="left")
        for heading in (N_("Groupe"), N_("Classées"), N_("Proposées"), N_("Taux"), N_("Visibilité")):
            table.add_column(said(heading))
        seen = {one.group: one for one in found.exposures[name]}
        for rate in found.rates[name]:
            if rate.hidden:
                table.add_row(rate.group, said(N_("trop peu pour être dit")), "", "", "")
                continue
            shown = seen[rate.group]
            table.add_row(
                rate.group,
                str(rate.considered),
                str(rate.selected),
                _percent(rate.rate, rate.interval),
                _percent(shown.mean, shown.interval),
            )
        Console().print(table)


def _check_mode(db: Session, *, as_json: bool) -> None:
    """Raise `RankingIsOff` in manual mode; a machine reads it too."""
    if as_json and not ranks_people(db):
        click.echo(json.dumps({"ranking": "off"}))
    check_ranking_is_on(db)


def _told(reasons: Explanation) -> dict[str, Any]:
    """A pair for a machine: the score in ten-thousandths, its contributions, and the sentences."""
    language = terminal_language()
    return {
        "score": reasons.score,
        "contributions": reasons.contributions,
        "reasons": {one.criterion: one.sentence.in_language(language) for one in reasons.reasons},
        "capped": reasons.capped.in_language(language) if reasons.capped else None,
        "unknown": [one.criterion for one in reasons.reasons if one.state.value == "unknown"],
    }


def _print(whole: dict[str, Any], ranked: list[dict[str, Any]], heading: str, key: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(whole, ensure_ascii=False))
        return
    if not ranked:
        click.echo(said(N_("Personne n’a encore dit ce qu’il cherche, ou rien n’est publié.")))
        return
    table = Table(show_lines=True)
    for name in (N_("Rang"), heading, N_("Pour et contre")):
        table.add_column(said(name))
    for one in ranked:
        spoken = [
            f"{'+' if points > 0 else '−'} {one['reasons'][code]}"
            for code, points in one["contributions"].items()
            if code in one["reasons"] and points
        ]
        table.add_row(str(one["rank"]), str(one.get("title", one[key])), "\n".join(spoken) or "–")
    Console().print(table)


def _percent(value: float | None, interval: Interval | None) -> str:
    if value is None or interval is None:
        return "–"
    return f"{value:.0%} ({interval.low:.0%}–{interval.high:.0%})"


match.add_command(print_card)

COMMANDS = (match,)

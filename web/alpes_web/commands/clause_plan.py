"""`alpes clause plan`: who could be placed on which lots, as a draft that somebody accepts line by line on the site."""

import json

import click

from alpes_events.clause.contracts.lot_names import lot_names
from alpes_events.clause.durations import in_hours
from alpes_events.clause.planning.plan_keeping import keep_plan
from alpes_events.clause.planning.planning import answer, question_of
from alpes_events.clause.tables.placement_rows import PlacementPlan
from alpes_events.language.sentence import N_
from alpes_events.territory.organisation import local_today
from alpes_matching.placement import Progress
from alpes_web.commands.clause import clause
from alpes_web.commands.db import ensure_current
from alpes_web.progress import Step, progress_bar
from alpes_web.terminal import Terminal, json_option, pass_terminal, said

_PARTS = 100


@clause.command(
    help=said(N_("Propose un plan de placements sur tous les lots ; il remplace celui qui est ouvert.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes clause plan --json"),
)
@json_option
@pass_terminal
def plan(terminal: Terminal, *, as_json: bool) -> None:
    """Plan, keep the plan as the draft, and say what each lot gets."""
    ensure_current(terminal)
    now = terminal.now()
    with terminal.database.reading() as db:
        question = question_of(db, on=local_today(db, now), now=now, account_id=None)
    with progress_bar(said(N_("Plan de placements"))) as step:
        found = answer(question, watch=lambda progress: _tell(step, progress))
    with terminal.database.writing() as db:
        kept = keep_plan(db, found, now=terminal.now(), account_id=None)
        db.commit()
        names = {number: name.short for number, name in lot_names(db, {row[0] for row in kept.lots}).items()}
        document = _document(kept)
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for number, due, reached, _cause in kept.lots:
        click.echo(
            said(
                N_("%(lot)s : %(due)s à pourvoir, %(reached)s placées."),
                lot=names[number],
                due=in_hours(due),
                reached=in_hours(reached),
            )
        )
    sentence = N_("Plan %(plan)d : %(reached)s placées sur %(due)s. Acceptez-le ligne par ligne sur le site.")
    figures = kept.figures
    click.echo(said(sentence, plan=kept.id, reached=in_hours(figures["reached"]), due=in_hours(figures["due"])))


def _document(kept: PlacementPlan) -> dict[str, object]:
    return {
        "plan": kept.id,
        "first": kept.first_on.isoformat(),
        "last": kept.last_on.isoformat(),
        "due": kept.figures["due"],
        "reached": kept.figures["reached"],
        "people": kept.figures["placed"],
        "eligible": kept.figures["let_in"],
        "objected": kept.figures["objected"],
        "lots": [
            {"lot": number, "due": due, "reached": reached, "shortage": cause}
            for number, due, reached, cause in kept.lots
        ],
        "stints": [
            {"candidate": who, "lot": lot, "from": first, "until": end, "minutes": minutes}
            for who, lot, first, end, minutes in kept.stints
        ],
    }


def _tell(step: Step, progress: Progress) -> bool:
    step(round(progress.done * _PARTS), _PARTS)
    return False


COMMANDS: list[click.Command] = []
"""Its command stands in the group of `clause`."""

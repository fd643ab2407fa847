"""`alpes interviews`: propose the timetable of an event, show it, publish it."""

import json
from typing import Any

import click

from alpes_events.interviews.models import InterviewPlan
from alpes_events.interviews.names import Names, names_of
from alpes_events.interviews.plans import open_plan, published_slots, slots_of, the_plan
from alpes_events.interviews.proposing import keep_proposal, question_of, search
from alpes_events.interviews.publishing import changes_of, publish
from alpes_events.interviews.refusals import UnknownPlan
from alpes_events.language.sentence import N_
from alpes_matching.timetable import Progress
from alpes_web.commands.db import ensure_current
from alpes_web.progress import Step, progress_bar
from alpes_web.terminal import Terminal, json_option, pass_terminal, said, said_count

_PARTS = 100


@click.group(
    help=said(N_("Les horaires des entretiens : les proposer, les montrer, les publier.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes interviews propose 42"),
)
def interviews() -> None:
    """Group of the commands about the timetable of interviews."""


@interviews.command(
    help=said(N_("Propose les horaires d’un événement ; la proposition remplace celle qui est ouverte.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes interviews propose 42 --seed 3"),
)
@click.argument("event_id", type=int)
@click.option(
    "--seed", default=0, type=click.IntRange(0), help=said(N_("Un autre départ donne une autre proposition."))
)
@json_option
@pass_terminal
def propose(terminal: Terminal, *, event_id: int, seed: int, as_json: bool) -> None:
    """Propose a timetable."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        question = question_of(db, event_id, now=terminal.now())
    with progress_bar(said(N_("Horaires des entretiens"))) as step:
        found = search(question, seed=seed, watch=lambda progress: _tell(step, progress))
    with terminal.database.writing() as db:
        plan = keep_proposal(db, found, now=terminal.now(), account_id=None)
        db.commit()
    figures = plan.figures
    if as_json:
        click.echo(json.dumps({"plan": plan.id, **figures}, ensure_ascii=False))
        return
    sentence = N_("Proposition %(plan)d : %(met)d souhaits tenus sur %(wishes)d, %(none)d personnes sans entretien.")
    click.echo(said(sentence, plan=plan.id, met=figures["met"], wishes=figures["wishes"], none=figures["people"][0]))
    click.echo(said(N_("Pour la publier : %(command)s"), command=f"alpes interviews publish {plan.id}"))


@interviews.command(
    "publish",
    help=said(N_("Publie une proposition : chaque personne dont les horaires changent est prévenue.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes interviews publish 7"),
)
@click.argument("plan_id", type=int)
@click.option("--yes", is_flag=True, help=said(N_("Ne demande pas de confirmation.")))
@json_option
@pass_terminal
def publish_plan(terminal: Terminal, *, plan_id: int, yes: bool, as_json: bool) -> None:
    """Publish a draft, once what it changes was read."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        plan = _plan(db.get(InterviewPlan, plan_id))
        differences, number = changes_of(db, plan.event_id, plan, now=terminal.now())
    count = len(differences.people)
    if not yes:
        told = said_count(
            "%(num)s personne sera prévenue. Publier ?", "%(num)s personnes seront prévenues. Publier ?", count
        )
        click.confirm(told, abort=True, err=True)
    with terminal.database.writing() as db:
        done = publish(
            db, plan.event_id, plan_id, version=plan.version, seen=number, now=terminal.now(), account_id=None
        )
        db.commit()
    people = len(done.booked.people)
    if as_json:
        click.echo(json.dumps({"number": done.number, "people": people}))
        return
    click.echo(said(N_("Les horaires sont publiés. Personnes prévenues : %(count)d."), count=people))


@interviews.command(
    help=said(N_("Montre les horaires publiés d’un événement, ou une proposition.")),
    epilog=said(N_("Exemple : %(command)s"), command="alpes interviews show 42 --json"),
)
@click.argument("event_id", type=int)
@click.option("--plan", "plan_id", type=int, help=said(N_("Une proposition ; sans ce choix, ce qui est publié.")))
@json_option
@pass_terminal
def show(terminal: Terminal, *, event_id: int, plan_id: int | None, as_json: bool) -> None:
    """The timetable, an interview a line."""
    ensure_current(terminal)
    with terminal.database.reading() as db:
        names = names_of(db, event_id)
        slots = published_slots(db, event_id) if plan_id is None else slots_of(the_plan(db, event_id, plan_id))
        draft = open_plan(db, event_id)
    lines = [
        _line(slot.registration_id, slot.exhibitor_id, slot.table_id, slot.starts, slot.ends, names) for slot in slots
    ]
    if as_json:
        click.echo(json.dumps({"draft": draft and draft.id, "interviews": lines}, ensure_ascii=False))
        return
    for line in lines:
        click.echo(f"{line['starts']}–{line['ends']}  {line['exhibitor']} ({line['table']})  {line['person']}")
    click.echo(said_count("%(num)s entretien.", "%(num)s entretiens.", len(lines)))


def _line(person: int, exhibitor: int, table: int, starts: int, ends: int, names: Names) -> dict[str, Any]:
    return {
        "starts": names.hour(starts),
        "ends": names.hour(ends),
        "registration_id": person,
        "person": names.person(person),
        "exhibitor_id": exhibitor,
        "exhibitor": names.exhibitor(exhibitor),
        "table_id": table,
        "table": names.table(table),
    }


def _plan(plan: InterviewPlan | None) -> InterviewPlan:
    if plan is None:
        raise UnknownPlan
    return plan


def _tell(step: Step, progress: Progress) -> bool:
    step(round(progress.done * _PARTS), _PARTS)
    return False


COMMANDS: list[click.Command] = [interviews]

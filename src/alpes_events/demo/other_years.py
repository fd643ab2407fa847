"""Services of the year before 2023 and of the present one in the demonstration, invented: a modest part of 2023's."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from sqlmodel import Session

from alpes_events.demo.clause_sites import at_nine
from alpes_events.demo.clients import Client, Clients, Wanted
from alpes_events.demo.pathways import PLIE
from alpes_events.demo.scene import Scene
from alpes_events.pathways.entering import EnrolmentDraft, enter
from alpes_events.pathways.leaving import ExitDraft, leave
from alpes_events.pathways.models import StepKind
from alpes_events.pathways.periods import PeriodDraft, add_period
from alpes_events.pathways.steps import StepDraft, add_step
from alpes_events.services.acts import note_acts
from alpes_events.services.drafts import ActDraft

_YEAR_BEFORE = 2022
_PUBLISHED = 2023
_DAYS = 365
_PEOPLE = 30
_ACTS: Sequence[tuple[str, int, dict[str, str]]] = (
    ("cyber_base_use", 60, {"place": "Lambersart"}),
    ("cyber_base_use", 18, {"place": "Marcq-en-Barœul"}),
    ("cyber_base_appointment", 14, {"place": "Lambersart"}),
    ("appointment", 24, {"place": "Maison de l’Emploi"}),
    ("workshop", 20, {"group_name": "Atelier CV"}),
    ("workshop", 12, {"group_name": "Préparer un entretien"}),
    ("transit_pass", 26, {}),
    ("fuel_card", 10, {}),
    ("siae_placement", 8, {"detail": "ACI"}),
    ("siae_placement", 5, {"detail": "ETTI"}),
    ("creation_project", 6, {}),
    ("training_agreement", 6, {"organisation": "Organisme de formation 1", "result": "ongoing"}),
)
"""Acts of a whole year, each kind with what it needs."""
_ENTRIES = 14
"""Entries into the PLIE in the present year, as many as came by its end."""


def serve_around(db: Session, scene: Scene, clients: Clients) -> None:
    """Note what was done in 2022, and this year until today; some people enter the PLIE."""
    random = Random(f"around {scene.now:%Y-%m-%d}")  # noqa: S311 (invented people, not secrets)
    begins = date(_YEAR_BEFORE, 1, 3)
    people = [clients.invent(Wanted(), since=begins) for _ in range(_PEOPLE)]
    today = scene.now.date()
    acts = [*_acts(people, random, begins, _DAYS - begins.day)]
    if today.year > _PUBLISHED:
        first = date(today.year, 1, 1)
        days = (today - first).days + 1
        known = [*people, *clients.draw(set(), Wanted(), _PEOPLE)]
        acts += _acts(known, random, first, days)
        acts += _enter(db, scene, clients, random, first, days)
    note_acts(db, sorted(acts, key=lambda act: act.happened_on), now=scene.now, account_id=scene.coordinator)


def _acts(people: Sequence[Client], random: Random, first: date, days: int) -> Iterator[ActDraft]:
    """A part of the year's acts, on days from the first on; each kind at least twice."""
    for kind, count, said in _ACTS:
        for _ in range(max(2, count * days // _DAYS)):
            day = first + timedelta(days=random.randrange(days))
            who = random.choice(people).id
            yield ActDraft(kind, day, candidate_id=who, **said)  # type: ignore[arg-type]


def _enter(db: Session, scene: Scene, clients: Clients, random: Random, first: date, days: int) -> Iterator[ActDraft]:
    """Entries of the present year, in its funding period, each with a step and what was done; some left already."""
    period = PeriodDraft(PLIE, f"FSE+ {first.year}", first, date(first.year, 12, 31))
    period_id = add_period(db, period)
    count = max(2, _ENTRIES * days // _DAYS)
    for number, entered_on in enumerate(sorted(first + timedelta(days=random.randrange(days)) for _ in range(count))):
        client = clients.invent(Wanted(inside=True, ages="adult"), since=entered_on)
        now = at_nine(entered_on)
        draft = EnrolmentDraft(
            client.id,
            PLIE,
            entered_on,
            random.choice((("RSA",), ("DELD",), ("RSA", "DELD"))),
            operator="Maison de l’Emploi",
            referent_id=scene.advisors[number % len(scene.advisors)],
            funding_period_id=period_id,
        )
        pathway_id = enter(db, draft, now=now, account_id=scene.coordinator)
        step = StepDraft(random.choice(tuple(StepKind)), entered_on)
        add_step(db, pathway_id, step, now=now, account_id=scene.coordinator)
        for kind in ("appointment", "transit_pass"):
            day = entered_on + timedelta(days=random.randrange((scene.now.date() - entered_on).days + 1))
            yield ActDraft(kind, day, candidate_id=client.id)
        left_on = entered_on + timedelta(days=60)
        if number % 4 == 0 and left_on <= scene.now.date():
            leave(db, pathway_id, ExitDraft(left_on, "gave_up"), now=at_nine(left_on), account_id=scene.coordinator)

"""The biggest day: a salon with nine villages in two halls, played by the commands of coordinators and exhibitors."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from sqlmodel import Session

from alpes_events.agenda.models import AskedOf, QuestionKind
from alpes_events.agenda.questions import QuestionDraft, questions_of, set_questions
from alpes_events.companies.contacts import ContactDraft
from alpes_events.companies.draft import EstablishmentDraft
from alpes_events.demo.companies import home_of
from alpes_events.demo.people import address_of, telephone_of
from alpes_events.demo.plan import Plan, data_text
from alpes_events.demo.scene import Scene
from alpes_events.fair.asking import ask_for_stand
from alpes_events.fair.call import CallDraft, VillageDraft, set_call, villages_of
from alpes_events.fair.codes import Missing, StandOption
from alpes_events.fair.commands import add_exhibitors
from alpes_events.fair.decisions import accept_stand, decline_stand, send_back, withdraw_stand
from alpes_events.fair.halls import draw_hall
from alpes_events.fair.plan import place_everybody
from alpes_events.fair.publishing import publish_catalogue
from alpes_events.fair.request import StandDraft
from alpes_events.fair.stand import ExhibitorDraft

_ROOM_THEN, _ROOM_NOW = 24, 11
"""Places of each village: of the salon that was, and of the one to come, where some wait."""
TO_DECIDE, SENT_BACK, DECLINED, WITHDRAWN = 9, 5, 4, 3
_NOT_YET = TO_DECIDE + SENT_BACK + DECLINED + WITHDRAWN
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_POWER, _HASTE, _ON_FOOT, _NEAR = 0.4, 0.3, 0.5, 0.05


def exhibited(db: Session, scene: Scene, event_id: int, drafts: Sequence[ExhibitorDraft], *, at: datetime) -> None:
    """A salon that was: every exhibitor written in by staff, accepted, and placed."""
    villages = len(_fair()["villages"])
    room = max(_ROOM_THEN, -(-len(drafts) // villages))
    _open(db, event_id, room, at=at, account_id=scene.coordinator)
    homes = list(_villages_of(drafts, room))
    for place, village in enumerate(villages_of(db, event_id)):
        there = [draft for draft, home in zip(drafts, homes, strict=True) if home == place]
        add_exhibitors(db, event_id, there, village_id=village.id, now=at, account_id=scene.coordinator)
    _place_and_show(db, scene, event_id, at=at)


def exhibiting(db: Session, scene: Scene, plan: Plan, event_id: int, drafts: Sequence[ExhibitorDraft]) -> None:
    """A salon to come, open to exhibitors since it was announced: they ask by the public form, the coordinator answers
    some, and places who is accepted.
    """
    chance = _chance(scene, event_id)
    due = plan.draft.starts_at - 21 * _DAY
    _open(db, event_id, _ROOM_NOW, at=plan.published_at, account_id=scene.coordinator, due=due)
    questions = [one.id or 0 for one in questions_of(db, event_id, asked_of=AskedOf.EXHIBITORS)]
    moments = replace(scene, random=chance).moments(
        len(drafts), since=plan.published_at + _HOUR, until=scene.now - 8 * _HOUR
    )
    villages = [village.id for village in villages_of(db, event_id)]
    asked = []
    for number, (draft, at) in enumerate(zip(drafts, moments, strict=True)):
        located = replace(draft, insee_code=home_of(draft.name, scene.members, known=True))
        village_id = villages[_village_of(draft.name)]
        wanted = replace(_wanted(chance, located, number, questions), village_id=village_id)
        asked.append(_ask(db, scene, event_id, wanted, number=number, at=at))
    _answer(db, scene, asked, accepted=plan.rows.exhibitors or 0)
    _place_and_show(db, scene, event_id, at=scene.now - _HOUR)


def request_count(plan: Plan) -> int:
    """How many ask for a stand at a salon to come, whatever becomes of them."""
    return (plan.rows.exhibitors or 0) + _NOT_YET


@dataclass(frozen=True)
class _Asked:
    """A request as it was answered by the machine."""

    exhibitor_id: int
    seated: bool
    at: datetime


def _open(db: Session, event_id: int, room: int, *, at: datetime, account_id: int, due: datetime | None = None) -> None:
    """The call with its villages; with a day by which exhibitors complete their file, also its questions."""
    call = CallDraft(
        opens_at=at,
        closes_at=due,
        options=tuple(StandOption),
        asked_for=(Missing.RECRUITERS, Missing.JOBS, Missing.PLATES) if due else (),
        complete_by=due,
        rules=_fair()["rules"].strip(),
        villages=tuple(VillageDraft(village["name"], room) for village in _fair()["villages"]),
    )
    set_call(db, event_id, call, now=at, account_id=account_id)
    if due:
        asked = [QuestionDraft(**{**one, "kind": QuestionKind(one["kind"])}) for one in _fair()["questions"]]
        set_questions(db, event_id, asked, now=at, asked_of=AskedOf.EXHIBITORS)


def _villages_of(drafts: Iterable[ExhibitorDraft], room: int) -> Iterator[int]:
    """The village of each, by the words of its name; a full one sends on to that with the fewest."""
    taken = [0] * len(_fair()["villages"])
    for draft in drafts:
        wanted = _village_of(draft.name)
        place = wanted if taken[wanted] < room else min(range(len(taken)), key=lambda one: taken[one])
        taken[place] += 1
        yield place


def _village_of(name: str) -> int:
    villages = _fair()["villages"]
    words = ((place, word) for place, village in enumerate(villages) for word in village["words"])
    return next((place for place, word in words if name.startswith(f"{word} ")), len(villages) - 1)


def _wanted(chance: Random, draft: ExhibitorDraft, number: int, questions: Sequence[int]) -> StandDraft:
    """What one of them asks for; three in ten are in haste and leave things for later."""
    haste = chance.random() < _HASTE
    people = chance.randint(1, 3)
    options = [option for option in StandOption if chance.random() < _POWER]
    names = tuple(f"{given} {family}" for given, family in (invented_person(chance) for _ in range(people)))
    return StandDraft(
        replace(draft, looking_for="") if haste and number % 3 == 0 else draft,
        options=tuple(options),
        recruiter_count=None if haste else people,
        recruiters=() if haste else names,
        meal_count=people if StandOption.MEALS in options else None,
        plates=() if haste or chance.random() < _ON_FOOT else (f"GN-{chance.randint(100, 999)}-RD",),
        near_entrance=chance.random() < _NEAR,
        note=chance.choice(_fair()["notes"]),
        answers=dict(zip(questions, (chance.choice(("yes", "no")), str(chance.randint(1, 12))), strict=True)),
    )


def _ask(db: Session, scene: Scene, event_id: int, wanted: StandDraft, *, number: int, at: datetime) -> _Asked:
    """The public form, sent by somebody of the company."""
    chance = Random(f"{wanted.exhibitor.name}")  # noqa: S311 (an invented person, not a secret)
    given, family = invented_person(chance)
    contact = ContactDraft(family, given, address_of(given, family, number), telephone_of(5000 + number))
    answer = ask_for_stand(
        db,
        event_id,
        wanted,
        place=EstablishmentDraft(insee_code=wanted.exhibitor.insee_code),
        contact=contact,
        form_key=replace(scene, random=chance).key(),
        now=at,
    )
    return _Asked(answer.exhibitor_id, answer.position is None, at)


def _answer(db: Session, scene: Scene, asked: Sequence[_Asked], *, accepted: int) -> None:
    """The coordinator goes through those who have a place, the first who asked first; the last are still to decide."""
    now, by = scene.now, scene.coordinator
    placed = [one for one in asked if one.seated]
    agreed = min(accepted, max(len(placed) - _NOT_YET, 0))
    for one in placed[:agreed]:
        accept_stand(db, one.exhibitor_id, now=min(one.at + _DAY, now - 5 * _HOUR), account_id=by)
    seated = iter([one.exhibitor_id for one in placed[agreed:]])
    for _, exhibitor_id in zip(range(SENT_BACK), seated, strict=False):
        send_back(db, exhibitor_id, reason=_fair()["sent_back"], now=now - 4 * _HOUR, account_id=by)
    for _, exhibitor_id in zip(range(DECLINED), seated, strict=False):
        decline_stand(db, exhibitor_id, reason=_fair()["declined"], now=now - 3 * _HOUR, account_id=by)
    for _, exhibitor_id in zip(range(WITHDRAWN), seated, strict=False):
        withdraw_stand(db, exhibitor_id, by="self", now=now - 2 * _HOUR, account_id=None)


def _place_and_show(db: Session, scene: Scene, event_id: int, *, at: datetime) -> None:
    for name, drawing in zip(_fair()["rooms"], _fair()["drawings"], strict=True):
        draw_hall(db, event_id, name, drawing.strip(), now=at, account_id=scene.coordinator)
    place_everybody(db, event_id, now=at, account_id=scene.coordinator)
    publish_catalogue(db, event_id, now=at, account_id=scene.coordinator)


def _chance(scene: Scene, event_id: int) -> Random:
    """Chance of its own, so that the people of the other events stay who they are."""
    return Random(f"stands {scene.now.date()} {event_id}")  # noqa: S311 (invented companies, not secrets)


def invented_person(chance: Random) -> tuple[str, str]:
    """A given and a family name."""
    names = _names()
    return chance.choice(names["given"]), chance.choice(names["family"])


@cache
def _names() -> Mapping[str, list[str]]:
    known = tomllib.loads(data_text("names.toml"))
    given = [*known["given"]["woman"]["middle"], *known["given"]["man"]["middle"]]
    return {"given": given, "family": known["family"]["names"]}


@cache
def _fair() -> Mapping[str, Any]:
    return tomllib.loads(data_text("fair.toml"))

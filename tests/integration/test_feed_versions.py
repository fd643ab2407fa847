"""E2, C2, C4: whatever is edited, a feed that shows it has another version, its entry a later stamp and, when it moves,
a higher sequence; and what shows nowhere changes no octet.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlmodel import Session, col, select

from alpes_events.agenda.commands import publish_event, the_event
from alpes_events.agenda.draft import EventDraft, SessionDraft
from alpes_events.agenda.models import Counter, Entry, EventKind, EventState, OrganiserRole, Series, Venue
from alpes_events.agenda.revision import revise_event
from alpes_events.agenda.series_words import SeriesDraft, revise_series
from alpes_events.agenda.sessions import add_session, draft_of, revise_session
from alpes_events.agenda.venues import VenueDraft, find_or_add_venue, revise_venue, the_venue
from alpes_events.attendance.models import ACTIVE, Presence, Registration
from alpes_events.attendance.places import change_capacity
from alpes_events.attendance.presence import mark_presence
from alpes_events.attendance.release import (
    call_off_event,
    call_off_session,
    cancel_registration,
    revoke_registration,
)
from alpes_events.language.refusal import Refusal
from alpes_events.people.feed_token import make_feed_token
from alpes_events.people.models import Candidate
from alpes_events.territory.models import Organisation
from alpes_events.territory.revision import OrganisationDraft, revise_organisation
from tests.support.calendars import Entry as CalendarLines
from tests.support.calendars import Site, entries_of
from tests.support.databases import ENGINES, Templates
from tests.support.depth import DEPTH
from tests.support.stories import STARTS_AT, an_event, an_organisation, signs_up

HOUR = timedelta(hours=1)
MOVING = ("DTSTART", "DTEND", "LOCATION", "STATUS")
"""What SEQUENCE counts the changes of (C4)."""

Edit = Callable[[Session, datetime, Random], object]


@dataclass(frozen=True)
class Shown:
    """A feed as a calendar sees it: its version, asked for without its octets, then its octets."""

    tag: str
    modified: str
    octets: bytes

    @property
    def entries(self) -> dict[str, CalendarLines]:
        return {entry["UID"]: entry for entry in entries_of(self.octets)}


def furnished(site: Site) -> list[str]:
    """Two events of a series at a place, one with a workshop, and somebody signed up for all of it. Gives the feeds."""
    with site.changing() as db:
        place = VenueDraft("Salle", "1 rue de l’Exemple", insee_code="59328", transport="Bus 10", latitude=50.6)
        venue_id = find_or_add_venue(db, replace(place, longitude=3.0))
        db.add(Series(id=7, slug="dtj", name="Décroche ton Job", kind=EventKind.SALON))
        db.flush()
        about = {"series_id": 7, "venue_id": venue_id, "themes": ("Santé",), "capacity": None, "now": site.now}
        first, second = (an_event(db, title=title, **about) for title in ("Un", "Deux"))  # type: ignore[arg-type]
        workshop = SessionDraft("Atelier", STARTS_AT, STARTS_AT + HOUR, capacity=9)
        part = add_session(db, first, workshop, now=site.now, account_id=None)
        for event_id, session_id in ((first, None), (second, None), (first, part)):
            signs_up(db, event_id, 1, now=site.now, session_id=session_id)
        owner = db.exec(select(Candidate.id)).one()
        assert owner is not None
        own = f"/feeds/me/{make_feed_token(db, owner, now=site.now)}.ics"
        slugs = [the_event(db, event_id).slug for event_id in (first, second)]
    return ["/feeds/agenda.ics", "/feeds/agenda.ics?series=dtj", own, f"/events/{slugs[0]}.ics"]


def words(chance: Random) -> str:
    return f"Mots {chance.randrange(10**6)}"


def nearby(draft: EventDraft, chance: Random, name: str) -> object:
    return getattr(draft, name) + timedelta(minutes=chance.choice([-5, 5]))


def an_address(chance: Random) -> str:
    return f"https://example.org/{chance.randrange(10**6)}"


VALUES: dict[str, Callable[[EventDraft, Random], object]] = {
    "starts_at": lambda draft, chance: nearby(draft, chance, "starts_at"),
    "ends_at": lambda draft, chance: nearby(draft, chance, "ends_at"),
    "opens_at": lambda draft, chance: draft.starts_at - chance.randrange(20, 30) * HOUR,
    "closes_at": lambda draft, chance: draft.starts_at - chance.randrange(1, 10) * HOUR,
    "kind": lambda _draft, chance: chance.choice(list(EventKind)),
    "entry": lambda _draft, chance: chance.choice(list(Entry)),
    "entry_url": lambda _draft, chance: an_address(chance),
    "organiser_role": lambda _draft, chance: chance.choice(list(OrganiserRole)),
    "series_id": lambda _draft, chance: chance.choice([None, 7]),
    "venue_id": lambda _draft, chance: chance.choice([None, 1]),
    "picture_id": lambda _draft, _chance: None,
    "all_day": lambda draft, _chance: not draft.all_day,
    "waiting_list": lambda draft, _chance: not draft.waiting_list,
    **dict.fromkeys(("edition", "offer_hours", "cut_off_hours"), lambda _draft, chance: chance.randrange(1, 9)),
    **dict.fromkeys(("audience", "themes", "partners"), lambda _draft, chance: (words(chance),)),
    **dict.fromkeys(
        (item.name for item in fields(EventDraft) if item.name.endswith("_counter")),
        lambda _draft, chance: chance.choice(list(Counter)),
    ),
}
"""A new value for each field of an event; the others are texts."""


def event_edit(name: str) -> Edit:
    def edit(db: Session, now: datetime, chance: Random) -> object:
        event_id = chance.choice([1, 2])
        draft = EventDraft.of(the_event(db, event_id))
        if name == "entry":
            draft = replace(draft, entry_url=an_address(chance))
        changed: dict[str, Any] = {name: VALUES[name](draft, chance) if name in VALUES else words(chance)}
        return revise_event(db, event_id, replace(draft, **changed), now=now, account_id=None)

    return edit


def place_edit(name: str) -> Edit:
    def edit(db: Session, now: datetime, chance: Random) -> object:
        venue: Venue = the_venue(db, 1)
        stored = {item.name: getattr(venue, item.name) for item in fields(VenueDraft)}
        value: object = words(chance)
        if name in {"latitude", "longitude"}:
            value = chance.randrange(100) / 10
        if name in {"insee_code", "postal_code", "commune_name"}:
            stored["insee_code"] = None
            value = chance.choice(["59328", None]) if name == "insee_code" else str(value)[-5:]
        revise_venue(db, 1, VenueDraft(**{**stored, name: value}), now=now, account_id=None)
        return None

    return edit


def session_edit(name: str) -> Edit:
    def edit(db: Session, now: datetime, chance: Random) -> object:
        draft = draft_of(db, 1)
        value: Any = words(chance)
        if name in {"starts_at", "ends_at"}:
            value = getattr(draft, name) + timedelta(minutes=chance.choice([-5, 5]))
        return revise_session(db, 1, replace(draft, **{name: value}), now=now, account_id=None)

    return edit


def series_edit(name: str) -> Edit:
    def edit(db: Session, now: datetime, chance: Random) -> object:
        draft = replace(SeriesDraft.of(db.get_one(Series, 7)), **{name: words(chance)})
        return revise_series(db, 7, draft, now=now, account_id=None)

    return edit


def organisation_edit(name: str) -> Edit:
    def edit(db: Session, now: datetime, chance: Random) -> object:
        draft = OrganisationDraft.of(db.get_one(Organisation, 1))
        before = getattr(draft, name)
        value: Any = chance.randrange(1, 90) if isinstance(before, int) else words(chance)
        value = not before if isinstance(before, bool) else value
        return revise_organisation(db, replace(draft, **{name: value}), now=now, account_id=None)

    return edit


def of_a_sign_up(act: Callable[[Session, int, datetime, Random], object]) -> Edit:
    def edit(db: Session, now: datetime, chance: Random) -> object:
        ids = [one for one in db.exec(select(Registration.id).where(col(Registration.state).in_(ACTIVE))) if one]
        return act(db, chance.choice(ids), now, chance) if ids else None

    return edit


def returns(db: Session, now: datetime, chance: Random) -> object:
    event_id, session_id = chance.choice([(1, None), (2, None), (1, 1)])
    return signs_up(db, event_id, 1, now=now, session_id=session_id, form_key=str(chance.random()))


def marks(db: Session, one: int, now: datetime, chance: Random) -> object:
    presence = chance.choice(list(Presence))
    return mark_presence(db, one, presence, mark_key=str(chance.random()), now=now, account_id=None)


def calls_off(state: EventState) -> Edit:
    return lambda db, now, chance: call_off_event(
        db, chance.choice([1, 2]), state=state, reason=words(chance), now=now, account_id=None
    )


def new_capacity(db: Session, now: datetime, chance: Random) -> object:
    change_capacity(db, chance.choice([1, 2]), capacity=chance.randrange(5, 50), now=now, account_id=None)
    return None


EDITS: dict[str, Edit] = {
    **{f"event {item.name}": event_edit(item.name) for item in fields(EventDraft)},
    **{f"place {item.name}": place_edit(item.name) for item in fields(VenueDraft)},
    **{f"session {item.name}": session_edit(item.name) for item in fields(SessionDraft) if item.name != "capacity"},
    **{f"series {item.name}": series_edit(item.name) for item in fields(SeriesDraft)},
    **{f"organisation {item.name}": organisation_edit(item.name) for item in fields(OrganisationDraft)},
    "capacity": new_capacity,
    "sign-up": returns,
    "presence": of_a_sign_up(marks),
    "cancelled by the person": of_a_sign_up(lambda db, one, now, _: cancel_registration(db, one, by="self", now=now)),
    "revoked": of_a_sign_up(lambda db, one, now, _: revoke_registration(db, one, now=now, account_id=None)),
    "withdrawn": calls_off(EventState.WITHDRAWN),
    "published again": lambda db, now, chance: publish_event(db, chance.choice([1, 2]), now=now, account_id=None),
}
LAST: dict[str, Edit] = {
    "session called off": lambda db, now, _: call_off_session(db, 1, now=now, account_id=None),
    "cancelled": calls_off(EventState.CANCELLED),
}
"""What nothing undoes: tried when everything else was."""


def shown(site: Site, address: str) -> Shown:
    head = site.client.head(address).headers
    return Shown(head["ETag"], head.get("Last-Modified", ""), site.octets(address))


def judge(what: str, before: Shown, after: Shown) -> None:
    """The laws of a change, for one feed."""
    if before.octets == after.octets:
        return
    assert after.tag != before.tag, what
    assert after.modified != before.modified, what
    known = before.entries
    for uid, entry in after.entries.items():
        old = known.get(uid)
        if old is None or old == entry:
            continue
        assert entry["DTSTAMP"] > old["DTSTAMP"], what
        moved = [name for name in MOVING if entry.get(name) != old.get(name)]
        risen = int(entry["SEQUENCE"]) - int(old["SEQUENCE"])
        assert risen >= (1 if moved else 0), (what, moved)
        if risen and entry["CLASS"] == "PUBLIC":  # a person's own entries count the steps of their event too
            assert moved, what


@pytest.fixture(params=ENGINES)
def site(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Site]:
    with templates.fresh(request.param, an_organisation) as database:
        yield Site(database)


def test_every_change_that_shows_is_a_new_version_and_nothing_else_is(site: Site) -> None:
    feeds = furnished(site)
    chance = Random(7)
    rounds = max(1, DEPTH.examples // 200)
    order = [name for _ in range(rounds) for name in chance.sample(list(EDITS), len(EDITS))] + list(LAST)
    seen = {address: shown(site, address) for address in feeds}
    did = dict.fromkeys([*EDITS, *LAST], 0)
    for name in order:
        try:
            with site.changing() as db:
                (EDITS | LAST)[name](db, site.now, chance)
        except Refusal:
            continue
        did[name] += 1
        for address in feeds:
            now = shown(site, address)
            judge(f"{name} at {address}", seen[address], now)
            seen[address] = now
    assert sum(count > 0 for count in did.values()) > len(did) * 0.8
    assert {address: shown(site, address) for address in feeds} == seen


def test_new_name_of_a_series_reaches_calendars_and_moves_nothing(site: Site) -> None:
    feeds = furnished(site)[:2]
    before = [shown(site, address) for address in feeds]
    with site.changing() as db:
        changed = revise_series(db, 7, SeriesDraft("Les Clés de l’Emploi"), now=site.now, account_id=None)
    after = [shown(site, address) for address in feeds]
    assert changed == ("name",)
    for old, new in zip(before, after, strict=True):
        assert new.tag != old.tag
        for uid, entry in new.entries.items():
            assert "Les Clés de l’Emploi" in entry["CATEGORIES"]
            assert entry["DTSTAMP"] > old.entries[uid]["DTSTAMP"]
            assert entry["SEQUENCE"] == old.entries[uid]["SEQUENCE"]

"""The events of 2023 as the activity report published them, made into plans."""

import tomllib
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.local_time import instant
from alpes_events.agenda.models import Counter, Entry, EventKind, OrganiserRole
from alpes_events.demo.plan import FairRows, Plan, Turnout, counted, data_text

PUBLISHED_BEFORE = timedelta(days=45)
_ABSENT_SHARE, _GAVE_UP_SHARE, _DOOR_SHARE = 5, 15, 12
"""One absent for five who come, one who gives up for fifteen, one in twelve comes without signing up."""


def plans_of_2023(zone: ZoneInfo) -> list[Plan]:
    """The events of 2023, by day."""
    entries = tomllib.loads(data_text("agenda_2023.toml"))["events"]
    return sorted((_plan(entry, zone) for entry in entries), key=lambda plan: plan.draft.starts_at)


def _plan(entry: dict[str, Any], zone: ZoneInfo) -> Plan:
    published = entry.get("published", {})
    rows = FairRows(**{name: published[name] for name in FairRows.__dataclass_fields__ if name in published})
    turnout = _turnout(published)
    draft = _draft(entry, zone, rows, _participants(published))
    return Plan(
        draft=draft,
        published_at=draft.starts_at - PUBLISHED_BEFORE,
        series=entry.get("series", ""),
        venue=entry.get("place") or entry.get("commune", ""),
        sector=entry.get("sector", "everything"),
        turnout=turnout,
        rows=rows,
        villages=entry.get("villages", False),
    )


def _draft(entry: dict[str, Any], zone: ZoneInfo, rows: FairRows, participants: Counter) -> EventDraft:
    all_day = entry.get("all_day", False)
    first: date = entry["day"]
    last: date = entry.get("last_day", first)
    begins, ends = (time(), time()) if all_day else (_hour(entry["from"]), _hour(entry["until"]))
    with_us = participants is not Counter.NOT_COLLECTED
    draft = EventDraft(
        title=entry["title"],
        kind=EventKind(entry["kind"]),
        starts_at=instant(first, begins, zone),
        ends_at=instant(last + timedelta(days=1) if all_day else last, ends, zone),
        all_day=all_day,
        organiser_role=OrganiserRole(entry.get("role", "organiser")),
        edition=entry.get("edition"),
        summary="Un rendez-vous de 2023, tel que le rapport d’activité de l’année l’a compté.",
        audience=tuple(entry.get("audience", ["everyone"])),
        themes=tuple(entry.get("themes", [])),
        partners=tuple(entry.get("partners", [])),
        entry=Entry.SIGN_UP if with_us else Entry.FREE,
    )
    return counted(draft, rows, participants=participants)


def _participants(published: dict[str, int]) -> Counter:
    if "participants" in published:
        return Counter.COLLECTED
    return Counter.TERRITORY_ONLY if "participants_territory" in published else Counter.NOT_COLLECTED


def _turnout(published: dict[str, int]) -> Turnout:
    residents = published.get("participants_territory")
    attended = published.get("participants", residents or 0)
    return Turnout(
        attended=attended,
        residents=residents,
        absent=attended // _ABSENT_SHARE,
        gave_up=attended // _GAVE_UP_SHARE,
        walk_ins=attended // _DOOR_SHARE,
    )


def _hour(text: str) -> time:
    return time.fromisoformat(text)

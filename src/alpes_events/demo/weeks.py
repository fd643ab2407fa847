"""The weeks around the day on which the demonstration is made, made into plans."""

import tomllib
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from alpes_events.agenda.draft import EventDraft, SessionDraft
from alpes_events.agenda.local_time import instant, local
from alpes_events.agenda.models import Counter, Entry, EventKind, OrganiserRole
from alpes_events.demo.plan import (
    FairRows,
    Plan,
    SessionPlan,
    Turnout,
    counted,
    data_text,
    to_be_counted,
)

PUBLISHED_BEFORE = timedelta(days=25)
_FIRST_EDITION = 2005
_SATURDAY = 5
_HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
"""Public holidays of fixed date, month and day."""


def plans_around(now: datetime, zone: ZoneInfo) -> list[Plan]:
    """The events of the weeks around `now`, by start."""
    entries = tomllib.loads(data_text("agenda_now.toml"))["events"]
    return sorted((_plan(entry, now, zone) for entry in entries), key=lambda plan: plan.draft.starts_at)


def working_day(today: date, in_days: int) -> date:
    """The day `in_days` from today, moved off weekends and holidays: later, or earlier for a day past."""
    day = today + timedelta(days=in_days)
    step = timedelta(days=-1 if in_days < 0 else 1)
    while in_days and (day.weekday() >= _SATURDAY or (day.month, day.day) in _HOLIDAYS):
        day += step
    return day


def hours_today(now: datetime) -> tuple[time, time]:
    """The hours of today's event, so that it is being held now: from an hour ago to three hours from now, within
    9:00 and 23:30 (before eight in the morning it is still to come). `now` is local.
    """
    if not 8 <= now.hour < 20:  # noqa: PLR2004 (hours)
        return (time(9), time(13)) if now.hour < 8 else (time(19), time(23, 30))  # noqa: PLR2004 (hours)
    begins = max(now.hour - 1, 8)
    return time(begins, 30 if now.minute >= 30 else 0), time(begins + 4, 0)  # noqa: PLR2004 (half an hour)


def _plan(entry: dict[str, Any], now: datetime, zone: ZoneInfo) -> Plan:
    day = working_day(local(now, zone).date(), entry["in_days"])
    begins, ends = time.fromisoformat(entry["from"]), time.fromisoformat(entry["until"])
    if entry.get("today"):
        begins, ends = hours_today(local(now, zone))
    rows = FairRows(**{name: entry[name] for name in FairRows.__dataclass_fields__ if name in entry})
    draft = _draft(entry, instant(day, begins, zone), instant(day, ends, zone))
    if draft.ends_at <= now:
        by_name = Counter.COLLECTED if draft.entry is Entry.SIGN_UP else Counter.NOT_COLLECTED
        draft = counted(draft, rows, participants=by_name)
    return Plan(
        draft=draft,
        published_at=min(draft.starts_at, now) - PUBLISHED_BEFORE,
        series=entry.get("series", ""),
        venue=entry["venue"],
        capacity=entry.get("capacity"),
        sector=entry.get("sector", "everything"),
        turnout=_turnout(entry),
        rows=rows,
        sessions=tuple(_session(one, day, zone) for one in entry.get("sessions", [])),
        is_draft=entry.get("draft", False),
        cancelled=entry.get("cancelled", ""),
        offer_pending=entry.get("offer_pending", False),
        asks_questions=entry.get("questions", False),
        known=entry.get("known_candidate", ""),
        villages=entry.get("villages", False),
    )


def _draft(entry: dict[str, Any], starts_at: datetime, ends_at: datetime) -> EventDraft:
    kind, how = EventKind(entry["kind"]), Entry(entry.get("entry", "sign_up"))
    draft = EventDraft(
        title=entry["title"],
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        organiser_role=OrganiserRole(entry.get("role", "organiser")),
        edition=starts_at.year - _FIRST_EDITION if kind is EventKind.SALON else None,
        summary=entry["summary"],
        description=entry.get("description", "").strip(),
        to_bring=entry.get("to_bring", ""),
        audience=tuple(entry["audience"]),
        themes=tuple(entry.get("themes", [])),
        partners=tuple(entry.get("partners", [])),
        entry=how,
        entry_url=entry.get("entry_url", ""),
    )
    return to_be_counted(draft)


def _session(entry: dict[str, Any], day: date, zone: ZoneInfo) -> SessionPlan:
    begins, ends = (instant(day, time.fromisoformat(entry[name]), zone) for name in ("from", "until"))
    draft = SessionDraft(entry["title"], begins, ends, room=entry["room"], capacity=entry["capacity"])
    return SessionPlan(draft, _turnout(entry))


def _turnout(entry: dict[str, Any]) -> Turnout:
    names = ("attended", "absent", "unmarked", "walk_ins", "confirmed", "waiting", "gave_up")
    given = {name: entry[name] for name in names if name in entry}
    return Turnout(**given, residents=given.get("attended", 0) * 3 // 4)

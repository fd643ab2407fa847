"""Figures recounted by hand from the rows, one by one, to compare with what SQL counts."""

from collections import Counter as Bag
from collections import defaultdict
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from alpes_events.agenda.models import Counter, Event
from alpes_events.attendance.models import Presence, Registration, RegistrationState
from alpes_events.fair.meetings import Interview
from alpes_events.people.models import Candidate
from alpes_events.statistics.cuts import PERSON_CUTS, Cut
from alpes_events.statistics.models import Participation
from alpes_events.statistics.participations import HEADCOUNTS
from alpes_events.statistics.recount import COUNTED_STATES

PARIS = ZoneInfo("Europe/Paris")
_STANDINGS = ["confirmed", "waitlisted", "cancelled", "expired", "revoked"]
Key = tuple[int, int]


def participations_by_hand(db: Session) -> dict[Key, dict[str, object]]:
    """What the working table of participations must hold."""
    counted = {event.id for event in _events(db)}
    merged = {row.id or 0: row.merged_into for row in db.exec(select(Candidate))}
    groups: dict[Key, list[Registration]] = defaultdict(list)
    for row in db.exec(select(Registration)):
        if row.event_id in counted:
            groups[row.event_id, _standing_for(row.candidate_id, merged)].append(row)
    interviews = db.exec(select(Interview)).all()
    return {key: _folded_by_hand(rows, interviews) for key, rows in groups.items()}


def event_tallies_by_hand(rows: dict[Key, dict[str, object]]) -> dict[tuple[int, str, str], tuple[int, ...]]:
    """What the working table of event tallies must hold."""
    tallies: dict[tuple[int, str, str], list[int]] = defaultdict(lambda: [0] * len(HEADCOUNTS))
    for (event_id, _), row in rows.items():
        for cut in (Cut.ALL, *PERSON_CUTS):
            tally = tallies[event_id, cut.value, str(row[cut.value]) if cut else ""]
            for position, name in enumerate(HEADCOUNTS):
                tally[position] += int(str(row[name]))
    return {key: tuple(tally) for key, tally in tallies.items() if any(tally)}


def period_tallies_by_hand(db: Session, rows: dict[Key, dict[str, object]]) -> dict[tuple[str, str, str], int]:
    """What the working table of persons in months and years must hold."""
    events = {event.id: event for event in _events(db)}
    last: dict[tuple[str, int, bool], tuple[object, ...]] = {}
    occasions: set[tuple[str, str, str, int]] = set()
    for (event_id, person), row in rows.items():
        event = events[event_id]
        whole = event.participants_counter is Counter.COLLECTED
        partly = event.participants_counter is Counter.TERRITORY_ONLY and row["territory"] == "yes"
        if not (row["attended"] and (whole or partly)):
            continue
        local = event.starts_at.astimezone(PARIS)
        for period in (f"{local:%Y}", f"{local:%Y-%m}"):
            act = (event.starts_at, event_id)
            for among_whole in {whole, False}:
                key = (period, person, among_whole)
                if key not in last or last[key][0] < act:  # type: ignore[operator]
                    last[key] = (act, row)
            if whole:
                occasions.add((period, Cut.KIND.value, event.kind.value, person))
                occasions.add((period, Cut.CHANNEL.value, str(row["channel"]), person))
    return _persons(last) | Bag((period, cut, part) for period, cut, part, _ in occasions)


def _persons(last: dict[tuple[str, int, bool], tuple[object, ...]]) -> Bag[tuple[str, str, str]]:
    persons: Bag[tuple[str, str, str]] = Bag()
    for (period, _, among_whole), (_, row) in last.items():
        assert isinstance(row, dict)
        if not among_whole:
            persons[period, "territory", row["territory"]] += 1
            continue
        persons[period, "", ""] += 1
        for cut in set(PERSON_CUTS) - {Cut.TERRITORY, Cut.CHANNEL}:
            persons[period, cut.value, row[cut.value]] += 1
    return persons


def _events(db: Session) -> list[Event]:
    return [event for event in db.exec(select(Event)) if event.state in COUNTED_STATES]


def _standing_for(candidate_id: int, merged: dict[int, int | None]) -> int:
    into = merged[candidate_id]
    return candidate_id if into is None else _standing_for(into, merged)


def _folded_by_hand(rows: Sequence[Registration], interviews: Sequence[Interview]) -> dict[str, object]:
    standings = [_standing(row) for row in rows]
    best = min(standings)
    presences = {row.presence for row in rows}
    attended, no_show = Presence.ATTENDED in presences, Presence.NO_SHOW in presences
    chosen = max(rows, key=lambda row: (row.presence is Presence.ATTENDED, -_standing(row), row.id))
    ids = {row.id for row in rows}
    own = [interview for interview in interviews if interview.registration_id in ids]
    elsewhere = "elsewhere" if chosen.in_territory is False else "unknown"
    return {
        "commune": chosen.insee_code or elsewhere,
        "territory": {True: "yes", False: "no", None: "unknown"}[chosen.in_territory],
        "priority_district": {True: "yes", False: "no", None: "unknown"}[chosen.in_priority_district],
        "sex": chosen.sex.value if chosen.sex else "unknown",
        "age_band": chosen.age_band.value if chosen.age_band else "unknown",
        "channel": chosen.channel.value,
        "registered": int(best == 0),
        "waitlisted": int(best == 1),
        "cancelled": int(best == 2),
        "revoked": int(best == 4),
        "attended": int(attended),
        "no_show": int(no_show and not attended),
        "excused": int(Presence.EXCUSED in presences and not attended and not no_show),
        "unmarked": int(best == 0 and presences == {Presence.UNKNOWN}),
        "interviews": sum(interview.held_at is not None for interview in own),
        "interviews_planned": sum(
            not (interview.held_at or interview.not_held_at or interview.called_off_at) for interview in own
        ),
    }


def _standing(row: Registration) -> int:
    state = "confirmed" if row.state is RegistrationState.OFFERED else row.state.value
    return _STANDINGS.index(state)


def stored_participations(db: Session) -> dict[Key, dict[str, object]]:
    """What the working table holds."""
    return {
        (row.event_id, row.person_id): row.model_dump(exclude={"event_id", "person_id"})
        for row in db.exec(select(Participation))
    }

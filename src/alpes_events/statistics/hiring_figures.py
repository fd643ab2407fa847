"""Figures of hiring for a month or a year: each act counts on its day, from its own row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import Session, col

from alpes_events.attendance.models import Presence, Registration
from alpes_events.companies.awareness_rows import CompanyAwareness
from alpes_events.companies.records import merged_companies
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.models import Hire, JobOffer, RecruitmentOperation, RecruitmentSession
from alpes_events.people.records import canonical_id, merged_records
from alpes_events.statistics.cuts import NO, PARTS, UNKNOWN, YES, Cut
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.hiring_indicators import HIRING_INDICATORS
from alpes_events.statistics.indicator import Indicator
from alpes_events.statistics.periods import Grain, Period

_INSIDE = {True: YES, False: NO, None: UNKNOWN}


@dataclass
class _Count:
    """One indicator counted: whole, in parts, and of how many acts it is known."""

    whole: int = 0
    known_count: int = 0
    act_count: int = 0
    parts: dict[Cut, dict[str, int]] = field(default_factory=dict)

    def add(self, amount: int, *, acts: int, **parts: str) -> None:
        """Add what was counted in acts that know it."""
        self.whole += amount
        self.known_count += acts
        self.act_count += acts
        for name, part in parts.items():
            of_cut = self.parts.setdefault(Cut(name), {})
            of_cut[part] = of_cut.get(part, 0) + amount


def hiring_figures(db: Session, period: Period) -> Iterator[Figure]:
    """Every figure of hiring of a month or a year; an event has none."""
    if period.grain is Grain.EVENT:
        return
    counts = _counts(db, period)
    for indicator in HIRING_INDICATORS:
        yield from _figures(indicator, counts[indicator.id])


def hiring_periods(db: Session, *, since: datetime | None = None) -> list[Period]:
    """The months and years with an act of hiring (noted, revised or taken back `since`), in order."""
    acts = (
        (CompanyAwareness.held_on, (CompanyAwareness.created_at, CompanyAwareness.withdrawn_at)),
        (JobOffer.published_on, (JobOffer.revised_at,)),
        (RecruitmentOperation.starts_on, (RecruitmentOperation.revised_at,)),
        (RecruitmentSession.held_on, (RecruitmentSession.created_at, RecruitmentSession.withdrawn_at)),
        (Hire.signed_on, (Hire.noted_at, Hire.withdrawn_at)),
    )
    keys: set[str] = set()
    for on, noted in acts:
        query = select(col(on)).where(col(on).is_not(None)).distinct()
        if since is not None:
            query = query.where(or_(*(col(at) >= since for at in noted)))
        for day in db.scalars(query):
            keys |= {f"{day:%Y-%m}", f"{day:%Y}"}
    return [Period(key) for key in sorted(keys)]


def _counts(db: Session, period: Period) -> dict[str, _Count]:
    days = period.days()
    counts = {indicator.id: _Count() for indicator in HIRING_INDICATORS}
    _count_companies(db, counts["companies_made_aware"], days)
    _count_offers(db, counts, within(JobOffer.published_on, days))
    _count_operations(db, counts, within(RecruitmentOperation.starts_on, days))
    _count_sessions(db, counts, within(RecruitmentSession.held_on, days))
    _count_hires(db, counts, [*within(Hire.signed_on, days), col(Hire.withdrawn_at).is_(None)])
    return counts


def within(day: Any, days: tuple[date, date]) -> list[ColumnElement[bool]]:
    """The condition that an act's day is one of the days `[first, after)`."""
    return [col(day) >= days[0], col(day) < days[1]]


def companies_made_aware(days: tuple[date, date]) -> Select[Any]:
    """Each company made aware in the days once, by the record that stands: `company_id`, `day` and `in_territory` of
    the last time.
    """
    row, merged = CompanyAwareness, merged_companies()
    kept = func.coalesce(merged.c.kept_id, col(row.company_id))
    back = func.row_number().over(partition_by=kept, order_by=(col(row.held_on).desc(), col(row.id).desc()))
    acts = select(
        kept.label("company_id"), col(row.held_on).label("day"), col(row.in_territory), back.label("back")
    ).select_from(row)
    acts = acts.outerjoin(merged, merged.c.id == col(row.company_id))
    last = acts.where(*within(row.held_on, days), col(row.withdrawn_at).is_(None)).subquery("last")
    return select(last.c.company_id, last.c.day, last.c.in_territory).where(last.c.back == 1)


def _count_companies(db: Session, count: _Count, days: tuple[date, date]) -> None:
    for _company_id, _day, inside in db.execute(companies_made_aware(days)):
        count.add(1, acts=1, territory=_INSIDE[inside])


def _count_offers(db: Session, counts: Mapping[str, _Count], conditions: list[ColumnElement[bool]]) -> None:
    key = (col(JobOffer.contract), col(JobOffer.in_territory))
    query = select(*key, func.count(), func.sum(JobOffer.place_count)).where(*conditions).group_by(*key)
    for contract, inside, count, places in db.execute(query):
        parts = {"contract": ContractKind(contract).value, "territory": _INSIDE[inside]}
        counts["offers_published"].add(count, acts=count, **parts)
        counts["offered_places"].add(int(places), acts=count, **parts)


def _count_operations(db: Session, counts: Mapping[str, _Count], conditions: list[ColumnElement[bool]]) -> None:
    key = col(RecruitmentOperation.in_territory)
    for inside, count in db.execute(select(key, func.count()).where(*conditions).group_by(key)):
        counts["recruitment_operations"].add(count, acts=count, territory=_INSIDE[inside])


def _count_sessions(db: Session, counts: Mapping[str, _Count], conditions: list[ColumnElement[bool]]) -> None:
    candidates = counts["session_candidates"]
    for parts in heads_of_sessions(db, conditions).values():
        counts["recruitment_sessions"].add(1, acts=1)
        if not parts:
            candidates.act_count += 1
            continue
        for number, (part, count) in enumerate(parts.items()):
            candidates.add(count, acts=int(number == 0), territory=part)


def heads_of_sessions(db: Session, conditions: list[ColumnElement[bool]]) -> dict[int, dict[str, int]]:
    """By session the heads by territory, as they were noted, or those seen at the event that the session is; nothing
    where nobody counted.
    """
    query: Select[Any] = select(RecruitmentSession).where(*conditions, col(RecruitmentSession.withdrawn_at).is_(None))
    rows = list(db.scalars(query))
    seen = _seen_at(db, [row.event_id for row in rows if row.event_id is not None])
    return {row.id: seen.get(row.event_id, {}) if row.event_id is not None else _heads(row) for row in rows}


def _heads(row: RecruitmentSession) -> dict[str, int]:
    """The heads of a session by territory; nothing when nobody counted."""
    if row.candidate_count is None:
        return {}
    if row.territory_count is None:
        return {UNKNOWN: row.candidate_count}
    return {YES: row.territory_count, NO: row.candidate_count - row.territory_count}


def _seen_at(db: Session, event_ids: list[int]) -> dict[int | None, dict[str, int]]:
    key = (col(Registration.event_id), col(Registration.in_territory))
    attended = (col(Registration.event_id).in_(event_ids), col(Registration.presence) == Presence.ATTENDED)
    seen: dict[int | None, dict[str, int]] = {}
    for event_id, inside, count in db.execute(select(*key, func.count()).where(*attended).group_by(*key)):
        seen.setdefault(event_id, {})[_INSIDE[inside]] = count
    return seen


def _count_hires(db: Session, counts: Mapping[str, _Count], conditions: list[ColumnElement[bool]]) -> None:
    key = (col(Hire.contract), col(Hire.in_territory), col(Hire.training))
    for contract, inside, training, count in db.execute(select(*key, func.count()).where(*conditions).group_by(*key)):
        parts = {"contract": ContractKind(contract).value, "territory": _INSIDE[inside]}
        counts["hires"].add(count, acts=count, **parts)
        if training is not None:
            counts["trained_hires"].add(count, acts=count, **parts)
    _count_persons(db, counts["hired_persons"], conditions)


def _count_persons(db: Session, persons: _Count, conditions: list[ColumnElement[bool]]) -> None:
    """Different persons; in the parts of a cut by contract one may stand twice."""
    merged = merged_records()
    person = canonical_id(col(Hire.candidate_id), merged)
    named = [*conditions, col(Hire.candidate_id).is_not(None)]
    whole = select(func.count(func.distinct(person))).select_from(Hire)
    whole = whole.outerjoin(merged, merged.c.id == col(Hire.candidate_id)).where(*named)
    persons.whole = db.execute(whole).scalar_one()
    persons.known_count = db.execute(select(func.count()).select_from(Hire).where(*named)).scalar_one()
    persons.act_count = db.execute(select(func.count()).select_from(Hire).where(*conditions)).scalar_one()
    by_kind = select(col(Hire.contract), func.count(func.distinct(person))).select_from(Hire)
    by_kind = by_kind.outerjoin(merged, merged.c.id == col(Hire.candidate_id)).where(*named)
    parts = db.execute(by_kind.group_by(col(Hire.contract)))
    persons.parts[Cut.CONTRACT] = {ContractKind(contract).value: count for contract, count in parts}


def _figures(indicator: Indicator, count: _Count) -> Iterator[Figure]:
    def figure(value: int, cut: Cut = Cut.ALL, part: str = "") -> Figure:
        unknown = count.known_count == 0 and count.act_count > 0
        return Figure(
            indicator=indicator.id,
            version=indicator.version,
            cut=cut,
            part=part,
            value=None if unknown else value,
            known_count=count.known_count,
            event_count=count.act_count,
        )

    yield figure(count.whole)
    for cut in indicator.cuts:
        found = count.parts.get(cut, {})
        if any(found.values()):
            yield from (figure(found.get(part, 0), cut, part) for part in PARTS[cut])

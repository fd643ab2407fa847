"""Entering what others counted: once for a figure and period; a correction says why, and the former is kept."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session

from alpes_events.attested.models import AttestedCount
from alpes_events.attested.queries import standing_count
from alpes_events.attested.refusals import AttestedAlready, BadAttested, UnknownAttested
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_
from alpes_events.territory.organisation import local_today

FIRST_YEAR, YEARS_AHEAD = 1990, 10
"""The years of which something is told: from the first, and so many to come."""
PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_MOST_DECIMALS = 4
_MOST = 10**15


@dataclass(frozen=True)
class AttestedDraft:
    """A count as somebody attests it."""

    indicator: str
    period: str
    value: Decimal
    source: str
    attested_on: date


def attest(db: Session, draft: AttestedDraft, *, now: datetime, account_id: int | None) -> int:
    """Store a count. Gives its id. Raises `BadAttested`, `AttestedAlready`."""
    _check(draft, today=local_today(db, now))
    standing = standing_count(db, draft.indicator, draft.period)
    if standing is not None:
        raise AttestedAlready(period=draft.period, source=standing.source, count_id=standing.id or 0)
    return _write(db, draft, why="", now=now, account_id=account_id)


def correct_attested(db: Session, draft: AttestedDraft, *, why: str, now: datetime, account_id: int | None) -> int:
    """Another value for the same period; the former is kept. Raises `BadAttested`, `UnknownAttested`."""
    _check(draft, today=local_today(db, now))
    standing = standing_count(db, draft.indicator, draft.period)
    if standing is None:
        raise UnknownAttested
    if not why.strip():
        raise BadAttested(N_("Dites pourquoi vous corrigez : cela reste dans l’historique."), field="why")
    standing.replaced_at = now
    db.add(standing)
    db.flush()
    return _write(db, draft, why=why.strip(), now=now, account_id=account_id)


def _check(draft: AttestedDraft, *, today: date) -> None:
    if PERIOD.fullmatch(draft.period) is None:
        raise BadAttested(N_("Écrivez la période comme 2023 ou 2023-03."), field="period")
    if not FIRST_YEAR <= int(draft.period[:4]) <= today.year + YEARS_AHEAD:
        raise BadAttested(
            N_("L’année de la période va de %(first)s à %(last)s : vérifiez-la."),
            field="period",
            first=str(FIRST_YEAR),
            last=str(today.year + YEARS_AHEAD),
        )
    if not draft.source.strip():
        raise BadAttested(N_("Dites d’où vient ce chiffre : l’outil ou l’organisme qui l’a compté."), field="source")
    if draft.attested_on > today:
        raise BadAttested(N_("La date ne peut pas être dans l’avenir : vérifiez-la."), field="attested_on")
    if not draft.value.is_finite() or decimals_of(draft.value) > _MOST_DECIMALS or abs(draft.value) >= _MOST:
        raise BadAttested(N_("Écrivez un nombre, avec quatre décimales au plus."), field="value")


def decimals_of(value: Decimal) -> int:
    """How many decimals are written."""
    return max(0, -int(value.as_tuple().exponent))


def _write(db: Session, draft: AttestedDraft, *, why: str, now: datetime, account_id: int | None) -> int:
    decimals = decimals_of(draft.value)
    row = AttestedCount(
        indicator=draft.indicator,
        period=draft.period,
        value=int(draft.value.scaleb(decimals)),
        decimals=decimals,
        source=draft.source.strip(),
        attested_on=draft.attested_on,
        why=why,
        entered_at=now,
        entered_by=account_id,
    )
    db.add(row)
    db.flush()
    record(
        db,
        EntryKind.COUNT_ATTESTED,
        subject=("attested_count", row.id or 0),
        now=now,
        account_id=account_id,
        facts={"period": draft.period, "corrected": bool(why)},
    )
    return row.id or 0

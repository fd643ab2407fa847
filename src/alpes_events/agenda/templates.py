"""Templates: events kept under a name, to make new drafts of on other days.

A template is a copy of what the event was when it was kept (`agenda.pattern`): changing the event changes no template,
and changing the template changes no event.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.agenda.models import EventTemplate
from alpes_events.agenda.pattern import Pattern, as_document, from_document, make_event, pattern_of
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import composed, fold
from alpes_events.language.refusal import BadInput, NotFound
from alpes_events.language.sentence import N_

LONGEST_NAME = 150
MOST_DAYS = 100


class UnknownTemplate(NotFound):
    """No such template."""

    def __init__(self) -> None:
        super().__init__(N_("Ce modèle n’existe pas. La page des modèles montre ceux qui servent."))


class BadTemplate(BadInput):
    """A name, or days, that cannot be; `field` names which."""


@dataclass(frozen=True)
class Template:
    """A template with what it makes."""

    id: int
    name: str
    pattern: Pattern
    revised_at: datetime
    retired: bool


def templates(db: Session, *, retired: bool = False) -> list[Template]:
    """The templates that are offered (or those retired), by name."""
    column = col(EventTemplate.retired_at)
    rows = db.exec(select(EventTemplate).where(column.is_not(None) if retired else column.is_(None)))
    return sorted((_read(row) for row in rows), key=lambda one: (fold(one.name), one.id))


def the_template(db: Session, template_id: int) -> Template:
    """The template, retired or not, or `UnknownTemplate`."""
    return _read(_row(db, template_id))


def keep_template(db: Session, event_id: int, *, name: str, now: datetime, account_id: int | None) -> int:
    """Keep what an event is under a name. Gives the template's id. Raises `BadTemplate`."""
    row = EventTemplate(
        name=_free_name(db, name), pattern=as_document(pattern_of(db, event_id)), created_at=now, revised_at=now
    )
    _store(db, row, "made", now=now, account_id=account_id)
    assert row.id is not None
    return row.id


def replace_pattern(db: Session, template_id: int, event_id: int, *, now: datetime, account_id: int | None) -> None:
    """Make the template what the event is now; it keeps its name."""
    row = _row(db, template_id)
    row.pattern = as_document(pattern_of(db, event_id))
    _store(db, row, "pattern", now=now, account_id=account_id)


def rename_template(db: Session, template_id: int, *, name: str, now: datetime, account_id: int | None) -> None:
    """Call the template otherwise. Raises `BadTemplate`."""
    row = _row(db, template_id)
    row.name = _free_name(db, name, but=template_id)
    _store(db, row, "name", now=now, account_id=account_id)


def retire_template(db: Session, template_id: int, *, now: datetime, account_id: int | None) -> None:
    """Offer the template no more. The events made of it stay."""
    row = _row(db, template_id)
    if row.retired_at is None:
        row.retired_at = now
        _store(db, row, "retired", now=now, account_id=account_id)


def restore_template(db: Session, template_id: int, *, now: datetime, account_id: int | None) -> None:
    """Offer the template again. Raises `BadTemplate` when another has taken its name meanwhile."""
    row = _row(db, template_id)
    if row.retired_at is not None:
        _free_name(db, row.name, but=template_id)
        row.retired_at = None
        _store(db, row, "restored", now=now, account_id=account_id)


def make_drafts(
    db: Session,
    template_id: int,
    *,
    on_days: Iterable[date],
    zone: ZoneInfo,
    now: datetime,
    account_id: int | None,
) -> list[int]:
    """A draft of the template on each day, at its wall time. Raises `BadTemplate` for no day, or too many."""
    days = sorted(set(on_days))
    if not 1 <= len(days) <= MOST_DAYS:
        raise BadTemplate(N_("Indiquez de 1 à %(most)d jours."), field="on", most=MOST_DAYS)
    pattern = the_template(db, template_id).pattern
    return [make_event(db, pattern, on=day, zone=zone, now=now, account_id=account_id) for day in days]


def _row(db: Session, template_id: int) -> EventTemplate:
    row = db.get(EventTemplate, template_id, populate_existing=True)
    if row is None:
        raise UnknownTemplate
    return row


def _read(row: EventTemplate) -> Template:
    assert row.id is not None
    return Template(row.id, row.name, from_document(row.pattern), row.revised_at, row.retired_at is not None)


def _free_name(db: Session, name: str, *, but: int | None = None) -> str:
    clean = composed(name)
    if not clean:
        raise BadTemplate(N_("Donnez un nom au modèle."), field="name")
    if len(clean) > LONGEST_NAME:
        raise BadTemplate(
            N_("Ce texte est trop long : %(longest)d signes au plus."), field="name", longest=LONGEST_NAME
        )
    if any(fold(one.name) == fold(clean) and one.id != but for one in templates(db)):
        raise BadTemplate(N_("Un autre modèle porte déjà ce nom."), field="name")
    return clean


def _store(db: Session, row: EventTemplate, changed: str, *, now: datetime, account_id: int | None) -> None:
    row.revised_at = now
    db.add(row)
    db.flush()
    assert row.id is not None
    subject, facts = ("event_template", row.id), {"changed": [changed]}
    record(db, EntryKind.TEMPLATE_CHANGED, subject=subject, now=now, account_id=account_id, facts=facts)

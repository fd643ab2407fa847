"""What something said before: shown in its history, and brought back by a button."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeVar

from flask import url_for
from sqlmodel import Session

from alpes_events.agenda.series_words import SeriesDraft, revise_series, the_series
from alpes_events.agenda.venues import VenueDraft, revise_venue, the_venue
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.wording import Wording, change_wording
from alpes_events.people.account_names import account_names
from alpes_events.territory.models import Organisation
from alpes_events.territory.revision import OrganisationDraft, revise_organisation
from alpes_events.versions.commands import Subject
from alpes_events.versions.queries import Former, UnknownVersion, former_versions, newest_former
from alpes_web.identity import identity

Draft = TypeVar("Draft")


@dataclass(frozen=True)
class FormerLine:
    """One former version in a history: until when it stood, who changed it, and what it said."""

    id: int
    until: datetime
    by: str
    content: Mapping[str, Any]


def history(db: Session, subject: Subject) -> list[FormerLine]:
    """The former versions of `subject`, newest first."""
    found = former_versions(db, subject)
    names = account_names(db, (one.replaced_by for one in found))
    return [FormerLine(one.id, one.replaced_at, names.get(one.replaced_by or 0, ""), one.content) for one in found]


def undo_address(db: Session, subject: Subject, changed: Iterable[str], *, also: str = "") -> str:
    """Where a button takes back the change that was just made; empty when nothing changed. `also`: the address that
    this gave for another change of the same moment, to be taken back with it.
    """
    former = newest_former(db, subject) if tuple(changed) else None
    if former is None:
        return ""
    return url_for("staff_former.bring_back", former_id=former.id, also=also.rpartition("/")[2] or None)


def bring_back(db: Session, former: Former, *, now: datetime, account_id: int | None) -> str:
    """Make what `former` is of say so again: what it says now is kept as a former version. Gives where it is shown."""
    if former.kind not in _WAYS:
        raise UnknownVersion
    return _WAYS[former.kind](db, former, now, account_id)


def _series(db: Session, former: Former, now: datetime, account_id: int | None) -> str:
    series_id = int(former.key)
    draft = _with(SeriesDraft.of(the_series(db, series_id)), former)
    revise_series(db, series_id, draft, now=now, account_id=account_id)
    return url_for("staff_series.edit", series_id=series_id)


def _venue(db: Session, former: Former, now: datetime, account_id: int | None) -> str:
    venue_id = int(former.key)
    draft = _with(VenueDraft.of(the_venue(db, venue_id)), former)
    revise_venue(db, venue_id, draft, now=now, account_id=account_id)
    return url_for("staff_venues.edit", venue_id=venue_id)


def _organisation(db: Session, former: Former, now: datetime, account_id: int | None) -> str:
    draft = _with(OrganisationDraft.of(db.get_one(Organisation, 1)), former)
    revise_organisation(db, draft, now=now, account_id=account_id)
    return url_for("staff_settings.organisation")


def _message_text(db: Session, former: Former, now: datetime, account_id: int | None) -> str:
    kind, _, code = former.key.partition(":")
    wording, today = _with(Wording(), former), now.astimezone(identity().zone).date()
    change_wording(db, MessageKind(kind), code, wording, today=today, now=now, account_id=account_id)
    return url_for("staff_texts.page", kind=kind)


_WAYS: Mapping[str, Callable[[Session, Former, datetime, int | None], str]] = {
    "series": _series,
    "venue": _venue,
    "organisation": _organisation,
    "message_text": _message_text,
}


def _with(draft: Draft, former: Former) -> Draft:
    """The present draft with what the former version said; what it did not know yet stays."""
    known = {item.name for item in fields(draft)}  # type: ignore[arg-type]
    said = {name: value for name, value in former.content.items() if name in known}
    return replace(draft, **said)  # type: ignore[type-var]

"""The errands that the present visitor may see, and how one is asked for: the page of its progress comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import abort, redirect, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.errands.clearing import FILES_KEPT
from alpes_events.errands.commands import Wish, ask_errand
from alpes_events.errands.file import File
from alpes_events.errands.models import ErrandKind, FileRole
from alpes_events.errands.queries import ErrandView, errand_view, followers, lately, report_of
from alpes_events.jobs.queries import Lead, present_lead
from alpes_web.languages import language
from alpes_web.site import site
from alpes_web.staff.acting import change
from alpes_web.staff.scope import coordinates, me

_LATELY = timedelta(days=1)


@dataclass(frozen=True)
class WorkPage:
    """One errand with all that its page tells. `sent_name`: the file that was checked; `import_id`: what came of it."""

    errand: ErrandView
    report: Mapping[str, Any]
    sent_name: str
    import_id: int | None
    lead: Lead | None

    @property
    def is_held_up(self) -> bool:
        """Whether nobody works on it: no scheduler leads."""
        return self.errand.is_open and (self.lead is None or not self.lead.alive)


def ask(
    kind: ErrandKind, *, wishes: Mapping[str, Wish] | None = None, sent: File | None = None, follows: int | None = None
) -> Response:
    """Ask for long work, and go to its page."""
    with change() as (db, now):
        errand_id = ask_errand(
            db,
            kind,
            wishes=wishes,
            sent=sent,
            follows=follows,
            language=language(),
            now=now,
            account_id=me().account_id,
        )
    return redirect(url_for("staff_work.page", errand_id=errand_id), 303)


def own_errand(db: Session, errand_id: int) -> ErrandView:
    """One errand; for those who do not run events only what holds their own people, whatever they asked for when
    they did.
    """
    found = errand_view(db, errand_id)
    if not coordinates() and not found.is_of_people_of(me().account_id):
        abort(404)
    return found


def work_page(errand_id: int) -> WorkPage:
    """One errand for its page."""
    with site().database.reading() as db:
        errand = own_errand(db, errand_id)
        report = report_of(db, errand)
        checked = errand if errand.follows is None else errand_view(db, errand.follows)
        imports = followers(db, errand_id) if errand.kind is ErrandKind.CHECK else []
        lead = present_lead(db, now=site().now())
    sent = checked.files.get(FileRole.SENT)
    return WorkPage(errand, report, sent.name if sent else "", imports[0] if imports else None, lead)


def subject_of(errand: ErrandView) -> tuple[str, int]:
    """What the access audit says a file of it is about: the event of which it is, else the work itself."""
    event_id = errand.wishes.get("event_id")
    return ("errand", errand.id) if event_id is None else ("event", int(event_id))


def lately_asked() -> list[ErrandView]:
    """What the visitor asked for since yesterday, for their board: under way, or ready to be looked at."""
    with site().database.reading() as db:
        return lately(db, me().account_id, since=site().now() - _LATELY, of_own_people=not coordinates())


def kept_until(errand: ErrandView) -> datetime:
    """When the files of an errand go."""
    return errand.asked_at + FILES_KEPT

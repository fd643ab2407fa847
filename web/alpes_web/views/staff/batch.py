"""Several events at once: published, moved, cancelled, put in a series, thrown away, printed, taken away as a file."""

from collections.abc import Collection, Sequence
from datetime import datetime

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from sqlmodel import Session, col
from werkzeug.wrappers import Response as AnyResponse

from alpes_events.agenda.choices import series_list, venue_list
from alpes_events.agenda.models import Event
from alpes_events.agenda.queries import EventCard, cards_where
from alpes_events.attendance.batch import BatchOutcome, change_each
from alpes_events.attendance.listing import waiting_counts
from alpes_events.language.sentence import N_
from alpes_events.messages.notice import Notice
from alpes_web.return_address import safe_return
from alpes_web.site import site
from alpes_web.staff.acting import said
from alpes_web.staff.batch_form import ASKED, UNDONE_BY, Act, BatchForm
from alpes_web.staff.event_line import line_of
from alpes_web.staff.rehearsing import stored_once_seen
from alpes_web.staff.scope import me
from alpes_web.staff.sheets import event_sheet
from alpes_web.staff.take_away import FileForm, table_file

staff_batch = Blueprint("staff_batch", __name__, url_prefix="/staff/events")


@staff_batch.post("/chosen")
def chosen() -> AnyResponse | str | tuple[str, int]:
    """Do what was asked with the events chosen, or ask what is missing; then say what was done and what was not."""
    form = BatchForm()
    form.refuse_unknown_fields()
    with site().database.reading() as db:
        form.series.choices = [("", N_("Aucune")), *((str(row.id), row.name) for row in series_list(db))]
        venues = [(str(row.id), row.name) for row in venue_list(db)]
        form.venue.choices = [("", N_("Le lieu ne change pas")), *venues]
        cards = sorted(cards_where(db, col(Event.id).in_(form.ids)), key=_by_day)
        waiting = waiting_counts(db, [card.event.id or 0 for card in cards])
    act, back = form.wanted, safe_return(form.back.data, default=url_for("staff_events.table"))
    if act is None:
        abort(400)
    if not cards:
        flash(said(N_("Choisissez d’abord un événement au moins.")), "warn")
        return redirect(back, 303)
    if act in _PAPERS:
        return render_template(f"staff/batch/{act}.html", section="events", cards=cards, back=back)
    if act is Act.EXPORT:
        return table_file(FileForm.XLSX, event_sheet(cards, waiting), name="evenements")
    return _changed(form, act, cards, waiting, back)


_PAPERS = {Act.LIST, Act.POSTERS}


def _changed(
    form: BatchForm, act: Act, cards: Sequence[EventCard], waiting: dict[int, int], back: str
) -> Response | str | tuple[str, int]:
    """Change the events, once everything was answered and who is told was seen."""
    if not form.is_answered(act):
        return _ask(form, act, cards, back)
    changing = form.changing(act, account_id=me().account_id)

    def change_it(db: Session, now: datetime) -> BatchOutcome:
        return change_each(
            db, sorted(card.event.id or 0 for card in cards), lambda db, event_id: changing(db, event_id, now)
        )

    outcome = stored_once_seen(change_it, seen=form.told.data)
    result = outcome.result or BatchOutcome()
    if not outcome.stored:
        return _ask(form, act, cards, back, notice=outcome.notice, tried=result)
    with site().database.reading() as db:
        after = {card.event.id: card for card in cards_where(db, col(Event.id).in_(form.ids))}
    return render_template(
        "staff/batch/done.html",
        section="events",
        act=act,
        undo=UNDONE_BY.get(act),
        done=[line_of(after[one], waiting=waiting.get(one, 0)) for one in _in_order(cards, result.done)],
        refused=[(after[one].event, result.refused[one]) for one in _in_order(cards, result.refused)],
        back=back,
    )


def _ask(
    form: BatchForm,
    act: Act,
    cards: Sequence[EventCard],
    back: str,
    *,
    notice: Notice | None = None,
    tried: BatchOutcome | None = None,
) -> tuple[str, int]:
    page = render_template(
        "staff/batch/ask.html",
        section="events",
        form=form,
        act=act,
        asks=act in ASKED,
        cards=cards,
        notice=notice,
        refused=tried.refused if tried else {},
        back=back,
    )
    return page, 422 if form.mistakes else 200


def _in_order(cards: Sequence[EventCard], event_ids: Collection[int]) -> list[int]:
    return [event_id for card in cards if (event_id := card.event.id or 0) in event_ids]


def _by_day(card: EventCard) -> tuple[datetime, int]:
    return card.event.starts_at, card.event.id or 0

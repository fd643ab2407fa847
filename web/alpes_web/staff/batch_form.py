"""Several events chosen in their table, and what is asked about what to do with them."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session
from wtforms import HiddenField, StringField, TextAreaField

from alpes_events.agenda.commands import publish_event
from alpes_events.agenda.draft import LONGEST_DESCRIPTION, LONGEST_SUMMARY
from alpes_events.attendance.batch import (
    MOST_EVENTS,
    Alike,
    check_weeks,
    make_alike,
    move_by_weeks,
    put_in_series,
)
from alpes_events.attendance.release import call_off_event
from alpes_events.attendance.taken_back import discard_draft, restore_draft, take_back
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_, say
from alpes_web.forms import AtMost
from alpes_web.identity import identity
from alpes_web.staff.choice_fields import ChoiceField, TicksField
from alpes_web.staff.fields import HourField, NumberField, PlainForm, SeenField
from alpes_web.typed import whole_number

Changing = Callable[[Session, int, datetime], object]
"""A change of one event at an instant."""


class Act(StrEnum):
    """What can be done with several events."""

    PUBLISH = "publish"
    CANCEL = "cancel"
    MOVE = "move"
    SERIES = "series"
    CHANGE = "change"
    DISCARD = "discard"
    RESTORE = "restore"
    TAKE_BACK = "take_back"
    EXPORT = "export"
    LIST = "list"
    POSTERS = "posters"


ASKED = {Act.CANCEL, Act.MOVE, Act.SERIES, Act.CHANGE}
"""What needs an answer first."""
UNDONE_BY = {Act.PUBLISH: Act.TAKE_BACK, Act.DISCARD: Act.RESTORE, Act.RESTORE: Act.DISCARD}
"""What undoes what, while nobody is signed up."""

LATER, EARLIER = "", "earlier"


class ChosenField(TicksField):
    """The boxes ticked in a table: which rows there are is known by the database alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__("", {}, **options)

    def pre_validate(self, _form: object) -> None:
        """Whatever is no row is left out later."""


class BatchForm(PlainForm):
    """The events chosen and what to do with them. `asked`: the answers were asked; `told`: who is told was shown."""

    chosen = ChosenField()
    act = HiddenField()
    asked = HiddenField()
    back = HiddenField()
    reason = TextAreaField(
        N_("Pourquoi ?"),
        description=N_("Les personnes inscrites lisent cette phrase dans leur message."),
        validators=[AtMost(300)],
    )
    weeks = NumberField(N_("Nombre de semaines"))
    direction = ChoiceField(N_("Dans quel sens"), [(LATER, N_("plus tard")), (EARLIER, N_("plus tôt"))])
    series = ChoiceField(N_("Série"))
    starts = HourField(N_("Début"))
    ends = HourField(N_("Fin"))
    venue = ChoiceField(N_("Lieu"))
    summary = TextAreaField(N_("En une ou deux phrases"), validators=[AtMost(LONGEST_SUMMARY)])
    description = TextAreaField(N_("Description"), validators=[AtMost(LONGEST_DESCRIPTION)])
    to_bring = StringField(N_("À apporter"), validators=[AtMost(500)])
    told = SeenField()

    @property
    def ids(self) -> list[int]:
        """The ids chosen."""
        return [number for code in self.chosen.data or () if (number := whole_number(code)) is not None][:MOST_EVENTS]

    @property
    def wanted(self) -> Act | None:
        """What is to be done, if it is something that we know."""
        return Act(self.act.data) if self.act.data in set(Act) else None

    def is_answered(self, act: Act) -> bool:
        """Whether everything that the act needs was answered; what is missing then stands beside its field."""
        if act not in ASKED:
            return True
        if self.asked.data != "yes":
            return False
        if not self.validate():
            return False
        if act is Act.CANCEL and not (self.reason.data or "").strip():
            self.reason.errors = [say(N_("Dites en une phrase pourquoi."))]
        if act is Act.MOVE:
            self._check_weeks()
        if act is Act.CHANGE and self.common == Alike():
            self.starts.errors = [say(N_("Indiquez au moins une chose à changer."))]
        return not self.mistakes

    def changing(self, act: Act, *, account_id: int) -> Changing:  # noqa: PLR0911 (an act each)
        """What the act does to one event."""
        match act:
            case Act.PUBLISH:
                return lambda db, event_id, now: publish_event(db, event_id, now=now, account_id=account_id)
            case Act.CANCEL:
                reason = (self.reason.data or "").strip()
                return lambda db, event_id, now: call_off_event(
                    db, event_id, reason=reason, now=now, account_id=account_id
                )
            case Act.MOVE:
                weeks, zone = self.signed_weeks, identity().zone
                return lambda db, event_id, now: move_by_weeks(
                    db, event_id, weeks=weeks, zone=zone, now=now, account_id=account_id
                )
            case Act.SERIES:
                series_id = int(self.series.data) if self.series.data else None
                return lambda db, event_id, now: put_in_series(
                    db, event_id, series_id=series_id, now=now, account_id=account_id
                )
            case Act.CHANGE:
                common, zone = self.common, identity().zone
                return lambda db, event_id, now: make_alike(
                    db, event_id, common, zone=zone, now=now, account_id=account_id
                )
            case Act.DISCARD:
                return lambda db, event_id, now: discard_draft(db, event_id, now=now, account_id=account_id)
            case Act.RESTORE:
                return lambda db, event_id, now: restore_draft(db, event_id, now=now, account_id=account_id)
            case Act.TAKE_BACK:
                return lambda db, event_id, now: take_back(db, event_id, now=now, account_id=account_id)
        raise ValueError(act)

    @property
    def signed_weeks(self) -> int:
        """By how many weeks to move: negative for earlier."""
        weeks = self.weeks.data or 0
        return -weeks if self.direction.data == EARLIER else weeks

    @property
    def common(self) -> Alike:
        """What all the events get; an empty field leaves what each has."""
        return Alike(
            starts=self.starts.data,
            ends=self.ends.data,
            venue_id=int(self.venue.data) if self.venue.data else None,
            summary=(self.summary.data or "").strip() or None,
            description=(self.description.data or "").strip() or None,
            to_bring=(self.to_bring.data or "").strip() or None,
        )

    def _check_weeks(self) -> None:
        try:
            check_weeks(self.signed_weeks)
        except BadInput as refusal:
            self.weeks.errors = [refusal.sentence]

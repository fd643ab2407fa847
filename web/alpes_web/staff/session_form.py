"""A session of an event as a coordinator writes it: title, room, hours, places."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import StringField

from alpes_events.agenda.draft import BadDraft, SessionDraft
from alpes_events.agenda.local_time import instant
from alpes_events.agenda.queries import SessionCard
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed
from alpes_web.staff.fields import DayField, HourField, NumberField, SeenField

_FIELDS = {"starts_at": "starts_time", "ends_at": "ends_time"}


class SessionForm(AmendingForm):
    """A part of an event with its own hours and places."""

    title = StringField(N_("Titre de la séance"), validators=[Needed(N_("Il manque le titre.")), AtMost(150)])
    room = StringField(N_("Salle"), validators=[AtMost(100)])
    day = DayField(N_("Jour"), validators=[Needed(N_("Indiquez le jour."))])
    starts_time = HourField(N_("Début"), validators=[Needed(N_("Indiquez l’heure du début."))])
    ends_time = HourField(N_("Fin"), validators=[Needed(N_("Indiquez l’heure de la fin."))])
    capacity = NumberField(N_("Nombre de places"), description=N_("Rien : sans limite."))
    told = SeenField()

    def draft(self, zone: ZoneInfo) -> SessionDraft | None:
        """The session as written; None when an hour does not exist, which then stands beside its field."""
        try:
            return SessionDraft(
                title=self.title.data or "",
                room=self.room.data or "",
                starts_at=instant(self.day.data, self.starts_time.data, zone, field="starts_time"),
                ends_at=instant(self.day.data, self.ends_time.data, zone, field="ends_time"),
                capacity=self.capacity.data,
            )
        except BadInput as refusal:
            self.blame(refusal)
            return None

    def put(self, refusal: BadDraft) -> None:
        """Put each problem of the draft beside its field."""
        for name, sentence in refusal.problems.items():
            field = self._fields[_FIELDS.get(name, name)]
            field.errors = [*field.errors, sentence]


def stored_session(card: SessionCard, zone: ZoneInfo) -> dict[str, Any]:
    """A stored session as the fields of the form take it."""
    starts, ends = card.session.starts_at.astimezone(zone), card.session.ends_at.astimezone(zone)
    return {
        "title": card.session.title,
        "room": card.session.room,
        "day": starts.date(),
        "starts_time": starts.time(),
        "ends_time": ends.time(),
        "capacity": card.places.capacity,
    }


def same_day(day: date) -> dict[str, Any]:
    """What a new session begins with: the day of its event."""
    return {"day": day}

"""What is written of an event's call to exhibitors, and of a decision about a request."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from wtforms import TextAreaField

from alpes_events.agenda.local_time import instant
from alpes_events.fair.call import CallDraft, VillageDraft
from alpes_events.fair.codes import Missing, PlaceKind, StandOption
from alpes_events.fair.models import Village
from alpes_events.fair.refusals import BadCall
from alpes_events.fair.words import PLACE_KINDS, STAND_OPTIONS
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_
from alpes_events.messages.stand_news import MISSING_WORDS
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.staff.choice_fields import TicksField
from alpes_web.staff.fields import DayField, LinesField, NumberField, PlainForm
from alpes_web.typed import whole_number

_END = time(23, 59)
_NOT_TICKED = (Missing.ANSWERS,)
"""A question says itself whether it must be answered."""


class CallForm(AmendingForm, PlainForm):
    """An event's call: its window, its places, and what it asks for."""

    opens_on = DayField(N_("Demandes ouvertes le"), description=N_("Vide : tout de suite."))
    closes_on = DayField(N_("Demandes jusqu’au"), description=N_("Ce jour compris. Vide : jusqu’à l’événement."))
    capacity = NumberField(N_("Nombre de places hors village"), description=N_("Vide : sans limite."))
    villages = LinesField(
        N_("Villages"),
        description=N_("Un par ligne, avec ses places : « Textile : 20 ». Sans nombre, il n’y a pas de limite."),
    )
    place_kinds = TicksField(N_("Places proposées"), {kind.value: words for kind, words in PLACE_KINDS.items()})
    options = TicksField(N_("Options"), {option.value: words for option, words in STAND_OPTIONS.items()})
    asked_for = TicksField(
        N_("À fournir par chaque exposant"),
        {wanted.value: words for wanted, words in MISSING_WORDS.items() if wanted not in _NOT_TICKED},
    )
    complete_on = DayField(N_("À compléter avant le"), description=N_("Les exposants sont relancés avant ce jour."))
    rules = TextAreaField(
        N_("Règles de l’événement"),
        validators=[AtMost(5000)],
        description=N_("L’exposant les accepte pour envoyer sa demande."),
    )

    def draft(self, stored: list[Village], zone: ZoneInfo) -> CallDraft:
        """What was written. Raises `BadCall` for a village that cannot be read."""
        return CallDraft(
            opens_at=_at(self.opens_on, time(), zone),
            closes_at=_at(self.closes_on, _END, zone),
            capacity=self.capacity.data,
            place_kinds=tuple(PlaceKind(one) for one in self.place_kinds.data),
            options=tuple(StandOption(one) for one in self.options.data),
            asked_for=tuple(Missing(one) for one in self.asked_for.data),
            complete_by=_at(self.complete_on, _END, zone),
            rules=self.rules.data or "",
            villages=tuple(_village(line, stored) for line in self.villages.data or ()),
        )


class ReasonForm(StrictForm):
    """Why a request is sent back or declined, in words that the exhibitor reads."""

    reason = TextAreaField(
        N_("Message à l’exposant"), [Needed(N_("Écrivez pourquoi : l’exposant le lira.")), AtMost(300)]
    )


def stored_call(call: CallDraft, zone: ZoneInfo) -> dict[str, object]:
    """The call as the form shows it."""
    return {
        "opens_on": _day(call.opens_at, zone),
        "closes_on": _day(call.closes_at, zone),
        "capacity": call.capacity,
        "villages": [
            village.name if village.capacity is None else f"{village.name} : {village.capacity}"
            for village in call.villages
        ],
        "place_kinds": [kind.value for kind in call.place_kinds],
        "options": [option.value for option in call.options],
        "asked_for": [wanted.value for wanted in call.asked_for if wanted not in _NOT_TICKED],
        "complete_on": _day(call.complete_by, zone),
        "rules": call.rules,
    }


def _village(line: str, stored: list[Village]) -> VillageDraft:
    name, colon, count = line.rpartition(":")
    if not colon:
        name, count = line, ""
    capacity = whole_number(count.strip()) if count.strip() else None
    if count.strip() and capacity is None:
        raise BadCall(
            N_("« %(line)s » : après les deux-points, écrivez un nombre de places."), field="villages", line=line[:60]
        )
    known = next((one.id for one in stored if fold(one.name) == fold(name)), None)
    return VillageDraft(name.strip(), capacity, known)


def _at(field: DayField, hour: time, zone: ZoneInfo) -> datetime | None:
    """The day of a field at an hour on the clocks of `zone`."""
    return None if field.data is None else instant(field.data, hour, zone, field=field.name)


def _day(at: datetime | None, zone: ZoneInfo) -> object:
    return None if at is None else at.astimezone(zone).date()

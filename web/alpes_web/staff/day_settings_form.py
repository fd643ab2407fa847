"""How the interviews of an event are arranged, as it is written."""

from datetime import time

from alpes_events.agenda.local_time import instant, local
from alpes_events.interviews.day_settings import DaySettings, settings_of
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_, say
from alpes_web.amending import AmendingForm
from alpes_web.forms import Needed
from alpes_web.identity import identity
from alpes_web.staff.fields import DayField, HourField, NumberField, PlainForm

_MIDNIGHT_BEFORE = time(23, 59)


class DayForm(AmendingForm, PlainForm):
    """Until when one may choose, the most for one person, the walk between halls."""

    until_on = DayField(N_("Choix ouverts jusqu’au"), description=N_("Vide : jusqu’à la fin de l’événement."))
    until_time = HourField(N_("à"))
    most_each = NumberField(
        N_("Entretiens au plus par personne"),
        validators=[Needed(N_("Indiquez un nombre, de 1 à 20."))],
    )
    walk_minutes = NumberField(
        N_("Minutes de marche entre deux halls"), description=N_("0 si tout se passe dans la même salle.")
    )

    def settings(self) -> DaySettings | None:
        """What was written; None when it cannot be read, which then stands beside its field."""
        if self.until_time.data is not None and self.until_on.data is None:
            self.until_on.errors = [say(N_("Indiquez aussi le jour."))]
            return None
        try:
            until = (
                None
                if self.until_on.data is None
                else instant(
                    self.until_on.data, self.until_time.data or _MIDNIGHT_BEFORE, identity().zone, field="until_time"
                )
            )
        except BadInput as refusal:
            self.blame(refusal)
            return None
        return DaySettings(until, self.walk_minutes.data or 0, self.most_each.data or 0)

    def blame(self, refusal: Refusal) -> bool:
        """Put a refusal beside its field."""
        if isinstance(refusal, BadInput) and refusal.field == "wishes_until":
            self.until_on.errors = [*self.until_on.errors, refusal.sentence]
            return True
        return super().blame(refusal)


def day_form(event_id: int, settings: DaySettings) -> DayForm:
    """The form as it is settled."""
    stored = _stored(settings)
    return DayForm(data=stored).amends(("event", event_id), stored, lambda db: _stored(settings_of(db, event_id)))


def _stored(settings: DaySettings) -> dict[str, object]:
    until = None if settings.wishes_until is None else local(settings.wishes_until, identity().zone)
    stored: dict[str, object] = {"most_each": settings.most_each, "walk_minutes": settings.walk_minutes}
    if until is not None:
        stored |= {"until_on": until.date(), "until_time": until.time().replace(tzinfo=None)}
    return stored

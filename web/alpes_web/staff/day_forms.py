"""What the door sends: a mark of presence, somebody who came without signing up, a count, a reference."""

from datetime import UTC, datetime
from uuid import uuid4

from wtforms import HiddenField, StringField

from alpes_events.attendance.models import Presence
from alpes_events.language.sentence import N_
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.staff.choice_fields import ChoiceField, CodeField
from alpes_web.staff.fields import IdField, NumberField
from alpes_web.staff.words import PRESENCES
from alpes_web.typed import whole_number

_SAYABLE = {presence: said.words for presence, said in PRESENCES.items()}
_MOST_AT_ONCE = 500


def new_key() -> str:
    """A key that makes a second click of the same button harmless."""
    return str(uuid4())


class MarkForm(StrictForm):
    """One mark of presence. `back` is the query of the view to return to."""

    registration_id = IdField()
    mark_key = HiddenField()
    presence = CodeField(N_("Présence"), _SAYABLE)
    back = HiddenField()

    @property
    def marked(self) -> Presence | None:
        """What was seen; None for something that is not a presence."""
        found = self.presence.data
        return found if isinstance(found, Presence) else None


class LetInForm(StrictForm):
    """Somebody who waits, or had cancelled, is let in."""

    registration_id = IdField()
    walk_in_key = HiddenField(default=new_key)


class WalkInForm(StrictForm):
    """Somebody who came without signing up: two fields are enough."""

    walk_in_key = HiddenField(default=new_key)
    given_name = StringField(N_("Prénom"), validators=[Needed(N_("Indiquez le prénom.")), AtMost(100)])
    family_name = StringField(N_("Nom"), validators=[Needed(N_("Indiquez le nom.")), AtMost(100)])
    session_id = ChoiceField(N_("Pour quelle séance ?"), [("", N_("L’événement en entier"))])


class CountForm(StrictForm):
    """Visitors to add to one half-hour; a number with a minus takes some away."""

    count_key = HiddenField(default=new_key)
    half_hour_at = HiddenField()
    change = StringField()
    territory = NumberField()

    @property
    def half_hour(self) -> datetime | None:
        """The half-hour named; None for something that is not an instant."""
        try:
            at = datetime.fromisoformat(self.half_hour_at.data or "")
            return at.astimezone(UTC) if at.tzinfo else None
        except (ValueError, OverflowError):  # the first hours of the year 1 are before it elsewhere
            return None

    @property
    def visitor_count(self) -> int | None:
        """How many more (or fewer); None for something that is not a number between 1 and 500."""
        text = str(self.change.data or "").replace("−", "-").strip()
        digits = text.removeprefix("-").removeprefix("+")
        number = whole_number(digits, most=_MOST_AT_ONCE)
        if not number:
            return None
        return -number if text.startswith("-") else number


class ScanForm(StrictForm):
    """A reference, typed or scanned."""

    reference = StringField(N_("Référence"), validators=[AtMost(60)])

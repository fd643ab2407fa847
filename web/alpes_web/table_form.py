"""The form of a table of interviews: its hours, how long an interview lasts, its breaks, in hours on the clock."""

from datetime import time

from wtforms import StringField

from alpes_events.agenda.models import Event
from alpes_events.interviews.clock import clock_at, minute_of
from alpes_events.interviews.table import LONGEST, MOST_BREAKS, SHORTEST, USUAL, TableDraft, draft_of
from alpes_events.interviews.tables import the_table
from alpes_events.interviews.times import length
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_, say
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed
from alpes_web.identity import identity
from alpes_web.languages import translated
from alpes_web.staff.choice_fields import ChoiceField
from alpes_web.staff.fields import HourField, PlainForm, SeenField
from alpes_web.typed import whole_number

_FROM, _TO = N_("Début"), N_("Fin")
_MINUTES = N_("%(count)d minutes")


class LosesForm(PlainForm):
    """A button of which the page says how many interviews it calls off: `may_lose`."""

    may_lose = SeenField()

    @property
    def said_to_lose(self) -> int:
        """How many interviews the button that was pressed said."""
        return whole_number(self.may_lose.data or "") or 0


class TableForm(AmendingForm, LosesForm):
    """One table."""

    opens = HourField(N_("Ouvre à"), validators=[Needed(N_("Indiquez l’heure d’ouverture."))])
    closes = HourField(N_("Ferme à"), validators=[Needed(N_("Indiquez l’heure de fermeture."))])
    minutes = ChoiceField(N_("Durée d’un entretien"))
    break_1_from = HourField(_FROM)
    break_1_to = HourField(_TO)
    break_2_from = HourField(_FROM)
    break_2_to = HourField(_TO)
    break_3_from = HourField(_FROM)
    break_3_to = HourField(_TO)
    name = StringField(
        N_("Nom de la table"),
        validators=[AtMost(40)],
        description=N_("Vide : « Table 1 », « Table 2 »… Ou le prénom de qui reçoit, une salle."),
    )

    @property
    def breaks(self) -> list[tuple[HourField, HourField]]:
        """Each break: when it begins and ends."""
        return [(self[f"break_{number}_from"], self[f"break_{number}_to"]) for number in range(1, MOST_BREAKS + 1)]

    def draft(self, event: Event) -> TableDraft | None:
        """What was written; None when it says something that cannot be read, which then stands beside its field."""
        breaks = [pair for pair in self.breaks if pair[0].data or pair[1].data]
        for pair in breaks:
            for field in pair:
                if field.data is None:
                    field.errors = [say(N_("Indiquez le début et la fin de la pause."))]
        if self.mistakes:
            return None
        try:
            return TableDraft(
                opens=_minute(event, self.opens),
                closes=_minute(event, self.closes),
                minutes=int(self.minutes.data),
                breaks=tuple((_minute(event, start), _minute(event, end)) for start, end in breaks),
                name=self.name.data or "",
            )
        except BadInput as refusal:
            self.blame(refusal)
            return None

    def blame(self, refusal: Refusal) -> bool:
        """Put a refusal beside its field; one of a break beside when that break begins."""
        if isinstance(refusal, BadInput) and refusal.field == "breaks":
            filled = [start for start, _end in self.breaks if start.data]
            field = filled[int(refusal.facts.get("number", 1)) - 1]
            field.errors = [*field.errors, refusal.sentence]
            return True
        return super().blame(refusal)


def table_form(event: Event, draft: TableDraft | None = None) -> TableForm:
    """The form as a table is, or for a new one: ten minutes each, while the event lasts when it says its hours."""
    form = TableForm(data=_stored(event, draft or TableDraft(0, length(event), USUAL[1])))
    if draft is None and event.all_day and not form.is_submitted():
        form.opens.data = form.closes.data = None
    form.minutes.choices = [
        (str(minutes), translated(_MINUTES) % {"count": minutes}) for minutes in range(SHORTEST, LONGEST + 1, 5)
    ]
    return form


def form_of_table(event: Event, table_id: int, draft: TableDraft) -> TableForm:
    """The form of a table that is there: what somebody else saves meanwhile is shown."""
    form = table_form(event, draft)
    return form.amends(
        ("event", event.id or 0),
        _stored(event, draft),
        lambda db: _stored(event, draft_of(the_table(db, table_id))),
    )


def _stored(event: Event, draft: TableDraft) -> dict[str, object]:
    stored: dict[str, object] = {
        "opens": _clock(event, draft.opens),
        "closes": _clock(event, draft.closes),
        "minutes": str(draft.minutes),
        "name": draft.name,
    }
    for number, (start, end) in enumerate(draft.breaks, 1):
        stored |= {f"break_{number}_from": _clock(event, start), f"break_{number}_to": _clock(event, end)}
    return stored


def _minute(event: Event, field: HourField) -> int:
    return minute_of(event, field.data, identity().zone, field=field.name)


def _clock(event: Event, minute: int) -> time:
    return clock_at(event, minute, identity().zone)

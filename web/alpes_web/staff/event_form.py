"""An event as a coordinator writes it: days and hours as on the wall, everything else as the draft has it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from wtforms import BooleanField, StringField, TextAreaField, URLField

from alpes_events.agenda.draft import BadDraft, EventDraft, check_draft
from alpes_events.agenda.local_time import instant
from alpes_events.agenda.models import Counter, Entry, OrganiserRole
from alpes_events.agenda.venues import VenueDraft
from alpes_events.agenda.words import AUDIENCES, KIND_WORDS
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_, Sentence, say
from alpes_web.amending import AmendingForm
from alpes_web.forms import Needed
from alpes_web.staff.choice_fields import ChoiceField, CodeField, TicksField
from alpes_web.staff.fields import DayField, HourField, NumberField, PlainForm, SeenField, WordsField
from alpes_web.staff.words import COUNTERS, ENTRIES, ORGANISER_ROLES

NEW_VENUE = "new"
_KINDS = {kind: words.one for kind, words in KIND_WORDS.items()}
_WHERE_IT_STANDS = {
    "starts_at": "starts_time",
    "ends_at": "ends_time",
    "opens_at": "opens_on",
    "closes_at": "closes_on",
}
"""The field of the form that a problem of the draft belongs to, where the names differ."""

_TEXTS = ("title", "summary", "description", "to_bring", "entry_url")
_COUNTERS = ("visitors", "participants", "exhibitors", "interviews", "demonstrations")


class EventForm(AmendingForm, PlainForm):
    """Everything of an event but its picture, its sessions and its questions, which have pages of their own."""

    title = StringField(N_("Titre"), validators=[Needed(N_("Il manque le titre."))])
    kind = CodeField(N_("Genre"), _KINDS)
    summary = TextAreaField(N_("En une ou deux phrases"), description=N_("Ce que lisent les personnes dans l’agenda."))
    description = TextAreaField(N_("Description"), description=N_("Une ligne vide commence un nouveau paragraphe."))
    audience = TicksField(N_("Pour qui"), AUDIENCES)
    themes = WordsField(N_("Thèmes"), description=N_("Séparés par des virgules : santé, bâtiment, commerce."))
    to_bring = StringField(N_("À apporter"))

    starts_on = DayField(N_("Jour"), validators=[Needed(N_("Indiquez le jour."))])
    starts_time = HourField(N_("Début"))
    ends_time = HourField(N_("Fin"))
    ends_on = DayField(N_("Dernier jour"), description=N_("Seulement si l’événement dure plusieurs jours."))
    all_day = BooleanField(N_("Toute la journée, sans heure"))

    venue = ChoiceField(N_("Lieu"))
    venue_name = StringField(N_("Nom du lieu"))
    venue_address = StringField(N_("Adresse"))
    venue_commune = StringField(N_("Commune du lieu"), description=N_("Son nom, son code postal, ou les deux."))
    venue_transport = StringField(N_("Pour venir"), description=N_("Bus, métro, tramway, parking à vélos."))
    venue_accessibility = StringField(N_("Accessibilité du lieu"))

    entry = CodeField(N_("Comment on y entre"), ENTRIES)
    entry_url = URLField(N_("Adresse où l’on s’inscrit"), description=N_("Pour une inscription chez un partenaire."))
    capacity = NumberField(N_("Nombre de places"), description=N_("Rien : sans limite."))
    waiting_list = BooleanField(N_("Une liste d’attente quand c’est complet"), default=True)
    opens_on = DayField(N_("Les inscriptions ouvrent le"))
    opens_time = HourField(N_("à"))
    closes_on = DayField(N_("Elles ferment le"))
    closes_time = HourField(N_("à"))
    offer_hours = NumberField(N_("Heures pour répondre à une place proposée"))
    cut_off_hours = NumberField(
        N_("Heures avant le début où plus rien n’est proposé automatiquement"),
        description=N_("Ensuite, c’est vous qui proposez les places."),
    )

    organiser_role = CodeField(N_("Notre rôle"), ORGANISER_ROLES)
    series = ChoiceField(N_("Série"))
    edition = NumberField(N_("Numéro de l’édition"))
    partners = WordsField(N_("Partenaires"), description=N_("Séparés par des virgules."))
    visitors_counter = CodeField(N_("Visiteurs"), COUNTERS, default=Counter.NOT_COLLECTED)
    participants_counter = CodeField(N_("Participants"), COUNTERS, default=Counter.COLLECTED)
    exhibitors_counter = CodeField(N_("Exposants"), COUNTERS, default=Counter.NOT_COLLECTED)
    interviews_counter = CodeField(N_("Entretiens"), COUNTERS, default=Counter.NOT_COLLECTED)
    demonstrations_counter = CodeField(N_("Démonstrations"), COUNTERS, default=Counter.NOT_COLLECTED)

    told = SeenField()

    called: ClassVar = {
        "opens_time": N_("Heure d’ouverture des inscriptions"),
        "closes_on": N_("Les inscriptions ferment le"),
        "closes_time": N_("Heure de fermeture des inscriptions"),
        "visitors_counter": N_("Compte des visiteurs"),
        "participants_counter": N_("Compte des participants"),
        "exhibitors_counter": N_("Compte des exposants"),
        "interviews_counter": N_("Compte des entretiens"),
        "demonstrations_counter": N_("Compte des démonstrations"),
    }

    @property
    def counters(self) -> list[Any]:
        """The fields that say what is counted."""
        return [self._fields[f"{name}_counter"] for name in _COUNTERS]

    @property
    def wants_new_venue(self) -> bool:
        """Whether a venue is described: said so in the list, or simply written down while none is chosen."""
        return bool(self.venue.data == NEW_VENUE or (not self.venue.data and self._describes_venue))

    @property
    def _describes_venue(self) -> bool:
        return self.venue_draft() != VenueDraft(name="")

    def venue_draft(self) -> VenueDraft:
        """The venue described; its commune is still as typed."""
        return VenueDraft(
            name=self.venue_name.data or "",
            address=self.venue_address.data or "",
            commune_name=self.venue_commune.data or "",
            transport=self.venue_transport.data or "",
            accessibility=self.venue_accessibility.data or "",
        )

    def draft(self, *, zone: ZoneInfo, stored: EventDraft | None) -> EventDraft | None:
        """The event as written, checked; None when something cannot be right, which then stands beside its field.

        `stored` keeps what this form does not ask: the picture.
        """
        wall = _Wall(zone)
        starts_at, ends_at = self._hours(wall)
        opens_at = wall.at(self.opens_on.data, self.opens_time.data or time(), field="opens_on")
        closes_at = wall.at(self.closes_on.data, self.closes_time.data or time(), field="closes_on")
        if self._describes_venue and not self.wants_new_venue:
            wall.problems["venue"] = say(
                N_("Vous décrivez un nouveau lieu et en choisissez un autre : gardez l’un des deux.")
            )
        if starts_at is None or ends_at is None or wall.problems:
            self.put(wall.problems)
            return None
        return self._checked(
            EventDraft(starts_at=starts_at, ends_at=ends_at, **self._rest(opens_at, closes_at, stored))
        )

    def _rest(self, opens_at: datetime | None, closes_at: datetime | None, stored: EventDraft | None) -> dict[str, Any]:
        """Everything of the draft but its hours."""
        return {
            "kind": self.kind.data,
            "opens_at": opens_at,
            "closes_at": closes_at,
            "organiser_role": self.organiser_role.data or OrganiserRole.ORGANISER,
            "series_id": int(self.series.data) if self.series.data else None,
            "venue_id": int(self.venue.data) if self.venue.data and not self.wants_new_venue else None,
            "entry": self.entry.data or Entry.SIGN_UP,
            "picture_id": stored.picture_id if stored else None,
            "picture_alt": stored.picture_alt if stored else "",
            **{name: self._fields[name].data or "" for name in _TEXTS},
            **{name: self._fields[name].data for name in ("edition", "offer_hours", "cut_off_hours")},
            **{name: tuple(self._fields[name].data or ()) for name in ("audience", "themes", "partners")},
            **{name: bool(self._fields[name].data) for name in ("all_day", "waiting_list")},
            **{field.name: field.data for field in self.counters},
        }

    def put(self, problems: Mapping[str, Sentence]) -> None:
        """Put each problem of a draft beside its field."""
        for name, sentence in problems.items():
            field = self._fields.get(_WHERE_IT_STANDS.get(name, name))
            if field is not None:
                field.errors = [*field.errors, sentence]

    def _checked(self, draft: EventDraft) -> EventDraft | None:
        try:
            check_draft(draft)
        except BadDraft as refusal:
            self.put(refusal.problems)
            return None
        return draft

    def _hours(self, wall: "_Wall") -> tuple[datetime | None, datetime | None]:
        """Start and end. A whole day ends where the next one begins."""
        first: date | None = self.starts_on.data
        last: date | None = self.ends_on.data or first
        if self.all_day.data:
            after = None if last is None or last == date.max else last + timedelta(days=1)
            return wall.at(first, time(), field="starts_on"), wall.at(after, time(), field="ends_on")
        if self.starts_time.data is None:
            wall.problems["starts_time"] = say(N_("Indiquez l’heure du début."))
        if self.ends_time.data is None:
            wall.problems["ends_time"] = say(N_("Indiquez l’heure de la fin."))
        return (
            wall.at(first, self.starts_time.data, field="starts_time"),
            wall.at(last, self.ends_time.data, field="ends_time"),
        )


class _Wall:
    """Wall times turned into instants; those that do not exist are kept as problems."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.problems: dict[str, Sentence] = {}

    def at(self, day: date | None, hour: time | None, *, field: str) -> datetime | None:
        """The instant, or None when day or hour is missing, or cannot be."""
        if day is None or hour is None:
            return None
        if not 1900 <= day.year <= 2200:  # noqa: PLR2004 (the sentence says it)
            self.problems[field] = say(N_("Choisissez une année entre 1900 et 2200."))
            return None
        try:
            return instant(day, hour, self.zone, field=field)
        except BadInput as refusal:
            self.problems[field] = refusal.sentence
            return None


def stored_in_form(draft: EventDraft, *, zone: ZoneInfo) -> dict[str, Any]:
    """A stored event as the fields of the form take it."""
    starts, ends = draft.starts_at.astimezone(zone), draft.ends_at.astimezone(zone)
    last = (ends - timedelta(microseconds=1)).date() if draft.all_day else ends.date()
    window = {
        f"{name}_{part}": value
        for name, at in (("opens", draft.opens_at), ("closes", draft.closes_at))
        if at is not None
        for part, value in (("on", at.astimezone(zone).date()), ("time", at.astimezone(zone).time()))
    }
    same = (
        "title",
        "kind",
        "summary",
        "description",
        "audience",
        "themes",
        "to_bring",
        "entry",
        "entry_url",
        "all_day",
    )
    rules = ("waiting_list", "offer_hours", "cut_off_hours", "organiser_role", "edition", "partners")
    return {
        **{name: getattr(draft, name) for name in (*same, *rules, *(f"{counter}_counter" for counter in _COUNTERS))},
        **window,
        "starts_on": starts.date(),
        "ends_on": last if last != starts.date() else None,
        "starts_time": None if draft.all_day else starts.time(),
        "ends_time": None if draft.all_day else ends.time(),
        "venue": "" if draft.venue_id is None else str(draft.venue_id),
        "series": "" if draft.series_id is None else str(draft.series_id),
    }

"""The form of a service, made from the declaration of its kind: only what the kind knows is asked."""

from dataclasses import replace

from sqlmodel import Session
from wtforms import Field, StringField

from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.people.queries import CandidateView, UnknownCandidate, candidate_view
from alpes_events.people.records import standing_records
from alpes_events.people.search import FoundPeople
from alpes_events.services.drafts import ActDraft
from alpes_events.services.kinds import ActKind
from alpes_events.services.listing import ActLine, said_before
from alpes_events.services.models import ServiceAct
from alpes_events.services.rewriting import draft_of
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed
from alpes_web.languages import language
from alpes_web.staff.choice_fields import ChoiceField, SuggestedField
from alpes_web.staff.fields import DayField, SeenField
from alpes_web.staff.person_choice import people_meant
from alpes_web.staff.service_fields import Counted, PeopleField, QuantityField
from alpes_web.staff.service_lists import own_records
from alpes_web.staff.service_words import FIELD_WORDS, QUANTITY_HINTS, QUANTITY_WORDS

_TEXTS = {"group": ("group_name", 150), "organisation": ("organisation", 150), "place": ("place", 100)}
_MISSING = {
    "group": N_("Écrivez le nom de l’atelier ou du groupe."),
    "organisation": N_("Écrivez le nom de l’organisme."),
    "place": N_("Écrivez le lieu."),
    "detail": N_("Précisez de quoi il s’agit."),
}
_SAID = ("happened_on", "ended_on", "group_name", "organisation", "place", "detail", "result", "quantity")
_SHOWN = 10


class ServiceForm(AmendingForm):
    """What every kind asks: the day. The class of a kind has its other fields."""

    kind: ActKind
    happened_on = DayField(N_("Jour"), validators=[Needed(N_("Indiquez le jour."))])
    step = SeenField()

    found: FoundPeople | None = None
    own: frozenset[int] | None = None
    """The people for whom alone the visitor may note something; None: anybody, or nobody named."""

    @property
    def lines(self) -> list[Field]:
        """The fields of one line, in their order."""
        apart = {"people", "who", "step", "csrf_token", "as_shown", "keep_theirs"}
        return [field for field in self if field.name not in apart]

    @property
    def searches(self) -> bool:
        """Whether somebody is looked for, rather than the form sent."""
        return self.is_submitted() and "who" in self and self.step.data == "search" and bool(self.who.data.strip())

    def prepare(self, db: Session) -> None:
        """Propose what acts of the kind said before."""
        for name, words in said_before(db, self.kind.code, self.suggesting, own_records(db)).items():
            self[name].suggestions = words

    @property
    def suggesting(self) -> list[str]:
        """The fields in which words are proposed."""
        return [field.name for field in self if isinstance(field, SuggestedField)]

    def people_shown(self, db: Session) -> list[CandidateView]:
        """Those who are ticked, then those who were found and are not."""
        if "people" not in self:
            return []
        ticked = [one for one in self.people.data if self.own is None or one in self.own]
        chosen = [candidate_view(row) for row in standing_records(db, ticked).values()]
        if not self.searches:
            return chosen
        self.found = people_meant(db, self.who.data.strip()[:100], length=_SHOWN)
        known = {one.id for one in chosen}
        return [*chosen, *(one for one in self.found.people if one.id not in known)]

    def drafts(self) -> list[ActDraft]:
        """One act for each person, or one for nobody named."""
        people: tuple[int | None, ...] = self.people.data or (None,) if "people" in self else (None,)
        return [replace(self._draft(), candidate_id=one) for one in people]

    def corrected(self, row: ServiceAct) -> ActDraft:
        """The act written anew: what the form does not ask stays as it was."""
        said, before = self.drafts()[0], draft_of(row)
        quantity = said.quantity if self.kind.asks("quantity") else before.quantity
        return replace(said, quantity=quantity)

    def is_right(self, *, alone: bool = False) -> bool:
        """Whether every answer fits; `alone`: an act that is there is for one person."""
        if not self.is_submitted():
            return False
        right = self.validate_on_submit()
        if "people" in self and not self.people.errors:
            if not (self.own is None or self.own.issuperset(self.people.data)):
                raise UnknownCandidate
            if (self.kind.must("person") or self.own is not None) and not self.people.data:
                self._blame_people(say(N_("Cherchez la personne, puis cochez son nom.")))
                right = False
            elif alone and len(self.people.data) > 1:
                self._blame_people(say(N_("Un service noté est celui d’une seule personne : n’en cochez qu’une.")))
                right = False
        return right

    def _blame_people(self, sentence: Sentence) -> None:
        self.who.errors = [*self.who.errors, sentence]

    def _draft(self) -> ActDraft:
        said = {name: self[name].data for name in _SAID if name in self}
        return ActDraft(self.kind.code, **{name: value for name, value in said.items() if value is not None})


def stored_service(line: ActLine) -> dict[str, object]:
    """The act as its form takes it: of the record that stands."""
    people = () if line.person_id is None else (line.person_id,)
    return {**{name: getattr(line.act, name) for name in _SAID}, "people": people}


def service_form(kind: ActKind, data: dict[str, object] | None = None) -> ServiceForm:
    """The form of a kind."""
    fields: dict[str, object] = {"kind": kind}
    if kind.asks("end"):
        fields["ended_on"] = DayField(FIELD_WORDS["end"])
    for name, (field_name, most) in _TEXTS.items():
        if kind.asks(name):
            fields[field_name] = SuggestedField(FIELD_WORDS[name], [*_needed(kind, name), AtMost(most)])
    if kind.asks("detail"):
        fields["detail"] = _detail(kind)
    if kind.asks("result"):
        choices = [("", N_("Pas encore connu")), *((one.code, one.named(language())) for one in kind.results.values())]
        fields["result"] = ChoiceField(FIELD_WORDS["result"], choices)
    if kind.asks("quantity"):
        fields["quantity"] = _quantity(kind)
    if kind.asks("person"):
        fields["who"] = StringField(N_("Chercher une personne"), [AtMost(100)])
        fields["people"] = PeopleField(FIELD_WORDS["person"])
    made: type[ServiceForm] = type("ServiceForm", (ServiceForm,), fields)
    form = made(data=data or {})
    if "who" in form:
        form.who.flags.plain = True
    return form


def _needed(kind: ActKind, name: str) -> list[Needed]:
    return [Needed(_MISSING[name])] if kind.must(name) else []


def _detail(kind: ActKind) -> object:
    if not kind.details:
        return SuggestedField(FIELD_WORDS["detail"], [*_needed(kind, "detail"), AtMost(80)])
    first = ("", N_("Choisissez") if kind.must("detail") else N_("Sans précision"))
    choices = [first, *((one.code, f"{one.code} – {one.named(language())}") for one in kind.details.values())]
    return ChoiceField(FIELD_WORDS["detail"], choices, validators=_needed(kind, "detail"))


def _quantity(kind: ActKind) -> object:
    missing = Counted(N_("Indiquez combien."))
    hint = QUANTITY_HINTS.get(kind.unit, "")
    return QuantityField(QUANTITY_WORDS[kind.unit], kind.unit, validators=[missing], description=hint)

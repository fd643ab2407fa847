"""What staff write of an entry into a scheme: noted, set right; and the fields that forms of pathways share."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session
from wtforms import StringField

from alpes_events.language.sentence import N_
from alpes_events.pathways.correcting import EntryCorrection
from alpes_events.pathways.directory import operators_said, possible_referents, referents
from alpes_events.pathways.entering import EnrolmentDraft
from alpes_events.pathways.models import Enrolment
from alpes_events.pathways.periods import funding_periods
from alpes_events.pathways.schemes import CRITERIA, SENSITIVE_CRITERIA, schemes
from alpes_events.pathways.words import scheme_words
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed
from alpes_web.languages import language
from alpes_web.staff.choice_fields import ChoiceField, NamedField, SuggestedField, TicksField
from alpes_web.staff.fields import DayField, PlainForm

CHOOSE = ("", N_("Choisissez"))
WHY = Needed(N_("Dites pourquoi : cela reste dans l’historique."))


class EntryForm(PlainForm):
    """Somebody enters a scheme."""

    scheme_code = ChoiceField(N_("Dispositif"), validators=[Needed(N_("Choisissez le dispositif."))])
    entered_on = DayField(N_("Jour d’entrée"), validators=[Needed(N_("Indiquez le jour d’entrée."))])
    criteria = TicksField(
        N_("Critères d’entrée"),
        dict(CRITERIA),
        description=N_("Ce qui touche à la santé est gardé à part : compté, jamais montré."),
    )
    operator = SuggestedField(N_("Structure du référent"), [AtMost(100)])
    referent_id = NamedField(N_("Référent"), description=N_("Le début de son nom suffit."))
    funding_period_id = ChoiceField(N_("Période de financement"))

    def prepare(self, db: Session) -> None:
        """Offer the schemes that take names, who may be a referent, the funding periods."""
        self.scheme_code.choices = [CHOOSE, *scheme_choices()]
        self.operator.suggestions = tuple(operators_said(db))
        self.referent_id.choices = [("", ""), *((str(one), name) for one, name in possible_referents(db))]
        periods = [(str(one.id), f"{_name(one.scheme_code)}, {one.label}") for one in funding_periods(db)]
        self.funding_period_id.choices = [("", N_("Aucune, ou pas encore connue")), *periods]

    def draft(self, candidate_id: int) -> EnrolmentDraft:
        """What was written."""
        return EnrolmentDraft(
            candidate_id=candidate_id,
            scheme_code=self.scheme_code.data,
            entered_on=the_day(self.entered_on.data),
            criteria=self.criteria.data,
            operator=self.operator.data or "",
            referent_id=int(self.referent_id.data) if self.referent_id.data else None,
            funding_period_id=int(self.funding_period_id.data) if self.funding_period_id.data else None,
        )


class EntryCorrectionForm(AmendingForm, PlainForm):
    """An entry set right, with why. Criteria of health are not among them: they stay as they were noted."""

    entered_on = DayField(N_("Jour d’entrée"), validators=[Needed(N_("Indiquez le jour d’entrée."))])
    criteria = TicksField(
        N_("Critères d’entrée"),
        {code: words for code, words in CRITERIA.items() if code not in SENSITIVE_CRITERIA},
        description=N_("Ce qui touche à la santé reste comme noté."),
    )
    operator = SuggestedField(N_("Structure du référent"), [AtMost(100)])
    referent_id = NamedField(N_("Référent"), description=N_("Le début de son nom suffit."))
    why = StringField(N_("Pourquoi corrigez-vous ?"), [AtMost(300)], description=N_("Cela reste dans l’historique."))

    def prepare(self, db: Session, row: Enrolment) -> None:
        """Offer who may be a referent, and who is."""
        self.operator.suggestions = tuple(operators_said(db))
        names = dict(possible_referents(db)) | {one: name for one, name in referents(db) if one == row.referent_id}
        self.referent_id.choices = [("", ""), *((str(one), name) for one, name in names.items())]

    def said(self) -> EntryCorrection:
        """What was written."""
        return EntryCorrection(
            entered_on=the_day(self.entered_on.data),
            criteria=self.criteria.data,
            operator=self.operator.data or "",
            referent_id=int(self.referent_id.data) if self.referent_id.data else None,
        )


def scheme_choices() -> list[tuple[str, str]]:
    """The schemes of which pathways are kept, each with its name."""
    return [(code, _name(code)) for code, scheme in schemes().items() if scheme.by_name]


def stored_entry(row: Enrolment, criteria: tuple[str, ...]) -> Mapping[str, object]:
    """What the form of an entry shows first."""
    return {
        "entered_on": row.entered_on,
        "criteria": criteria,
        "operator": row.operator,
        "referent_id": "" if row.referent_id is None else str(row.referent_id),
    }


def _name(code: str) -> str:
    return scheme_words(code, language())


def the_day(day: date | None) -> date:
    """A day that the form asked for."""
    assert day is not None, "the form asks for it"
    return day

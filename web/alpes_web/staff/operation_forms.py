"""What staff write of a recruitment operation: what is planned, a session that was held, contracts without names."""

from typing import Any

from sqlmodel import Session
from wtforms import StringField, TextAreaField

from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.hires import HireDraft
from alpes_events.hiring.operations import OperationDraft, SessionCount
from alpes_events.hiring.words import CONTRACTS, TRAININGS
from alpes_events.language.sentence import N_
from alpes_events.people.identity import PersonIn
from alpes_events.people.residence import residence_of
from alpes_web.amending import AmendingForm
from alpes_web.commune_text import name_and_code
from alpes_web.forms import AtMost, Needed
from alpes_web.staff.choice_fields import ChoiceField, CodeField
from alpes_web.staff.fields import DayField, NumberField, PlainForm
from alpes_web.staff.offer_choices import company_choices

_INSIDE = {"": None, "yes": True, "no": False}


class OperationForm(AmendingForm, PlainForm):
    """An employer who settles or recruits much at once."""

    name = StringField(N_("Nom de l’opération"), validators=[Needed(N_("Donnez un nom à l’opération."))])
    company = ChoiceField(N_("Entreprise"))
    commune = StringField(N_("Commune"), description=N_("Son nom, son code postal, ou les deux."))
    starts_on = DayField(N_("Premier jour"), validators=[Needed(N_("Indiquez le premier jour."))])
    ends_on = DayField(N_("Dernier jour"))
    planned_count = NumberField(N_("Embauches prévues"))
    training = CodeField(N_("Formation avant l’embauche"), TRAININGS, unknown=N_("Aucune"))
    note = TextAreaField(N_("Note"), validators=[AtMost(2000)])

    def prepare(self, db: Session) -> None:
        """Offer the companies."""
        self.company.choices = [("", N_("Choisissez")), *company_choices(db)]

    def draft(self, db: Session) -> OperationDraft:
        """What was written. Raises `WhichCommune`."""
        name, code = name_and_code(str(self.commune.data or ""))
        place: dict[str, Any] = {}
        if name or code:
            found = residence_of(db, PersonIn(family_name="", given_name="", commune_name=name, postal_code=code))
            place = {"insee_code": found.insee_code, "commune_name": found.commune_name or ""}
        return OperationDraft(
            company_id=int(self.company.data or 0),
            name=self.name.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            planned_count=self.planned_count.data,
            training=self.training.data,
            note=self.note.data or "",
            **place,
        )


class HeldForm(PlainForm):
    """A session that was held, and the heads counted there."""

    held_on = DayField(N_("Jour de la séance"), validators=[Needed(N_("Indiquez le jour."))])
    candidate_count = NumberField(N_("Candidats venus"), description=N_("Rien : non relevé."))
    territory_count = NumberField(N_("dont du territoire"), description=N_("Rien : non relevé."))

    def count(self) -> SessionCount:
        """What was written."""
        return SessionCount(self.held_on.data, self.candidate_count.data, self.territory_count.data)


class CountedHiresForm(PlainForm):
    """Contracts that are known without names."""

    count = NumberField(N_("Nombre de contrats"), validators=[Needed(N_("Indiquez combien de contrats."))])
    contract = CodeField(N_("Contrat"), CONTRACTS)
    training = CodeField(N_("Formation avant l’embauche"), TRAININGS, unknown=N_("Aucune"))
    in_territory = ChoiceField(N_("Du territoire ?"), [("", N_("Non relevé")), ("yes", N_("Oui")), ("no", N_("Non"))])
    signed_on = DayField(N_("Signés le"), validators=[Needed(N_("Indiquez le jour de la signature."))])

    def draft(self) -> HireDraft:
        """The contract, begun on the day it was signed."""
        signed_on = self.signed_on.data
        return HireDraft(self.contract.data or ContractKind.CDI, signed_on, signed_on, training=self.training.data)

    @property
    def inside(self) -> bool | None:
        """What was said about the territory."""
        return _INSIDE[str(self.in_territory.data or "")]


def stored_in_form(draft: OperationDraft) -> dict[str, Any]:
    """A draft as the values that the form begins with."""
    names = ("name", "starts_on", "ends_on", "planned_count", "training", "note")
    values = {name: getattr(draft, name) for name in names}
    return {**values, "company": str(draft.company_id), "commune": draft.commune_name}

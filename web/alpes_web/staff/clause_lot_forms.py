"""What staff write of one lot: its companies, what it owes, its targets; conventions, transfers, valuation."""

from typing import Any

from sqlmodel import Session
from wtforms import StringField

from alpes_events.clause.contracts.obligations import ObligationDraft
from alpes_events.clause.tables.contract_rows import LotCompany, LotRole, ObligationKind
from alpes_events.language.sentence import N_
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost, Needed
from alpes_web.staff.choice_fields import ChoiceField, CodeField, NamedField, TicksField
from alpes_web.staff.clause_fields import HoursField
from alpes_web.staff.clause_words import LOT_ROLES, OBLIGATION_KINDS
from alpes_web.staff.fields import DayField, NumberField, PlainForm
from alpes_web.staff.offer_choices import company_choices

_FIND = N_("Écrivez le début de son nom, puis choisissez-la.")


class LotCompanyForm(PlainForm):
    """A company that comes onto the lot."""

    company_id = NamedField(N_("Entreprise"), description=_FIND, validators=[Needed(N_("Choisissez l’entreprise."))])
    role = CodeField(N_("Rôle sur le lot"), LOT_ROLES)
    from_on = DayField(N_("À partir du"), description=N_("Vide : depuis le début du lot."))
    until_on = DayField(N_("Jusqu’avant le"), description=N_("Vide : aussi longtemps que le lot."))

    def prepare(self, db: Session) -> None:
        """Offer the companies."""
        self.company_id.choices = company_choices(db)

    @property
    def chosen_role(self) -> LotRole:
        """The role."""
        role = self.role.data
        return role if isinstance(role, LotRole) else LotRole.CONTRACTOR


class LotCompanyEndForm(AmendingForm, PlainForm):
    """Until when a company is on the lot."""

    until_on = DayField(N_("Jusqu’avant le"), description=N_("Vide : aussi longtemps que le lot."))


class ObligationForm(PlainForm):
    """An entry to what the lot owes."""

    kind = CodeField(N_("Pourquoi"), OBLIGATION_KINDS)
    effective_on = DayField(N_("Compte à partir du"), validators=[Needed(N_("Indiquez le jour."))])
    minutes = HoursField(
        N_("Heures de plus, ou de moins"),
        signed=True,
        description=N_("« 350 », ou « −50 » pour un avenant qui en retire."),
        validators=[Needed(N_("Inscrivez le nombre d’heures de plus ou de moins."))],
    )
    document = StringField(N_("Document"), [AtMost(100)], description=N_("« Avenant n° 2 », par exemple."))

    def draft(self) -> ObligationDraft:
        """What was written."""
        kind = self.kind.data
        return ObligationDraft(
            kind=kind if isinstance(kind, ObligationKind) else ObligationKind.AMENDMENT,
            effective_on=self.effective_on.data,
            minutes=self.minutes.data or 0,
            document=self.document.data or "",
        )


class TargetForm(PlainForm):
    """So many hours by a day."""

    due_on = DayField(N_("Échéance"), validators=[Needed(N_("Indiquez le jour."))])
    minutes = HoursField(
        N_("Heures réalisées d’ici là, en tout"), validators=[Needed(N_("Inscrivez le nombre d’heures."))]
    )


class ConventionForm(PlainForm):
    """A convention of globalisation: the lots of one company."""

    reference = StringField(N_("Référence de la convention"), [Needed(N_("Écrivez la référence de la convention."))])
    signed_on = DayField(N_("Signée le"), validators=[Needed(N_("Indiquez le jour de la signature."))])
    ends_on = DayField(N_("Jusqu’au"), description=N_("Vide si elle n’a pas de fin."))
    lot_ids = TicksField(N_("Lots réunis"), {})


class TransferForm(PlainForm):
    """Hours of a person in a month, counted on another lot of the convention."""

    employment_id = ChoiceField(N_("Qui, et sur quel lot"), validators=[Needed(N_("Choisissez la personne."))])
    month = ChoiceField(N_("Mois travaillé"), validators=[Needed(N_("Choisissez le mois."))])
    minutes = HoursField(N_("Heures à transférer"), validators=[Needed(N_("Inscrivez le nombre d’heures."))])
    to_lot_id = ChoiceField(N_("Vers le lot"), validators=[Needed(N_("Choisissez le lot."))])


class CorrectionForm(PlainForm):
    """The right hours of an entry."""

    minutes = HoursField(
        N_("Heures justes"), description=N_("Vide : ces heures n’ont pas lieu d’être, rien ne les remplace.")
    )


class BonusForm(PlainForm):
    """A rule of valuation."""

    percent = NumberField(
        N_("Une heure compte pour (en %)"),
        description=N_("« 150 » : une heure compte pour une heure et demie."),
        validators=[Needed(N_("Indiquez le pourcentage."))],
    )
    from_on = DayField(N_("Mois travaillés à partir de celui du"), validators=[Needed(N_("Indiquez le jour."))])
    until_on = DayField(N_("Jusqu’avant celui du"), description=N_("Vide : sans fin."))
    contract_id = ChoiceField(N_("Marché"))
    criterion_code = ChoiceField(N_("Public"))
    mode = ChoiceField(N_("Modalité"))


def stored_end(row: LotCompany) -> dict[str, Any]:
    """What the form of a company's end shows first."""
    return {"until_on": row.until_on}

"""What staff write of the clause: authorities, operations, contracts with their lots."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, select
from wtforms import StringField

from alpes_events.clause.contracts.drafts import SOLE_LOT, ContractDraft, LotDraft, OperationDraft, contract_problems
from alpes_events.clause.eligibility.criteria import publics
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, ContractingAuthority, PublicContract
from alpes_events.language.sentence import N_
from alpes_events.people.identity import PersonIn
from alpes_events.people.residence import residence_of
from alpes_web.amending import AmendingForm
from alpes_web.commune_text import name_and_code
from alpes_web.forms import AtMost, Needed
from alpes_web.staff.choice_fields import ChoiceField, NamedField, TicksField
from alpes_web.staff.clause_fields import EurosField, HoursField
from alpes_web.staff.clause_people_words import public_words
from alpes_web.staff.fields import DayField, NumberField, PlainForm
from alpes_web.staff.offer_choices import company_choices

_INSIDE = {"": None, "yes": True, "no": False}
_CHOOSE = ("", N_("Choisissez"))


class AuthorityForm(AmendingForm, PlainForm):
    """Who buys."""

    name = StringField(N_("Nom du maître d’ouvrage"), [Needed(N_("Écrivez son nom.")), AtMost(150)])
    siren = StringField(N_("SIREN"), [AtMost(20)], description=N_("9 chiffres, s’il est connu."))


class OperationForm(AmendingForm, PlainForm):
    """Something built, kept up or served, at a place."""

    name = StringField(N_("Nom de l’opération"), [Needed(N_("Donnez un nom à l’opération.")), AtMost(150)])
    authority_id = ChoiceField(N_("Maître d’ouvrage"), validators=[Needed(N_("Choisissez le maître d’ouvrage."))])
    commune = StringField(N_("Commune"), description=N_("Son nom, son code postal, ou les deux."))
    in_territory = ChoiceField(
        N_("Du territoire ?"),
        [("", N_("Selon la commune, ou non relevé")), ("yes", N_("Oui")), ("no", N_("Non"))],
    )

    def prepare(self, db: Session) -> None:
        """Offer the authorities."""
        rows = db.exec(
            select(ContractingAuthority.id, ContractingAuthority.name).order_by(col(ContractingAuthority.search_name))
        )
        self.authority_id.choices = [_CHOOSE, *((str(number), name) for number, name in rows)]

    def draft(self, db: Session) -> OperationDraft:
        """What was written. Raises `WhichCommune`."""
        name, code = name_and_code(str(self.commune.data or ""))
        found = residence_of(db, PersonIn(family_name="", given_name="", commune_name=name, postal_code=code))
        return OperationDraft(
            authority_id=int(self.authority_id.data or 0),
            name=self.name.data or "",
            insee_code=found.insee_code,
            commune_name=found.commune_name or "",
            in_territory=_INSIDE[str(self.in_territory.data or "")],
        )


class ContractForm(AmendingForm, PlainForm):
    """A public contract with the terms of its clause."""

    operation_id = ChoiceField(N_("Opération"), validators=[Needed(N_("Choisissez l’opération."))])
    reference = StringField(N_("Référence du marché"), [Needed(N_("Écrivez la référence du marché."))])
    title = StringField(N_("Objet"), [AtMost(150)])
    starts_on = DayField(N_("Premier jour"), validators=[Needed(N_("Indiquez le premier jour."))])
    ends_on = DayField(N_("Dernier jour"), description=N_("Vide s’il n’est pas connu."))
    publics = TicksField(N_("Publics que le marché accepte"), {})
    eligibility_months = NumberField(
        N_("Durée d’une éligibilité, en mois"),
        default=24,
        description=N_("Depuis la première embauche sur ce marché."),
        validators=[Needed(N_("Une éligibilité dure de 1 à 120 mois."))],
    )
    penalty_cents = EurosField(
        N_("Pénalité par heure non faite"), description=N_("En euros ; vide si le marché n’en a pas.")
    )

    def prepare(self, db: Session, *, chosen: Sequence[str] = ()) -> None:
        """Offer the operations, and the publics that are not retired (or were chosen)."""
        rows = db.exec(select(ClauseOperation.id, ClauseOperation.name).order_by(col(ClauseOperation.search_name)))
        self.operation_id.choices = [_CHOOSE, *((str(number), name) for number, name in rows)]
        self.publics.choices = {
            one.code: public_words(one) for one in publics(db).values() if not one.retired or one.code in chosen
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Every mistake at once, each beside its field."""
        fits = bool(super().validate(extra_validators))
        draft = self.draft()
        if not self.starts_on.data:
            draft = replace(draft, starts_on=date.min)
        for problem in contract_problems(draft):
            field = self[problem.field]
            if not field.errors:
                field.errors, fits = [problem.sentence], False
        return fits

    def draft(self) -> ContractDraft:
        """What was written."""
        return ContractDraft(
            operation_id=int(self.operation_id.data or 0),
            reference=self.reference.data or "",
            title=self.title.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            publics=self.publics.data,
            eligibility_months=self.eligibility_months.data or 0,
            penalty_cents=self.penalty_cents.data,
        )


class SoleLotForm(ContractForm):
    """A contract that has one lot, with what its lot is called."""

    lot_number = StringField(N_("Numéro du lot"), [AtMost(20)], default=SOLE_LOT)
    lot_title = StringField(N_("Objet du lot"), [AtMost(150)], description=N_("Vide si le marché n’a pas de lots."))

    def lot(self, stored: ClauseLot | None = None) -> LotDraft:
        """The lot; its own dates stay those that are `stored`."""
        number, title = self.lot_number.data or SOLE_LOT, self.lot_title.data or ""
        return LotDraft(number, title) if stored is None else LotDraft(number, title, stored.starts_on, stored.ends_on)


class NewContractForm(SoleLotForm):
    """A contract with its first lot, who holds it, and what it owes."""

    company_id = NamedField(
        N_("Entreprise titulaire"),
        description=N_("Le début de son nom suffit pour la trouver ; vide si elle n’est pas encore connue."),
    )
    minutes = HoursField(N_("Heures conventionnées"), description=N_("Vide si elles ne sont pas encore connues."))
    document = StringField(N_("Document"), [AtMost(100)], description=N_("« CCAP, article 8 », par exemple."))

    def prepare(self, db: Session, *, chosen: Sequence[str] = ()) -> None:
        """Offer the companies too."""
        super().prepare(db, chosen=chosen)
        self.company_id.choices = company_choices(db)


class LotForm(AmendingForm, PlainForm):
    """One lot of a contract."""

    number = StringField(N_("Numéro du lot"), [Needed(N_("Donnez le numéro du lot, de 20 signes au plus."))])
    title = StringField(N_("Objet"), [AtMost(150)])
    starts_on = DayField(N_("Premier jour"), description=N_("Vide : celui du marché."))
    ends_on = DayField(N_("Dernier jour"), description=N_("Vide : celui du marché."))

    def draft(self) -> LotDraft:
        """What was written."""
        return LotDraft(self.number.data or "", self.title.data or "", self.starts_on.data, self.ends_on.data)


def stored_authority(row: ContractingAuthority) -> dict[str, Any]:
    """What the form of an authority shows first."""
    return {"name": row.name, "siren": row.siren or ""}


def stored_operation(row: ClauseOperation) -> dict[str, Any]:
    """What the form of an operation shows first."""
    inside = {None: "", True: "yes", False: "no"}[row.in_territory]
    return {
        "name": row.name,
        "authority_id": str(row.authority_id),
        "commune": row.commune_name,
        "in_territory": inside,
    }


def stored_contract(row: PublicContract, lot: ClauseLot | None = None) -> dict[str, Any]:
    """What the form of a contract shows first, with its sole lot."""
    names = ("reference", "title", "starts_on", "ends_on", "eligibility_months", "penalty_cents")
    values = {name: getattr(row, name) for name in names}
    values |= {"operation_id": str(row.operation_id), "publics": tuple(row.publics)}
    return values if lot is None else values | {"lot_number": lot.number, "lot_title": lot.title}


def stored_lot(row: ClauseLot) -> dict[str, date | str | None]:
    """What the form of a lot shows first."""
    return {"number": row.number, "title": row.title, "starts_on": row.starts_on, "ends_on": row.ends_on}

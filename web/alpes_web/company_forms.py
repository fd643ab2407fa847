"""Forms about a company, its places and its people, for staff and for those who speak for it."""

from dataclasses import replace
from typing import Any

from sqlmodel import Session
from wtforms import EmailField, StringField, TelField, TextAreaField, URLField

from alpes_events.companies.company_views import CompanyView, EstablishmentView
from alpes_events.companies.contact_queries import ContactView
from alpes_events.companies.contacts import ContactDraft
from alpes_events.companies.draft import BadCompany, CompanyDraft, EstablishmentDraft, shown_naf
from alpes_events.companies.models import ContactRole
from alpes_events.companies.siret import shown_siret
from alpes_events.language.sentence import N_
from alpes_events.territory.queries import communes_of_postal_code, resolve_commune
from alpes_web.amending import AmendingForm
from alpes_web.commune_text import name_and_code
from alpes_web.company_words import CONTACT_ROLES, SIAE_KINDS, SIZES
from alpes_web.forms import AtMost, Needed
from alpes_web.staff.choice_fields import LANGUAGE_CHOICES, ChoiceField, CodeField
from alpes_web.staff.fields import PlainForm


class CompanyForm(AmendingForm, PlainForm):
    """What a company is."""

    name = StringField(N_("Nom de l’entreprise"), [Needed(N_("Écrivez le nom de l’entreprise.")), AtMost(150)])
    naf = StringField(N_("Code NAF"), [AtMost(12)], description=N_("Comme « 62.01Z », s’il est connu."))
    size = CodeField(N_("Taille"), SIZES, unknown=N_("Non relevée"))
    siae_kind = CodeField(N_("Structure d’insertion (SIAE)"), SIAE_KINDS, unknown=N_("Non"))
    website = URLField(N_("Site"), [AtMost(300)], description=N_("Comme « https://example.fr »."))
    activity = TextAreaField(N_("Activité, en une phrase"), [AtMost(500)])

    def company(self, stored: CompanyDraft | None = None) -> CompanyDraft:
        """What was written; the logo stays the one that is `stored`."""
        return CompanyDraft(
            name=self.name.data or "",
            naf=self.naf.data or "",
            size=self.size.data,
            siae_kind=self.siae_kind.data,
            website=self.website.data or "",
            activity=self.activity.data or "",
            logo_id=None if stored is None else stored.logo_id,
        )


class PlaceForm(AmendingForm, PlainForm):
    """One of its places."""

    place_name = StringField(
        N_("Nom de l’établissement"), [AtMost(150)], description=N_("S’il en a un autre que celui de l’entreprise.")
    )
    siret = StringField(
        N_("SIRET"),
        [AtMost(40)],
        description=N_("14 chiffres, avec ou sans espaces ; vide s’il manque encore."),
    )
    address = StringField(N_("Adresse"), [AtMost(300)])
    commune_name = StringField(N_("Commune"), [AtMost(100)], description=N_("Son nom, son code postal, ou les deux."))

    def place(self, db: Session) -> EstablishmentDraft:
        """What was written, with its commune found in the list. Raises `BadCompany`."""
        draft = EstablishmentDraft(
            name=self.place_name.data or "", siret=self.siret.data or "", address=self.address.data or ""
        )
        return located(db, draft, self.commune_name.data or "")


class NewCompanyForm(CompanyForm, PlaceForm):
    """A company with its first place."""


class ContactForm(AmendingForm, PlainForm):
    """Somebody at a company."""

    given_name = StringField(N_("Prénom"), [AtMost(100)])
    family_name = StringField(N_("Nom"), [Needed(N_("Indiquez le nom.")), AtMost(100)])
    email = EmailField(N_("Adresse e-mail"), [AtMost(254)])
    telephone = TelField(N_("Téléphone"), [AtMost(30)])
    role = CodeField(N_("Rôle"), CONTACT_ROLES)
    language = ChoiceField(N_("Langue des messages"), LANGUAGE_CHOICES)

    def contact(self, establishment_id: int | None = None) -> ContactDraft:
        """What was written."""
        return ContactDraft(
            family_name=self.family_name.data or "",
            given_name=self.given_name.data or "",
            email=self.email.data or "",
            telephone=self.telephone.data or "",
            role=self.role.data or ContactRole.OTHER,
            establishment_id=establishment_id,
            language=self.language.data or "fr",
        )


def located(db: Session, draft: EstablishmentDraft, text: str) -> EstablishmentDraft:
    """The place with the commune that was typed on one line: found in the list, or as typed when it is not listed.

    Raises `BadCompany` when a postal code alone is shared by several communes.
    """
    name, postal_code = name_and_code(text)
    if not name and not postal_code:
        return draft
    found = resolve_commune(db, name=name, postal_code=postal_code)
    if found is not None:
        sole = found.postal_codes[0] if len(found.postal_codes) == 1 else ""
        return replace(draft, insee_code=found.insee_code, commune_name=found.name, postal_code=postal_code or sole)
    choices = [] if name else communes_of_postal_code(db, postal_code)
    if choices:
        raise BadCompany(
            N_("Plusieurs communes ont ce code postal : %(communes)s. Ajoutez le nom de la bonne."),
            field="commune_name",
            communes=", ".join(choice.name for choice in choices),
        )
    return replace(draft, commune_name=name, postal_code=postal_code)


def stored_company(company: CompanyView) -> dict[str, Any]:
    """What the form of a company shows first."""
    names = ("name", "size", "siae_kind", "website", "activity")
    return {name: getattr(company, name) for name in names} | {"naf": shown_naf(company.naf)}


def stored_place(place: EstablishmentView) -> dict[str, Any]:
    """What the form of a place shows first."""
    return {
        "place_name": place.name,
        "siret": shown_siret(place.siret),
        "address": place.address,
        "commune_name": " ".join(part for part in (place.postal_code, place.commune_name) if part),
    }


def stored_contact(contact: ContactView) -> dict[str, Any]:
    """What the form of a contact shows first."""
    names = ("given_name", "family_name", "email", "telephone", "role", "language")
    return {name: getattr(contact, name) for name in names}

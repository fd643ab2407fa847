"""Who somebody is, as an advisor or a coordinator writes it down: little is asked, most may stay unknown."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session
from wtforms import EmailField, StringField, TelField

from alpes_events.language.sentence import N_
from alpes_events.people.identity import PersonIn, problems_of
from alpes_events.people.queries import CandidateView
from alpes_events.people.residence import WhichCommune
from alpes_events.territory.queries import CommuneView, commune
from alpes_web.amending import AmendingForm
from alpes_web.commune_text import name_and_code
from alpes_web.forms import Needed
from alpes_web.staff.choice_fields import ChoiceField, CodeField
from alpes_web.staff.districts import NONE_OF_THEM, UNKNOWN, district_choices
from alpes_web.staff.fields import DayField
from alpes_web.staff.words import SEXES

_ANOTHER = "-"


class PersonForm(AmendingForm):
    """A person's names, contacts, home and situation."""

    given_name = StringField(N_("Prénom"), validators=[Needed(N_("Indiquez le prénom."))])
    family_name = StringField(N_("Nom"), validators=[Needed(N_("Indiquez le nom."))])
    email = EmailField(N_("Adresse e-mail"))
    telephone = TelField(N_("Téléphone"))
    commune_name = StringField(
        N_("Commune où la personne habite"), description=N_("Son nom, son code postal, ou les deux.")
    )
    insee_code = ChoiceField(N_("Laquelle de ces communes ?"))
    birth_on = DayField(N_("Date de naissance"))
    sex = CodeField(N_("Sexe déclaré"), SEXES, unknown=N_("Non relevé"))
    district = ChoiceField(N_("Quartier prioritaire (QPV)"), description=N_("Selon l’adresse : dit ou attesté."))
    language = ChoiceField(N_("Langue des messages"), [("fr", "Français"), ("en", "English")], default="fr")

    def prepare(self, db: Session, *, today: date) -> None:
        """Offer the priority districts of the day, and keep the commune that was chosen among several."""
        self.district.choices = district_choices(db, today=today)
        chosen = commune(db, str(self.insee_code.data or ""))
        self.offer([chosen] if chosen else [])

    def person(self) -> PersonIn:
        """What was typed about the person."""
        name, postal_code = name_and_code(str(self.commune_name.data or ""))
        chosen, district = str(self.insee_code.data or ""), str(self.district.data or "")
        return PersonIn(
            family_name=self.family_name.data or "",
            given_name=self.given_name.data or "",
            email=self.email.data or "",
            telephone=self.telephone.data or "",
            insee_code="" if chosen == _ANOTHER else chosen,
            commune_name=name,
            postal_code=postal_code,
            birth_on=self.birth_on.data,
            sex=self.sex.data,
            priority_district="" if district in {UNKNOWN, NONE_OF_THEM} else district,
            outside_priority_districts=district == NONE_OF_THEM,
            language=str(self.language.data or "fr"),
        )

    def is_right(self, *, today: date) -> bool:
        """Whether what was typed can be right; every mistake is put beside its field."""
        if not self.validate_on_submit():
            return False
        problems = problems_of(self.person(), today=today, contact_required=False)
        for problem in problems:
            self.blame(problem)
        return not problems

    def ask_which(self, refusal: WhichCommune) -> None:
        """Several communes fit: offer them."""
        self.offer(refusal.choices)
        self.insee_code.data = ""
        self.blame(refusal)

    def offer(self, communes: Sequence[CommuneView]) -> None:
        """Let one of these communes be chosen, or another one."""
        self.insee_code.choices = [
            ("", N_("Choisissez")),
            *((view.insee_code, view.label) for view in communes),
            (_ANOTHER, N_("Une autre commune")),
        ]

    @property
    def asks_which(self) -> bool:
        """Whether the choice among several communes is shown."""
        return len(self.insee_code.choices) > 2 or bool(self.insee_code.data)  # noqa: PLR2004 (none, and another)


def stored(person: CandidateView) -> dict[str, Any]:
    """What is known of a person, as the fields of the form take it."""
    outside = NONE_OF_THEM if person.outside_priority_districts else UNKNOWN
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "email": person.email,
        "telephone": person.telephone,
        "commune_name": " ".join(part for part in (person.postal_code, person.commune_name) if part),
        "insee_code": "",
        "birth_on": person.birth_on,
        "sex": person.sex,
        "district": person.priority_district or outside,
        "language": person.language,
    }

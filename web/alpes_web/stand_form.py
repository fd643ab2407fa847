"""The form of a request for a stand: which company, who answers for it, what they need and what they bring.

What the event itself offers and asks is added to it by `stand_fields`.
"""

import uuid
from typing import ClassVar

from flask import abort
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    StringField,
    TelField,
    TextAreaField,
)

from alpes_events.agenda.draft import BadDraft
from alpes_events.companies.contacts import ContactDraft
from alpes_events.companies.draft import EstablishmentDraft
from alpes_events.companies.models import ContactRole
from alpes_events.fair.codes import PlaceKind, StandOption
from alpes_events.fair.request import StandDraft
from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.language.sentence import N_, say
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.languages import language
from alpes_web.logo_form import LOGO_HINT
from alpes_web.sign_up_form import OneOfTwo
from alpes_web.staff.fields import LinesField, NumberField


class StandForm(StrictForm):
    """What every request says."""

    name = StringField(
        N_("Nom de l’entreprise"),
        [Needed(N_("Écrivez le nom de l’entreprise.")), AtMost(150)],
        description=N_("Comme il doit être écrit sur le stand."),
    )
    looking_for = StringField(
        N_("Métiers que vous proposez"), [AtMost(300)], description=N_("Par exemple : soudeur, aide à domicile.")
    )
    no_jobs = BooleanField(N_("Nous n’avons pas de poste à proposer ce jour-là"))
    recruiter_count = NumberField(N_("Combien de personnes tiendront le stand ?"), [OneOfTwo()])
    recruiters = LinesField(
        N_("Leurs prénoms et noms"), description=N_("Une personne par ligne : chacune a son badge.")
    )
    near_entrance = BooleanField(N_("Une de ces personnes a besoin d’une place près de l’entrée"))
    logo = FileField(N_("Logo de l’entreprise"), description=LOGO_HINT)
    note = TextAreaField(N_("Autre chose à nous dire ?"), [AtMost(1000)])

    question_names: ClassVar[tuple[str, ...]] = ()

    def stand(self) -> StandDraft:
        """What was written of the stand."""
        kind, village = self._said("place_kind"), self._said("village_id")
        return StandDraft(
            ExhibitorDraft(self.name.data or "", looking_for=self.looking_for.data or ""),
            place_kind=PlaceKind(kind) if kind in set(PlaceKind) else PlaceKind.STAND,
            village_id=int(village) if village.isdigit() else None,
            options=tuple(StandOption(one) for one in (self.options.data if "options" in self else ())),
            recruiter_count=self.recruiter_count.data,
            meal_count=self.meal_count.data if "meal_count" in self else None,
            plates=self.plates.data if "plates" in self else (),
            no_jobs=bool(self.no_jobs.data),
            near_entrance=bool(self.near_entrance.data),
            note=self.note.data or "",
            recruiters=tuple(self.recruiters.data or ()),
            answers={int(name.removeprefix("question_")): self[name].data or "" for name in self.question_names},
        )

    def blame_answers(self, refusal: BadDraft) -> None:
        """Put each problem of the answers beside its question."""
        for name, sentence in refusal.problems.items():
            if name in self:
                self[name].errors = [sentence]

    def remind_of_logo(self, *, again: bool = False) -> None:
        """A browser forgets a file when a form comes back: say to choose it `again`, also where a field is wrong."""
        if self.logo.data and (again or self.mistakes) and not self.logo.errors:
            self.logo.errors = [say(N_("Choisissez de nouveau votre logo : le navigateur ne le garde pas."))]

    def _said(self, name: str) -> str:
        return str(self[name].data or "") if name in self else ""


class RequestForm(StandForm):
    """A request by somebody without an account."""

    form_key = HiddenField()
    siret = StringField(
        N_("SIRET"), [AtMost(30)], description=N_("14 chiffres. Laissez vide si vous ne l’avez pas sous la main.")
    )
    commune_name = StringField(
        N_("Commune de l’établissement"),
        [Needed(N_("Indiquez la commune de l’établissement.")), AtMost(100)],
        description=N_("Son nom, son code postal, ou les deux."),
    )
    given_name = StringField(N_("Prénom"), [Needed(N_("Indiquez le prénom.")), AtMost(100)])
    family_name = StringField(N_("Nom"), [Needed(N_("Indiquez le nom.")), AtMost(100)])
    email = EmailField(
        N_("Adresse e-mail"),
        [Needed(N_("Indiquez une adresse e-mail : nous y répondons à votre demande.")), AtMost(254)],
        description=N_("Nous y envoyons la réponse, et un lien pour compléter ou annuler."),
    )
    telephone = TelField(N_("Téléphone"), [AtMost(30)], description=N_("Pour vous joindre le jour même."))

    @property
    def key(self) -> str:
        """The form's own UUID; a page that invents another kind of key gets 400."""
        try:
            return str(uuid.UUID(self.form_key.data or ""))
        except ValueError:
            abort(400)

    def contact(self) -> ContactDraft:
        """Who answers for the stand."""
        return ContactDraft(
            family_name=self.family_name.data or "",
            given_name=self.given_name.data or "",
            email=self.email.data or "",
            telephone=self.telephone.data or "",
            role=ContactRole.RECRUITER,
            language=language(),
        )

    def place(self, insee_code: str | None, name: str, postal_code: str) -> EstablishmentDraft:
        """Where the company works, as it was found in the list of communes."""
        return EstablishmentDraft(
            siret=self.siret.data or "", insee_code=insee_code, commune_name=name, postal_code=postal_code
        )


class OwnStandForm(StandForm):
    """A request completed or changed by its exhibitor."""

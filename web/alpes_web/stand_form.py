"""The form of a request for a stand: which company, who answers for it, what they need and what they bring."""

import uuid
from collections.abc import Sequence
from typing import ClassVar

from flask import abort
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectChoice,
    StringField,
    TelField,
    TextAreaField,
)

from alpes_events.agenda.draft import BadDraft
from alpes_events.agenda.models import Question
from alpes_events.companies.contacts import ContactDraft
from alpes_events.companies.draft import EstablishmentDraft
from alpes_events.companies.models import ContactRole
from alpes_events.fair.call import CallDraft
from alpes_events.fair.codes import Missing, PlaceKind, StandOption
from alpes_events.fair.models import Village
from alpes_events.fair.request import StandDraft
from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.fair.stand_views import StandView
from alpes_events.fair.words import PLACE_KINDS, STAND_OPTIONS
from alpes_events.language.sentence import N_
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.languages import language, said
from alpes_web.sign_up_form import OneOfTwo, question_field
from alpes_web.staff.choice_fields import TicksField
from alpes_web.staff.fields import LinesField, NumberField


class _StandForm(StrictForm):
    """What every request says; places, villages and options of the event are added by `fields_of`."""

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

    def _said(self, name: str) -> str:
        return str(self[name].data or "") if name in self else ""


class RequestForm(_StandForm):
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


class OwnStandForm(_StandForm):
    """A request completed or changed by its exhibitor."""


def request_form(call: CallDraft, villages: Sequence[Village], questions: Sequence[Question]) -> RequestForm:
    """The form of one event, filled from the request."""
    form = _built(RequestForm, call, villages, questions)()
    assert isinstance(form, RequestForm)
    if not form.form_key.data:
        form.form_key.data = str(uuid.uuid4())
    return form


def own_form(
    call: CallDraft, villages: Sequence[Village], questions: Sequence[Question], stand: StandView
) -> OwnStandForm:
    """The form of a stand that was asked for, with what is known of it."""
    stored: dict[str, object] = {
        "name": stand.name,
        "looking_for": stand.looking_for,
        "no_jobs": stand.no_jobs,
        "recruiter_count": stand.recruiter_count,
        "near_entrance": stand.near_entrance,
        "note": stand.note,
        "recruiters": stand.recruiters,
        "place_kind": stand.place_kind.value,
        "village_id": str(stand.village_id or ""),
        "options": [option.value for option in stand.options],
        "meal_count": stand.meal_count,
        "plates": stand.plates,
        **{f"question_{number}": answer for number, answer in stand.answers.items()},
    }
    form = _built(OwnStandForm, call, villages, questions)(data=stored)
    assert isinstance(form, OwnStandForm)
    return form


def _built(
    base: type[_StandForm], call: CallDraft, villages: Sequence[Village], questions: Sequence[Question]
) -> type[_StandForm]:
    """The form with what the event offers: one kind of place is not asked for, nor are options it has not."""
    fields: dict[str, object] = {}
    if len(call.place_kinds) > 1:
        kinds = [SelectChoice(kind.value, said(PLACE_KINDS[kind])) for kind in call.place_kinds]
        fields["place_kind"] = RadioField(
            N_("De quoi avez-vous besoin ?"), [OneOfTwo()], choices=kinds, default=call.place_kinds[0].value
        )
    else:
        fields["place_kind"] = HiddenField(default=call.place_kinds[0].value)
    if villages:
        choices = [SelectChoice(str(village.id), village.name) for village in villages]
        fields["village_id"] = RadioField(
            N_("Dans quel village ?"),
            [Needed(N_("Choisissez le village où vous serez le mieux placé."))],
            choices=choices,
            validate_choice=False,
        )
    if call.options:
        words = {option.value: STAND_OPTIONS[option] for option in call.options}
        fields["options"] = TicksField(N_("Ce qu’il vous faut"), words)
    if StandOption.MEALS in call.options:
        fields["meal_count"] = NumberField(N_("Combien de repas ?"), [OneOfTwo()])
    if StandOption.PARKING in call.options or Missing.PLATES in call.asked_for:
        fields["plates"] = LinesField(
            N_("Plaques des véhicules"), description=N_("Une par ligne, comme AA-123-BB. Elles ouvrent le parking.")
        )
    if call.rules and base is RequestForm:
        fields["rules"] = BooleanField(
            N_("J’accepte les règles de l’événement"), [Needed(N_("Acceptez les règles pour envoyer la demande."))]
        )
    names = []
    for question in questions:
        fields[f"question_{question.id}"] = question_field(question)
        names.append(f"question_{question.id}")
    return type(base.__name__, (base,), {**fields, "question_names": tuple(names)})

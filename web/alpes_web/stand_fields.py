"""The form of a stand at one event: what the event offers and asks is added to what every request says."""

import uuid
from collections.abc import Sequence

from wtforms import BooleanField, HiddenField, RadioField, SelectChoice

from alpes_events.agenda.models import Question
from alpes_events.fair.call import CallDraft
from alpes_events.fair.codes import Missing, StandOption
from alpes_events.fair.models import Village
from alpes_events.fair.stand_views import StandView
from alpes_events.fair.words import PLACE_KINDS, STAND_OPTIONS
from alpes_events.language.sentence import N_
from alpes_web.forms import Needed
from alpes_web.languages import said
from alpes_web.sign_up_form import OneOfTwo, question_field
from alpes_web.staff.choice_fields import TicksField
from alpes_web.staff.fields import LinesField, NumberField
from alpes_web.stand_form import OwnStandForm, RequestForm, StandForm


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
    base: type[StandForm], call: CallDraft, villages: Sequence[Village], questions: Sequence[Question]
) -> type[StandForm]:
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

"""What staff write of an application: the next step, the contract that was signed, the person who is proposed."""

from uuid import uuid4

from wtforms import HiddenField, TextAreaField

from alpes_events.hiring.applying import LONGEST_MESSAGE
from alpes_events.hiring.codes import ApplicationState, ContractKind
from alpes_events.hiring.hires import HireDraft
from alpes_events.hiring.words import APPLICATION_STATES, CONTRACTS, REFUSAL_REASONS, TRAININGS
from alpes_events.language.sentence import N_
from alpes_web.forms import AtMost, Needed
from alpes_web.staff.choice_fields import CodeField
from alpes_web.staff.fields import DayField, PlainForm

STEPS = {state: words for state, words in APPLICATION_STATES.items() if state is not ApplicationState.HIRED}
"""What a step may lead to; a contract has a form of its own."""


class StepForm(PlainForm):
    """The next step of an application."""

    state = CodeField(
        N_("Où en est la candidature"),
        STEPS,
        unknown=N_("Choisissez"),
        validators=[Needed(N_("Choisissez où en est la candidature."))],
    )
    reason = CodeField(N_("Pourquoi, si elle est refusée"), REFUSAL_REASONS, unknown=N_("Sans objet"))


class HireForm(PlainForm):
    """The contract that was signed."""

    contract = CodeField(N_("Contrat"), CONTRACTS)
    training = CodeField(N_("Formation avant l’embauche"), TRAININGS, unknown=N_("Aucune"))
    signed_on = DayField(N_("Signé le"), validators=[Needed(N_("Indiquez le jour de la signature."))])
    starts_on = DayField(N_("Début"), validators=[Needed(N_("Indiquez le premier jour."))])
    ends_on = DayField(N_("Fin"), description=N_("Rien pour un CDI."))

    def draft(self) -> HireDraft:
        """What was written."""
        return HireDraft(
            contract=self.contract.data or ContractKind.CDI,
            signed_on=self.signed_on.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            training=self.training.data,
        )


class ProposeForm(PlainForm):
    """A person proposed for an offer. `form_key` makes a second click harmless."""

    form_key = HiddenField(default=lambda: str(uuid4()))
    message = TextAreaField(
        N_("Ce que l’on dit d’elle à l’employeur"),
        description=N_("Ses compétences et sa disponibilité ; rien sur sa santé, son âge ou sa famille."),
        validators=[AtMost(LONGEST_MESSAGE)],
    )

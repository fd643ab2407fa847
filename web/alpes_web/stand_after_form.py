"""What an exhibitor says after an event: what came of one interview, and how many were held."""

from alpes_events.fair.meetings import MeetingOutcome
from alpes_events.fair.words import OUTCOMES
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.hires import HireDraft
from alpes_events.hiring.words import CONTRACTS
from alpes_events.language.sentence import N_, say
from alpes_web.forms import Needed
from alpes_web.staff.choice_fields import CodeField
from alpes_web.staff.fields import DayField, NumberField, PlainForm


class OutcomeForm(PlainForm):
    """What came of one interview; the contract is asked for when somebody was hired."""

    outcome = CodeField(
        N_("Qu’a donné cet entretien ?"),
        OUTCOMES,
        unknown=N_("Choisissez"),
        validators=[Needed(N_("Choisissez ce qu’a donné cet entretien."))],
    )
    contract = CodeField(N_("Contrat, si la personne est embauchée"), CONTRACTS, unknown=N_("Pas d’embauche"))
    signed_on = DayField(N_("Signé le"))
    starts_on = DayField(N_("Premier jour"))
    ends_on = DayField(N_("Dernier jour"), description=N_("Rien pour un CDI."))

    def hire(self) -> HireDraft | None:
        """The contract; what misses of it is said beside its field."""
        if self.outcome.data is not MeetingOutcome.HIRED:
            return None
        if self.contract.data is None:
            self.contract.errors = [*self.contract.errors, say(N_("Choisissez le contrat."))]
        if self.starts_on.data is None:
            self.starts_on.errors = [*self.starts_on.errors, say(N_("Indiquez le premier jour."))]
        if self.mistakes:
            return None
        return HireDraft(
            contract=self.contract.data or ContractKind.CDI,
            signed_on=self.signed_on.data or self.starts_on.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )


class CountForm(PlainForm):
    """How many interviews were held; empty is « we do not know »."""

    interviews = NumberField(
        N_("Combien d’entretiens avez-vous menés ce jour-là ?"), description=N_("Laissez vide si vous ne savez pas.")
    )

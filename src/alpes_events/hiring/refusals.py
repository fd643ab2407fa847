"""What hiring refuses, each with its sentence."""

from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_


class UnknownOffer(NotFound):
    """No such offer, or none that is shown."""

    def __init__(self) -> None:
        super().__init__(N_("Cette offre n’existe pas, ou n’est plus proposée. La liste montre celles qui le sont."))


class UnknownOperation(NotFound):
    """No such recruitment operation."""

    def __init__(self) -> None:
        super().__init__(N_("Cette opération de recrutement n’existe pas."))


class UnknownSession(NotFound):
    """No such session of a recruitment operation."""

    def __init__(self) -> None:
        super().__init__(N_("Cette séance de recrutement n’est plus dans la liste."))


class UnknownApplication(NotFound):
    """No such application, or not for this person."""

    def __init__(self) -> None:
        super().__init__(N_("Cette candidature n’existe pas."))


class UnknownHire(NotFound):
    """No such contract."""

    def __init__(self) -> None:
        super().__init__(N_("Ce contrat n’est plus dans la liste."))


class UnknownFollowUp(NotFound):
    """No such question to an exhibitor."""

    def __init__(self) -> None:
        super().__init__(N_("Cette question n’existe pas. Le message reçu en donne le lien en entier."))


class FollowUpIsOver(Refusal):
    """The answer comes after the last day, or before the first."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("On ne répond plus à cette question. Merci d’avoir participé : appelez-nous si besoin."))


class FollowUpAnswered(Refusal):
    """A second answer to the same question."""

    def __init__(self) -> None:
        super().__init__(N_("Votre réponse est déjà enregistrée : rouvrez-la pour la corriger."))


class NotPutOff(Refusal):
    """A question that was put off often enough."""

    def __init__(self) -> None:
        super().__init__(
            N_("Nous vous avons déjà relancé plusieurs fois : répondez quand vous pourrez, ce lien reste bon.")
        )


class UnknownAlert(NotFound):
    """No such alert, or it is over."""

    def __init__(self) -> None:
        super().__init__(N_("Cette alerte n’existe pas, ou n’existe plus."))


class OfferIsClosed(Refusal):
    """An application for an offer that is not shown any more."""

    def __init__(self) -> None:
        super().__init__(N_("On ne peut plus postuler à cette offre. La liste en montre d’autres."))


class AlreadyApplied(Refusal):
    """A second application of the same person for the same offer."""

    def __init__(self, *, application_id: int) -> None:
        super().__init__(N_("Cette personne a déjà postulé à cette offre."))
        self.application_id = application_id

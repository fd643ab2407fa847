"""What is refused about people under the clause, each with its sentence."""

from alpes_events.language.refusal import BadInput, NotFound, Refusal
from alpes_events.language.sentence import N_


class UnknownProof(NotFound):
    """No such proof, or it was withdrawn."""

    def __init__(self) -> None:
        super().__init__(N_("Ce justificatif n’est plus dans la liste."))


class BadProof(BadInput):
    """A proof that cannot be right; `field` names what."""


class OnlyFacilitators(Refusal):
    """Something that tells of health, or an opinion to decide on, asked for by somebody else."""

    status = 403

    def __init__(self) -> None:
        super().__init__(N_("Seule une personne de la facilitation peut le faire : demandez-le-lui."))


class OpinionForOwnCompany(Refusal):
    """An opinion on somebody who works for a company of whoever would decide on it."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Vous faites partie d’une entreprise où cette personne est placée : "
                "une autre personne de la facilitation doit décider de cet avis."
            )
        )


class OpinionDecided(Refusal):
    """A second decision on the same opinion."""

    def __init__(self) -> None:
        super().__init__(N_("Cet avis a déjà été validé ou refusé : notez-en un nouveau s’il a changé."))


class NotEstablished(Refusal):
    """An employment contract of somebody whose eligibility is not established. `over`: it has run out."""

    def __init__(self, *, over: bool) -> None:
        self.over = over
        super().__init__(
            N_(
                "L’éligibilité de cette personne à ce marché est finie : ses heures ne compteraient plus. "
                "Cochez « Noter quand même » si vous le savez."
            )
            if over
            else N_(
                "Rien n’établit que cette personne est éligible le premier jour. "
                "Notez d’abord un justificatif, ou cochez « Noter quand même »."
            )
        )

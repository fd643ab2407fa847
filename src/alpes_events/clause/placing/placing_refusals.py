"""What is refused about placing people on lots, each with its sentence."""

from alpes_events.language.refusal import BadInput, NotFound, Refusal
from alpes_events.language.sentence import N_


class UnknownPlacement(NotFound):
    """No such placement."""

    def __init__(self) -> None:
        super().__init__(N_("Cette proposition n’existe pas."))


class UnknownPlan(NotFound):
    """No such plan of placements, or it was set aside."""

    def __init__(self) -> None:
        super().__init__(N_("Ce plan n’est plus le plan proposé : ouvrez celui qui l’a remplacé."))


class UnknownPlanLine(NotFound):
    """No such line of the plan."""

    def __init__(self) -> None:
        super().__init__(N_("Cette ligne n’est pas dans le plan."))


class BadPlacement(BadInput):
    """A placement that cannot be; `field` names why."""


class NotEligible(Refusal):
    """Somebody for whom the clause of this contract is not."""

    def __init__(self) -> None:
        super().__init__(
            N_("D’après ses justificatifs, cette personne n’est pas d’un public que ce marché accepte ce jour-là.")
        )


class EligibilityUnknown(Refusal):
    """Somebody of whom it is not known whether the clause is for them."""

    def __init__(self) -> None:
        super().__init__(
            N_("On ne sait pas encore si ce marché peut compter cette personne : notez d’abord un justificatif.")
        )


class PlacedAlready(Refusal):
    """A second open placement of a person on a lot."""

    def __init__(self) -> None:
        super().__init__(N_("Cette personne est déjà proposée sur ce lot : suivez cette proposition-là."))


class WorksThere(Refusal):
    """A placement of somebody who works on the lot."""

    def __init__(self) -> None:
        super().__init__(N_("Cette personne travaille déjà sur ce lot à cette date."))


class BusyElsewhere(Refusal):
    """A line of a plan in whose weeks the person is taken."""

    def __init__(self) -> None:
        super().__init__(N_("Cette personne est prise ailleurs ces semaines-là : refaites le plan."))


class HoursDone(Refusal):
    """A line of a plan for a lot that owes nothing any more."""

    def __init__(self) -> None:
        super().__init__(N_("Ce lot n’a plus d’heures à pourvoir : elles sont faites, ou prévues par d’autres."))


class WeeksPast(Refusal):
    """A line of a plan whose weeks are over."""

    def __init__(self) -> None:
        super().__init__(N_("Ces semaines sont passées : refaites le plan."))


class PlanLineDecided(Refusal):
    """A line of a plan that was accepted or set aside before."""

    def __init__(self) -> None:
        super().__init__(N_("Cette ligne a déjà été acceptée, ou écartée."))


class NoSuchMove(Refusal):
    """A placement that cannot go from where it is to where somebody wants it."""

    def __init__(self) -> None:
        super().__init__(
            N_("Cette proposition n’en est plus là : quelqu’un l’a fait avancer. Regardez où elle en est.")
        )


class NothingToPlan(Refusal):
    """A plan asked for while no lot owes hours to come."""

    def __init__(self) -> None:
        super().__init__(N_("Aucun lot ouvert n’a d’heures à pourvoir : inscrivez d’abord ce que les lots doivent."))

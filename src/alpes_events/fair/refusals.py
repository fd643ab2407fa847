"""What the fair refuses, each with its sentence."""

from alpes_events.language.refusal import BadInput, NotFound, Refusal
from alpes_events.language.sentence import N_


class UnknownExhibitor(NotFound):
    """No such exhibitor."""

    def __init__(self) -> None:
        super().__init__(N_("Cet exposant n’existe pas, ou n’est plus dans la liste de l’événement."))


class UnknownDemonstration(NotFound):
    """No such demonstration."""

    def __init__(self) -> None:
        super().__init__(N_("Cette démonstration n’est plus dans la liste de l’événement."))


class UnknownInterview(NotFound):
    """No such interview."""

    def __init__(self) -> None:
        super().__init__(N_("Cet entretien n’est plus dans la liste de l’événement."))


class ExhibitorThere(Refusal):
    """The same exhibitor a second time at one event."""

    def __init__(self, *, name: str, exhibitor_id: int) -> None:
        super().__init__(
            N_("« %(name)s » est déjà dans la liste : complétez sa ligne, ou écrivez un autre nom."), name=name
        )
        self.exhibitor_id = exhibitor_id


class DemonstrationThere(Refusal):
    """The same demonstration a second time at one event."""

    def __init__(self, *, title: str, demonstration_id: int) -> None:
        super().__init__(N_("La démonstration « %(title)s » est déjà dans la liste."), title=title)
        self.demonstration_id = demonstration_id


class ExhibitorHasInterviews(Refusal):
    """An exhibitor who held interviews was there: it cannot be withdrawn."""

    def __init__(self, *, name: str, count: int) -> None:
        super().__init__(
            N_("« %(name)s » a des entretiens notés (%(count)d) : retirez-les d’abord si cet exposant n’est pas venu."),
            name=name,
            count=count,
        )


class FairIsOff(Refusal):
    """The fair of an event that was called off."""

    def __init__(self) -> None:
        super().__init__(N_("Cet événement n’a pas lieu : ses exposants et ses entretiens ne changent plus."))


class NotAtEvent(Refusal):
    """An interview of somebody who was not at the event, or with an exhibitor of another one."""

    def __init__(self) -> None:
        super().__init__(
            N_("Cette personne n’est pas parmi les présents de cet événement : notez d’abord son arrivée.")
        )


class ExhibitorElsewhere(Refusal):
    """An interview with an exhibitor who is not at this event, or not any more."""

    def __init__(self, *, name: str) -> None:
        super().__init__(N_("« %(name)s » n’expose pas à cet événement : ajoutez d’abord cet exposant."), name=name)


class InterviewThere(Refusal):
    """The same interview a second time."""

    def __init__(self, *, interview_id: int) -> None:
        super().__init__(N_("Cet entretien est déjà noté, à la même heure avec le même exposant."))
        self.interview_id = interview_id


class NotThatDay(BadInput):
    """An interview on a day when the event was not held, or that is still to come."""

    def __init__(self) -> None:
        super().__init__(
            N_("Cet entretien n’est pas à une heure possible : notez-le quand il a eu lieu, un jour de l’événement."),
            field="held_at",
        )


class BadLabel(BadInput):
    """A name or title that is missing or too long."""

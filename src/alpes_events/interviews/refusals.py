"""What the timetable of interviews refuses, each with its sentence."""

from alpes_events.language.refusal import BadInput, NotFound, Refusal
from alpes_events.language.sentence import N_


class DoubleBooked(Refusal):
    """Two interviews of one table or of one person at a time."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Ce créneau vient d’être pris, à cette table ou par cette personne : "
                "rechargez la page, et choisissez-en un autre."
            )
        )


class UnknownTable(NotFound):
    """No such table of that exhibitor or event."""

    def __init__(self) -> None:
        super().__init__(N_("Cette table d’entretien n’existe pas, ou n’est plus ouverte."))


class BadTable(BadInput):
    """Hours, length or breaks of a table that cannot be; `field` names which."""


class WouldCallOff(Refusal):
    """A change that calls off more interviews than whoever asks for it was told."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            N_("Ce changement annule des entretiens déjà fixés (%(count)d) : relisez, puis confirmez."), count=count
        )


class BadHours(BadInput):
    """Hours of presence that cannot be; `field` names which."""


class BadDay(BadInput):
    """How an event arranges its interviews, and that cannot be; `field` names which."""


class ChoicesAreOver(Refusal):
    """Choices or hours after the moment until which they may be changed."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            N_("On ne change plus ces choix ni ces heures : les entretiens se préparent. Appelez-nous si besoin.")
        )


class UnknownWish(NotFound):
    """Nobody who wishes to meet this exhibitor and says their name to it."""

    def __init__(self) -> None:
        super().__init__(N_("Cette personne ne vous dit pas, ou plus, son nom."))


class NoInterviewsHere(Refusal):
    """An event where no interviews are arranged: it is off, over, or nobody exhibits."""

    def __init__(self) -> None:
        super().__init__(
            N_("Aucun entretien ne s’organise pour cet événement : il est annulé, terminé, ou sans exposant.")
        )


class UnknownPlan(NotFound):
    """No such draft of a timetable."""

    def __init__(self) -> None:
        super().__init__(N_("Cette proposition d’horaires n’existe plus : demandez-en une nouvelle."))


class PlanChanged(Refusal):
    """The draft, or the timetable beside which it was made, changed meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Les horaires ont changé entre-temps, par vous ou par quelqu’un d’autre : "
                "relisez la page, puis recommencez."
            )
        )


class QueueIsClosed(Refusal):
    """A queue outside the hours of its event."""

    def __init__(self) -> None:
        super().__init__(N_("Les files d’attente ne sont ouvertes que pendant l’événement."))


class MeetsAlready(Refusal):
    """Somebody who has a time with an exhibitor, or waits there, joins its queue."""

    def __init__(self) -> None:
        super().__init__(N_("Un entretien avec cet exposant est déjà prévu : il n’y a pas à attendre en plus."))


class NobodyWaits(Refusal):
    """The next of a queue where nobody waits to be called."""

    def __init__(self) -> None:
        super().__init__(N_("Personne n’attend d’être appelé à ce stand."))


class NotInQueue(Refusal):
    """Somebody who does not wait in the queue, or not any more."""

    def __init__(self) -> None:
        super().__init__(N_("Cette personne n’attend plus à ce stand : rechargez la page."))


class NoTimesYet(Refusal):
    """Lists of interviews where no timetable was published, or no interview is left in it."""

    def __init__(self) -> None:
        super().__init__(N_("Aucun entretien n’a d’heure pour l’instant : publiez d’abord les horaires."))

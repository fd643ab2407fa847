"""What the fair refuses, each with its sentence."""

from datetime import datetime

from alpes_events.language.refusal import BadInput, NotFound, Refusal
from alpes_events.language.sentence import N_


class UnknownExhibitor(NotFound):
    """No such exhibitor."""

    def __init__(self) -> None:
        super().__init__(N_("Cet exposant n’existe pas, ou n’est plus dans la liste de l’événement."))


class NoCatalogue(NotFound):
    """An event whose catalogue is not published."""

    def __init__(self) -> None:
        super().__init__(N_("Le catalogue de cet événement n’est pas publié : revenez un peu avant le jour."))


class NobodyToShow(Refusal):
    """A catalogue without a single exhibitor."""

    def __init__(self) -> None:
        super().__init__(N_("Le catalogue serait vide : acceptez d’abord un exposant."))


class NoLogo(NotFound):
    """A stand without a logo of its own."""

    def __init__(self) -> None:
        super().__init__(N_("Aucun logo n’est arrivé par le lien de ce stand."))


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


class InterviewHasOutcome(Refusal):
    """An interview of which something came cannot be taken off the list."""

    def __init__(self) -> None:
        super().__init__(N_("La suite de cet entretien est notée : effacez-la d’abord, puis retirez l’entretien."))


class BadWish(BadInput):
    """A list of wishes that cannot be."""

    def __init__(self, text: str, **facts: object) -> None:
        super().__init__(text, field="choice_1", **facts)


class WishesAreOver(Refusal):
    """Wishes to meet exhibitors of an event that is over, or of a sign-up that is."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            N_("On ne change plus ces souhaits : l’événement est passé, ou l’inscription n’est plus active.")
        )


class NoWishesHere(Refusal):
    """Wishes at an event without exhibitors."""

    def __init__(self) -> None:
        super().__init__(N_("Les employeurs de cet événement ne sont pas encore connus : revenez un peu plus tard."))


class NotThatDay(BadInput):
    """An interview on a day when the event was not held, or that is still to come."""

    def __init__(self) -> None:
        super().__init__(
            N_("Cet entretien n’est pas à une heure possible : notez-le quand il a eu lieu, un jour de l’événement."),
            field="held_at",
        )


class BadLabel(BadInput):
    """A name or title that is missing or too long."""


class BadCall(BadInput):
    """A call to exhibitors that cannot be right; `field` names what."""


class BadRequest(BadInput):
    """A request for a stand that cannot be right; `field` names what."""


class VillageInUse(BadInput):
    """A village that somebody has a stand in, or asks for one, cannot go."""

    def __init__(self, *, village: str, name: str) -> None:
        super().__init__(
            N_("« %(name)s » a une demande dans le village « %(village)s » : changez-la d’abord de village."),
            field="villages",
            village=village,
            name=name,
        )


class UnknownVillage(NotFound):
    """No such village at this event, or an event that is not open to exhibitors."""

    def __init__(self) -> None:
        super().__init__(N_("Ce village n’est pas, ou n’est plus, dans cet événement : choisissez-en un autre."))


class NoCall(NotFound):
    """An event that takes no requests for stands."""

    def __init__(self) -> None:
        super().__init__(N_("On ne demande pas de stand ici pour cet événement : appelez-nous."))


class CallNotOpenYet(Refusal):
    """Requests open later."""

    def __init__(self, *, opens_at: datetime) -> None:
        super().__init__(N_("Les demandes de stand ne sont pas encore ouvertes : revenez un peu plus tard."))
        self.opens_at = opens_at


class CallClosed(Refusal):
    """Requests are closed."""

    def __init__(self) -> None:
        super().__init__(N_("Les demandes de stand sont closes : appelez-nous si vous souhaitez venir quand même."))


class TooLateForStands(Refusal):
    """The event is over."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("Cet événement est passé : ses stands ne changent plus."))


class NotFromHere(Refusal):
    """A decision that the present state of a request does not allow."""

    def __init__(self, *, name: str) -> None:
        super().__init__(
            N_("La demande de « %(name)s » a changé entre-temps : rechargez la page avant de décider."), name=name
        )


class FormSentBefore(Refusal):
    """The same form was sent twice with different words."""

    def __init__(self) -> None:
        super().__init__(N_("Cette demande a déjà été envoyée avec un autre nom : rouvrez la page de l’événement."))


class NoStandFree(Refusal):
    """An exhibitor is accepted, or moved, where no place is free."""

    def __init__(self) -> None:
        super().__init__(N_("Aucune place n’est libre dans ce village : augmentez d’abord son nombre de places."))

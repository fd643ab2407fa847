"""Why a link to one's own sign-up does not serve."""

from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_


class WrongLink(NotFound):
    """A secret link that nobody was given."""

    def __init__(self) -> None:
        super().__init__(N_("Ce lien n’est pas le bon : copiez-le en entier depuis votre message, ou appelez-nous."))


class LinkIsOver(Refusal):
    """The link of a sign-up whose event is over."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("Ce rendez-vous est passé : ce lien ne sert plus. L’agenda montre les prochains."))


class NoConvocation(Refusal):
    """A convocation is asked for without a place."""

    def __init__(self) -> None:
        super().__init__(N_("Il n’y a de convocation que pour une place gardée : revenez quand la vôtre le sera."))


class NotYetOver(Refusal):
    """The question about an event that has not begun."""

    def __init__(self) -> None:
        super().__init__(N_("Ce rendez-vous n’a pas encore eu lieu : revenez ensuite nous dire s’il a été utile."))


class HoursAreOver(Refusal):
    """The link of a month to which nothing happened for long."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("Ce lien a fait son temps : appelez-nous pour en recevoir un autre."))

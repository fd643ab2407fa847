"""The life of an offer: which state may follow which, and until when it can be applied for."""

from datetime import date

from alpes_events.hiring.codes import OfferState
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_

_NEXT: dict[OfferState, frozenset[OfferState]] = {
    OfferState.DRAFT: frozenset({OfferState.PUBLISHED, OfferState.WITHDRAWN}),
    OfferState.PUBLISHED: frozenset({OfferState.FILLED, OfferState.EXPIRED, OfferState.WITHDRAWN}),
    OfferState.FILLED: frozenset({OfferState.PUBLISHED}),
    OfferState.EXPIRED: frozenset({OfferState.PUBLISHED, OfferState.FILLED}),
    OfferState.WITHDRAWN: frozenset({OfferState.PUBLISHED, OfferState.DRAFT}),
}


class OfferStateRefused(Refusal):
    """A change of state that the present one does not allow."""

    def __init__(self, current: OfferState, wanted: OfferState) -> None:
        super().__init__(
            N_("Cette offre a changé entre-temps, ou ne peut pas passer dans cet état : rechargez la page.")
        )
        self.current, self.wanted = current, wanted


class OfferIsPast(Refusal):
    """An offer whose last day is over cannot be shown (again)."""

    def __init__(self) -> None:
        super().__init__(N_("Le dernier jour de cette offre est passé : changez-le d’abord, puis publiez-la."))


def next_offer_states(current: OfferState) -> frozenset[OfferState]:
    """What may follow."""
    return _NEXT[current]


def check_offer_state(current: OfferState, wanted: OfferState, *, closes_on: date | None, today: date) -> None:
    """Raise `OfferStateRefused` or `OfferIsPast` when an offer cannot come into that state."""
    if wanted not in _NEXT[current]:
        raise OfferStateRefused(current, wanted)
    if wanted is OfferState.PUBLISHED and is_past(closes_on, today=today):
        raise OfferIsPast


def is_past(closes_on: date | None, *, today: date) -> bool:
    """Whether the last day to apply is over."""
    return closes_on is not None and closes_on < today


def takes_applications(state: OfferState, closes_on: date | None, *, today: date) -> bool:
    """Whether one may apply."""
    return state is OfferState.PUBLISHED and not is_past(closes_on, today=today)

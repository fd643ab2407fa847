"""What attesting refuses, each with its sentence."""

from alpes_events.language.refusal import BadInput, NotFound, Refusal
from alpes_events.language.sentence import N_


class BadAttested(BadInput):
    """A value that cannot be right."""


class UnknownAttested(NotFound):
    """Nobody attested this figure for this period."""

    def __init__(self) -> None:
        super().__init__(N_("Ce chiffre n’a pas été attesté pour cette période."))


class AttestedAlready(Refusal):
    """The figure has a value for this period: that count."""

    def __init__(self, *, period: str, source: str, count_id: int) -> None:
        self.count_id = count_id
        super().__init__(
            N_("Ce chiffre est déjà attesté pour %(period)s (source : %(source)s) : corrigez-le, en disant pourquoi."),
            period=period,
            source=source,
        )

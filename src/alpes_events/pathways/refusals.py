"""What pathways refuse, each with its sentence."""

from datetime import date

from alpes_events.language.refusal import BadInput, NotFound, Refusal
from alpes_events.language.sentence import N_


class BadPathway(BadInput):
    """A value of a pathway that cannot be right."""


class UnknownScheme(NotFound):
    """No such scheme."""

    def __init__(self) -> None:
        super().__init__(N_("Ce dispositif n’existe pas : choisissez-en un dans la liste."))


class UnknownEnrolment(NotFound):
    """No such enrolment."""

    def __init__(self) -> None:
        super().__init__(N_("Ce parcours n’existe pas, ou n’existe plus."))


class UnknownStep(NotFound):
    """No such step."""

    def __init__(self) -> None:
        super().__init__(N_("Cette étape n’existe pas, ou n’existe plus."))


class UnknownPeriod(NotFound):
    """No such funding period."""

    def __init__(self) -> None:
        super().__init__(N_("Cette période de financement n’existe pas, ou n’existe plus."))


class AlreadyEnrolled(Refusal):
    """The person is in this scheme on those days already, by that enrolment. `until` None: they are still."""

    def __init__(self, *, since: date, until: date | None, enrolment_id: int) -> None:
        self.enrolment_id = enrolment_id
        if until is None:
            sentence = N_("Cette personne suit déjà ce dispositif depuis le %(since)s : notez d’abord sa sortie.")
            super().__init__(sentence, since=f"{since:%d/%m/%Y}")
            return
        super().__init__(
            N_("Cette personne a suivi ce dispositif du %(since)s au %(until)s : les jours se recouvrent."),
            since=f"{since:%d/%m/%Y}",
            until=f"{until:%d/%m/%Y}",
        )

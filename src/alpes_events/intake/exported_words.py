"""What exports write for codes: words that imports read again."""

from enum import StrEnum
from typing import TypeVar

from alpes_events.agenda.models import EventState
from alpes_events.attendance.models import Channel, Presence, RegistrationState
from alpes_events.language.sentence import N_, catalogue
from alpes_events.people.models import AgeBand, Sex

Code = TypeVar("Code", bound=StrEnum)

CHANNEL_WORDS: dict[Channel, str] = {
    Channel.SELF: N_("en ligne"),
    Channel.ADVISOR: N_("conseiller"),
    Channel.EMPLOYER: N_("employeur"),
    Channel.DOOR: N_("accueil"),
}
PRESENCE_WORDS: dict[Presence, str] = {
    Presence.UNKNOWN: "",
    Presence.ATTENDED: N_("présent"),
    Presence.NO_SHOW: N_("absent"),
    Presence.EXCUSED: N_("excusé"),
}
STATE_WORDS: dict[RegistrationState, str] = {
    RegistrationState.CONFIRMED: N_("inscrit"),
    RegistrationState.OFFERED: N_("place proposée"),
    RegistrationState.WAITLISTED: N_("liste d’attente"),
    RegistrationState.CANCELLED: N_("annulé"),
    RegistrationState.REVOKED: N_("annulé par nous"),
    RegistrationState.EXPIRED: N_("place non confirmée"),
}
EVENT_STATE_WORDS: dict[EventState, str] = {
    EventState.DRAFT: N_("brouillon"),
    EventState.PUBLISHED: N_("publié"),
    EventState.CANCELLED: N_("annulé"),
    EventState.DONE: N_("terminé"),
    EventState.WITHDRAWN: N_("retiré"),
    EventState.DISCARDED: N_("jeté"),
}
SEX_WORDS: dict[Sex, str] = {Sex.WOMAN: N_("femme"), Sex.MAN: N_("homme")}
AGE_WORDS: dict[AgeBand, str] = {
    AgeBand.UNDER_18: N_("moins de 18 ans"),
    AgeBand.FROM_18_TO_25: N_("18 à 25 ans"),
    AgeBand.FROM_26_TO_49: N_("26 à 49 ans"),
    AgeBand.FROM_50: N_("50 ans et plus"),
}
YES, NO = N_("oui"), N_("non")


class Words:
    """Words of codes and headings in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = catalogue(language)

    def __call__(self, sentence: str) -> str:
        """The sentence in this language; « » stays."""
        return self._catalogue.gettext(sentence) if sentence else ""

    def of(self, code: Code | None, words: dict[Code, str]) -> str:
        """The word of a code; « » for none."""
        return "" if code is None else self(words[code])

    def flag(self, value: bool | None) -> str:
        """Yes, no, or « » when it is not known."""
        return "" if value is None else self(YES if value else NO)

"""Indicators: each figure by its name, with what is counted, which acts make it, and how it may be cut.

A definition that changes takes a new version: values compiled before keep the version they were counted by.
"""

import hashlib

from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_
from alpes_events.statistics.cuts import Cut
from alpes_events.statistics.hiring_indicators import HIRING_INDICATORS
from alpes_events.statistics.indicator import Gate, Indicator
from alpes_events.statistics.periods import Grain

__all__ = ["BY_ID", "INDICATORS", "Gate", "Indicator", "UnknownIndicator", "definitions_digest", "indicator_named"]


_PERSON = (Cut.TERRITORY, Cut.PRIORITY_DISTRICT, Cut.COMMUNE, Cut.SEX, Cut.AGE_BAND, Cut.CHANNEL, Cut.KIND)
_SHORT = (Cut.TERRITORY, Cut.CHANNEL, Cut.KIND)

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="events",
        label=N_("Événements"),
        definition=N_("Événements publiés ou terminés de la période ; ni brouillons, ni annulés, ni retirés."),
        acts=("event",),
    ),
    Indicator(
        id="exhibitors",
        label=N_("Exposants"),
        definition=N_(
            "Organisations qui ont tenu un stand, une fois par événement ; le territoire est celui de leur commune."
        ),
        acts=("exhibitor",),
        gate=Gate.EXHIBITORS,
        cuts=(Cut.TERRITORY, Cut.COMMUNE, Cut.KIND),
    ),
    Indicator(
        id="visitors",
        label=N_("Visiteurs"),
        definition=N_(
            "Entrées comptées à la porte, sans nom. Ne s’additionnent pas aux participants. "
            "Sans aucun comptage, le nombre n’est pas relevé."
        ),
        acts=("door_count",),
        gate=Gate.VISITORS,
        cuts=(Cut.TERRITORY, Cut.KIND),
    ),
    Indicator(
        id="registered",
        label=N_("Inscrits"),
        definition=N_("Personnes qui ont une place, une fois par événement même avec plusieurs séances."),
        acts=("registration",),
        cuts=_PERSON,
    ),
    Indicator(
        id="waitlisted",
        label=N_("En liste d’attente"),
        definition=N_("Personnes qui attendent une place et n’en ont aucune à cet événement."),
        acts=("registration",),
        cuts=_SHORT,
    ),
    Indicator(
        id="cancelled",
        label=N_("Désistements"),
        definition=N_("Personnes qui ont annulé leur inscription et n’en ont pas d’autre à cet événement."),
        acts=("registration",),
        cuts=_SHORT,
    ),
    Indicator(
        id="revoked",
        label=N_("Annulés par nous"),
        definition=N_("Personnes dont nous avons annulé l’inscription."),
        acts=("registration",),
        cuts=_SHORT,
    ),
    Indicator(
        id="participants",
        label=N_("Participants"),
        definition=N_(
            "Présences pointées : une personne compte une fois par événement, même à plusieurs séances. "
            "Si personne n’a été pointé alors qu’il y avait des inscrits, le nombre n’est pas relevé."
        ),
        acts=("registration", "presence_mark"),
        gate=Gate.PARTICIPANTS,
        cuts=_PERSON,
    ),
    Indicator(
        id="persons",
        label=N_("Personnes différentes"),
        definition=N_(
            "Personnes différentes venues au moins une fois dans la période, les fiches fusionnées comptées une fois. "
            "Chacune est comptée telle qu’elle était lors de sa dernière venue ; par type d’événement et par mode "
            "d’inscription, elle peut compter dans plusieurs parts."
        ),
        acts=("registration", "candidate"),
        gate=Gate.PARTICIPANTS,
        cuts=_PERSON,
        grains=(Grain.MONTH, Grain.YEAR),
    ),
    Indicator(
        id="no_shows",
        label=N_("Absents"),
        definition=N_("Personnes pointées absentes sans s’être excusées. Clore un événement ne rend personne absent."),
        acts=("registration", "presence_mark"),
        gate=Gate.PARTICIPANTS,
        cuts=_SHORT,
    ),
    Indicator(
        id="excused",
        label=N_("Excusés"),
        definition=N_("Personnes pointées excusées."),
        acts=("registration", "presence_mark"),
        gate=Gate.PARTICIPANTS,
        cuts=_SHORT,
    ),
    Indicator(
        id="unmarked",
        label=N_("Présence non pointée"),
        definition=N_("Personnes inscrites dont la présence n’a pas été pointée à un événement passé."),
        acts=("registration", "presence_mark"),
        gate=Gate.PARTICIPANTS,
        cuts=_SHORT,
    ),
    Indicator(
        id="interviews",
        label=N_("Entretiens réalisés"),
        definition=N_("Entretiens tenus entre une personne inscrite et un exposant."),
        acts=("interview",),
        gate=Gate.INTERVIEWS,
        cuts=_PERSON,
    ),
    Indicator(
        id="interviews_not_held",
        label=N_("Entretiens qui n’ont pas eu lieu"),
        definition=N_("Entretiens prévus ou attendus, notés comme non tenus : la personne ou l’exposant manquait."),
        acts=("interview",),
        gate=Gate.INTERVIEWS,
    ),
    Indicator(
        id="meeting_wishes",
        label=N_("Souhaits de rencontre"),
        definition=N_("Exposants que des personnes inscrites, avec une place, souhaitent rencontrer."),
        acts=("meeting_wish",),
        gate=Gate.INTERVIEWS,
    ),
    Indicator(
        id="wishes_met",
        label=N_("Souhaits tenus"),
        definition=N_(
            "Souhaits de rencontre dont la personne a eu un entretien avec cet exposant, prévu ou non. "
            "Sans aucun entretien noté, le nombre n’est pas relevé."
        ),
        acts=("meeting_wish", "interview"),
        gate=Gate.INTERVIEWS,
    ),
    Indicator(
        id="queue_waits",
        label=N_("Attentes à un stand"),
        definition=N_("Personnes appelées depuis la file d’attente d’un exposant, une fois par file."),
        acts=("interview",),
        gate=Gate.INTERVIEWS,
    ),
    Indicator(
        id="queue_minutes",
        label=N_("Minutes d’attente aux stands"),
        definition=N_(
            "Minutes passées dans ces files jusqu’à l’appel, en tout ; divisées par les attentes : la moyenne."
        ),
        acts=("interview",),
        gate=Gate.INTERVIEWS,
    ),
    Indicator(
        id="demonstrations",
        label=N_("Démonstrations"),
        definition=N_("Métiers montrés pendant un événement."),
        acts=("demonstration",),
        gate=Gate.DEMONSTRATIONS,
    ),
)

_OF_EVENTS = {indicator.id: indicator for indicator in INDICATORS}
BY_ID = _OF_EVENTS | {indicator.id: indicator for indicator in HIRING_INDICATORS}
"""Every indicator, those of hiring among them."""


class UnknownIndicator(NotFound):
    """A figure that has no definition."""

    def __init__(self) -> None:
        super().__init__(N_("Ce chiffre n’existe pas : choisissez-en un dans la page des chiffres."))


def indicator_named(indicator_id: str) -> Indicator:
    """The indicator of events of this id. Raises `UnknownIndicator`."""
    try:
        return _OF_EVENTS[indicator_id]
    except KeyError:
        raise UnknownIndicator from None


def any_indicator_named(indicator_id: str) -> Indicator:
    """The indicator of this id, of events or of hiring. Raises `UnknownIndicator`."""
    if indicator_id not in BY_ID:
        raise UnknownIndicator
    return BY_ID[indicator_id]


def definitions_digest() -> str:
    """The SHA-256 (hexadecimal) of every indicator's id, version, cuts and grains."""
    content = ";".join(f"{one.id}:{one.version}:{','.join(one.cuts)}:{','.join(one.grains)}" for one in BY_ID.values())
    return hashlib.sha256(content.encode()).hexdigest()

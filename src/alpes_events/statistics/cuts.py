"""Cuts: the ways in which a figure is divided, the parts each has, and what they are called."""

from collections.abc import Mapping
from enum import StrEnum

from alpes_events.agenda.models import EventKind
from alpes_events.attendance.models import Channel
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.words import CONTRACTS
from alpes_events.language.sentence import N_
from alpes_events.people.models import AgeBand, Sex


class Cut(StrEnum):
    """How a figure is divided. `ALL` is the figure whole."""

    ALL = ""
    TERRITORY = "territory"
    PRIORITY_DISTRICT = "priority_district"
    COMMUNE = "commune"
    SEX = "sex"
    AGE_BAND = "age_band"
    CHANNEL = "channel"
    KIND = "kind"
    CONTRACT = "contract"


YES = "yes"
NO = "no"
UNKNOWN = "unknown"
"""The part of those about whom the cut's answer was not taken."""
ELSEWHERE = "elsewhere"
"""The part of a commune that is not listed or is abroad: outside the territory for sure."""

PERSON_CUTS = (Cut.TERRITORY, Cut.PRIORITY_DISTRICT, Cut.COMMUNE, Cut.SEX, Cut.AGE_BAND, Cut.CHANNEL)
"""Cuts by what a sign-up says of the person; their names are the columns of a participation."""

PARTS: Mapping[Cut, tuple[str, ...]] = {
    Cut.TERRITORY: (YES, NO, UNKNOWN),
    Cut.PRIORITY_DISTRICT: (YES, NO, UNKNOWN),
    Cut.SEX: (Sex.WOMAN.value, Sex.MAN.value, UNKNOWN),
    Cut.AGE_BAND: (*(band.value for band in AgeBand), UNKNOWN),
    Cut.CHANNEL: tuple(channel.value for channel in Channel),
    Cut.KIND: tuple(kind.value for kind in EventKind),
    Cut.CONTRACT: tuple(kind.value for kind in ContractKind),
}
"""The parts of each cut, in the order they are shown. Those of communes are the communes met."""

CUT_LABELS: Mapping[Cut, str] = {
    Cut.ALL: N_("Ensemble"),
    Cut.TERRITORY: N_("Territoire"),
    Cut.PRIORITY_DISTRICT: N_("Quartier prioritaire (QPV)"),
    Cut.COMMUNE: N_("Commune"),
    Cut.SEX: N_("Sexe"),
    Cut.AGE_BAND: N_("Âge"),
    Cut.CHANNEL: N_("Inscription faite par"),
    Cut.KIND: N_("Type d’événement"),
    Cut.CONTRACT: N_("Contrat"),
}

_PART_LABELS: Mapping[tuple[Cut, str], str] = {
    (Cut.TERRITORY, YES): N_("Du territoire"),
    (Cut.TERRITORY, NO): N_("D’ailleurs"),
    (Cut.PRIORITY_DISTRICT, YES): N_("En quartier prioritaire"),
    (Cut.PRIORITY_DISTRICT, NO): N_("Hors quartier prioritaire"),
    (Cut.COMMUNE, ELSEWHERE): N_("Autre commune ou étranger"),
    (Cut.SEX, Sex.WOMAN.value): N_("Femmes"),
    (Cut.SEX, Sex.MAN.value): N_("Hommes"),
    (Cut.AGE_BAND, AgeBand.UNDER_18.value): N_("Moins de 18 ans"),
    (Cut.AGE_BAND, AgeBand.FROM_18_TO_25.value): N_("18 à 25 ans"),
    (Cut.AGE_BAND, AgeBand.FROM_26_TO_49.value): N_("26 à 49 ans"),
    (Cut.AGE_BAND, AgeBand.FROM_50.value): N_("50 ans et plus"),
    (Cut.CHANNEL, Channel.SELF.value): N_("La personne, en ligne"),
    (Cut.CHANNEL, Channel.ADVISOR.value): N_("Un conseiller"),
    (Cut.CHANNEL, Channel.EMPLOYER.value): N_("Un employeur"),
    (Cut.CHANNEL, Channel.DOOR.value): N_("L’accueil, sur place"),
    (Cut.KIND, EventKind.SALON.value): N_("Salons"),
    (Cut.KIND, EventKind.FORUM.value): N_("Forums"),
    (Cut.KIND, EventKind.JOB_DATING.value): N_("Job datings"),
    (Cut.KIND, EventKind.RECRUITMENT.value): N_("Recrutements"),
    (Cut.KIND, EventKind.DISCOVERY.value): N_("Découvertes de métiers"),
    (Cut.KIND, EventKind.WORKSHOP.value): N_("Ateliers"),
    (Cut.KIND, EventKind.INFORMATION.value): N_("Réunions d’information"),
    (Cut.KIND, EventKind.PARTNER_EVENT.value): N_("Événements de partenaires"),
}


def part_label(cut: Cut, part: str) -> str:
    """The French name of a part (to be translated); the INSEE code itself for a commune, whose name is data."""
    if part == UNKNOWN:
        return N_("Non renseigné")
    if cut is Cut.CONTRACT:
        return CONTRACTS[ContractKind(part)]
    return _PART_LABELS.get((cut, part), part)

"""What is read about placements: their states, what moves them, and why a plan leaves hours of a lot."""

from collections.abc import Mapping

from alpes_events.clause.eligibility.placement_states import next_states
from alpes_events.clause.planning.plan_keeping import PARTIAL
from alpes_events.clause.tables.placement_rows import PlacementState
from alpes_events.language.sentence import N_
from alpes_matching.placement import SHORTAGES
from alpes_web.staff.words import Said

PLACEMENT_SAID: dict[PlacementState, Said] = {
    PlacementState.PROPOSED: Said(N_("Proposée"), "warn", "hour"),
    PlacementState.ACCEPTED: Said(N_("Acceptée par l’entreprise"), "ok", "ok"),
    PlacementState.REFUSED: Said(N_("Refusée par l’entreprise"), "bad", "x"),
    PlacementState.DECLINED: Said(N_("Déclinée par la personne"), "muted", "x"),
    PlacementState.HIRED: Said(N_("Embauchée"), "ok", "check"),
    PlacementState.WITHDRAWN: Said(N_("Retirée"), "muted", "x"),
}
_VERBS: dict[PlacementState, str] = {
    PlacementState.ACCEPTED: N_("L’entreprise accepte"),
    PlacementState.REFUSED: N_("L’entreprise refuse"),
    PlacementState.DECLINED: N_("La personne décline"),
    PlacementState.WITHDRAWN: N_("Retirer"),
    PlacementState.PROPOSED: N_("Proposer de nouveau"),
}
MOVED: dict[PlacementState, str] = {
    PlacementState.ACCEPTED: N_("Noté : l’entreprise accepte. Il reste à écrire le contrat de travail."),
    PlacementState.REFUSED: N_("Noté : l’entreprise refuse."),
    PlacementState.DECLINED: N_("Noté : la personne décline."),
    PlacementState.WITHDRAWN: N_("La proposition est retirée."),
    PlacementState.PROPOSED: N_("La personne est proposée de nouveau."),
}
SHORTAGE_SAID: Mapping[str, str] = {
    **{one.value: words for one, words in SHORTAGES.items()},
    PARTIAL: N_("Il reste des heures que des semaines entières, sans retour sur le lot, ne donnent pas."),
}


def moves(state: PlacementState) -> list[tuple[PlacementState, str]]:
    """What somebody may press on a placement that stands there, with the words of the button."""
    return [(one, _VERBS[one]) for one in next_states(state)]

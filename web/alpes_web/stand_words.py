"""How a request for a stand stands, as its exhibitor reads it."""

from alpes_events.fair.codes import ExhibitorState
from alpes_events.language.sentence import N_

OWN_STATES: dict[ExhibitorState, tuple[str, str, str]] = {
    ExhibitorState.REQUESTED: (N_("Demande reçue, réponse bientôt"), "warn", "hour"),
    ExhibitorState.TO_COMPLETE: (N_("À compléter"), "warn", "alert"),
    ExhibitorState.WAITLISTED: (N_("En liste d’attente"), "warn", "hour"),
    ExhibitorState.ACCEPTED: (N_("Stand confirmé"), "ok", "ok"),
    ExhibitorState.DECLINED: (N_("Non retenue"), "bad", "x"),
    ExhibitorState.WITHDRAWN: (N_("Annulée"), "muted", "x"),
}
"""Words, tone and icon of a request, as its exhibitor reads it."""

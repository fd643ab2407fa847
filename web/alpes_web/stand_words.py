"""What is read for the codes of stands: kinds of place, options, states."""

from alpes_events.fair.models import ExhibitorState, Missing, PlaceKind, StandOption
from alpes_events.language.sentence import N_

PLACE_KINDS: dict[PlaceKind, str] = {
    PlaceKind.STAND: N_("Stand"),
    PlaceKind.TABLE: N_("Table d’entretien"),
    PlaceKind.DEMONSTRATION: N_("Démonstration de métier"),
    PlaceKind.WORKSHOP: N_("Atelier"),
}
STAND_OPTIONS: dict[StandOption, str] = {
    StandOption.ELECTRICITY: N_("Une prise électrique"),
    StandOption.PANEL: N_("Un panneau d’affichage"),
    StandOption.PARKING: N_("Une place de parking"),
    StandOption.MEALS: N_("Des repas"),
}
MISSING_NAMES: dict[Missing, str] = {
    Missing.LOGO: N_("logo"),
    Missing.RECRUITERS: N_("recruteurs"),
    Missing.JOBS: N_("postes"),
    Missing.PLATES: N_("plaques"),
}
"""What is missing, in a word."""
OWN_STATES: dict[ExhibitorState, tuple[str, str, str]] = {
    ExhibitorState.REQUESTED: (N_("Demande reçue, réponse bientôt"), "warn", "hour"),
    ExhibitorState.TO_COMPLETE: (N_("À compléter"), "warn", "alert"),
    ExhibitorState.WAITLISTED: (N_("En liste d’attente"), "warn", "hour"),
    ExhibitorState.ACCEPTED: (N_("Stand confirmé"), "ok", "ok"),
    ExhibitorState.DECLINED: (N_("Non retenue"), "bad", "x"),
    ExhibitorState.WITHDRAWN: (N_("Annulée"), "muted", "x"),
}
"""Words, tone and icon of a request, as its exhibitor reads it."""

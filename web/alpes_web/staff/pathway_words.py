"""What staff read of pathways: how they stand, how they ended, what was corrected."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alpes_events.hiring.project_words import TRAINING_LEVELS
from alpes_events.language import dates
from alpes_events.language.sentence import N_
from alpes_events.pathways.directory import PathwayState
from alpes_events.pathways.models import Enrolment, Outcome, PathwayExit, StepKind
from alpes_events.pathways.schemes import CRITERIA
from alpes_events.pathways.words import OUTCOMES, STEP_KINDS, scheme_words, shown_reason
from alpes_web.languages import language, translated
from alpes_web.staff.words import Said

STATES: Mapping[PathwayState, str] = {
    PathwayState.ALL: N_("Tous"),
    PathwayState.OPEN: N_("En cours"),
    PathwayState.LEFT: N_("Sortis"),
}
ENDINGS: Mapping[Outcome, Said] = {
    Outcome.POSITIVE: Said(OUTCOMES[Outcome.POSITIVE], "ok", "ok"),
    Outcome.LEGITIMATE: Said(OUTCOMES[Outcome.LEGITIMATE], "muted", "ok"),
    Outcome.OTHER: Said(OUTCOMES[Outcome.OTHER], "muted", "x"),
}
GOES_ON = Said(N_("En cours"), "ok", "hour")
CARRIED = Said(N_("Continue dans la période suivante"), "muted", "right")
STEP_ICONS: Mapping[StepKind, str] = {
    StepKind.EMPLOYMENT: "recruitment",
    StepKind.INSERTION: "people",
    StepKind.TRAINING: "workshop",
    StepKind.SERVICE: "information",
}
_SUBJECTS = {
    "enrolment": N_("Parcours retiré"),
    "entry": N_("Entrée corrigée"),
    "step": N_("Étape corrigée ou retirée"),
    "exit": N_("Sortie corrigée ou annulée"),
}
_FIELDS = {
    "kind": N_("genre"),
    "label": N_("ce que c’est"),
    "starts_on": N_("premier jour"),
    "ends_on": N_("dernier jour"),
    "organisation": N_("employeur ou organisme"),
    "contract": N_("contrat"),
    "sector": N_("secteur"),
    "level": N_("niveau"),
    "outcome": N_("genre de sortie"),
    "reason": N_("motif"),
    "exited_on": N_("jour de sortie"),
    "proof": N_("preuve"),
    "job_months": N_("mois d’emploi"),
    "entered_on": N_("entrée"),
    "criteria": N_("critères"),
    "operator": N_("structure"),
    "referent": N_("référent"),
}


def standing(row: Enrolment, left: PathwayExit | None) -> Said:
    """How a pathway stands, in words."""
    if left is not None:
        return ENDINGS[left.outcome]
    return GOES_ON if row.closed_on is None else CARRIED


def scheme_said(code: str) -> str:
    """The name of a scheme in the page's language."""
    return scheme_words(code, language())


def reason_said(row: Enrolment, left: PathwayExit) -> str:
    """Why somebody left, in the page's language; « » for every legitimate exit."""
    return shown_reason(row.scheme_code, left.reason, left.outcome, language())


def level_said(level: int | None) -> str:
    """A level of training in words; « » when it is not known."""
    return "" if level is None else translated(TRAINING_LEVELS.get(level, str(level)))


def corrected_said(subject: str) -> str:
    """What was corrected."""
    return translated(_SUBJECTS[subject])


def before_said(scheme_code: str, before: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was said before a correction: labels and words. Of a legitimate exit only that it was."""
    shown = dict(before)
    if "outcome" in before:
        outcome = Outcome(before["outcome"])
        shown["reason"] = shown_reason(scheme_code, before["reason"], outcome, language())
    return [(translated(words), _value(name, shown[name])) for name, words in _FIELDS.items() if shown.get(name)]


def _value(name: str, value: Any) -> str:
    match name:
        case "kind":
            return translated(STEP_KINDS[StepKind(value)])
        case "outcome":
            return translated(OUTCOMES[Outcome(value)])
        case "criteria":
            return ", ".join(translated(CRITERIA.get(code, code)) for code in value)
        case "level":
            return level_said(value)
        case "starts_on" | "ends_on" | "exited_on" | "entered_on":
            return dates.short_day(date.fromisoformat(value), language=language(), year=True)
        case _:
            return str(value)

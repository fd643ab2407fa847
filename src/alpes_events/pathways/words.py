"""What schemes, reasons, steps and outcomes are called, for pages, files and the person's own document."""

from collections.abc import Mapping

from alpes_events.language.sentence import N_
from alpes_events.pathways.models import RESERVED, Outcome, StepKind
from alpes_events.pathways.schemes import schemes

STEP_KINDS: Mapping[StepKind, str] = {
    StepKind.EMPLOYMENT: N_("Emploi"),
    StepKind.INSERTION: N_("Emploi d’insertion"),
    StepKind.TRAINING: N_("Formation"),
    StepKind.SERVICE: N_("Service ou atelier"),
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.POSITIVE: N_("Sortie positive"),
    Outcome.LEGITIMATE: N_("Sortie légitime"),
    Outcome.OTHER: N_("Autre sortie"),
}


def scheme_words(code: str, language: str) -> str:
    """The name of a scheme; of one that is gone, its code."""
    scheme = schemes().get(code)
    return code if scheme is None else scheme.named(language)


def reason_words(scheme_code: str, code: str, language: str) -> str:
    """The words of a reason to leave; of one that is gone, its code; « » for the one that is kept apart."""
    scheme = schemes().get(scheme_code)
    rule = scheme.exits.get(code) if scheme is not None else None
    if rule is None:
        return "" if code == RESERVED else code
    return rule.named(language)


def shown_reason(scheme_code: str, code: str, outcome: Outcome, language: str) -> str:
    """A reason to leave as pages and files of the team say it: « » for every legitimate exit.

    Those of health are among them, so that a reason unsaid beside others said would tell of health.
    """
    return "" if outcome is Outcome.LEGITIMATE else reason_words(scheme_code, code, language)

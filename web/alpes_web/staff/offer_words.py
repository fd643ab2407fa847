"""The states of offers and applications as staff read them, with their tone and icon."""

from dataclasses import dataclass

from alpes_events.hiring.codes import ApplicationState, OfferState
from alpes_events.hiring.offer_draft import OfferDraft
from alpes_events.hiring.offer_wording import Finding, findings_of
from alpes_events.hiring.words import APPLICATION_STATES, OFFER_STATES
from alpes_events.language.sentence import N_
from alpes_web.staff.words import Said

_OFFER_LOOKS = {
    OfferState.DRAFT: ("muted", "edit"),
    OfferState.PUBLISHED: ("ok", "ok"),
    OfferState.FILLED: ("ok", "check"),
    OfferState.EXPIRED: ("muted", "hour"),
    OfferState.WITHDRAWN: ("muted", "x"),
}
_APPLICATION_LOOKS = {
    ApplicationState.NEW: ("warn", "hour"),
    ApplicationState.IN_PROGRESS: ("warn", "edit"),
    ApplicationState.SHORTLISTED: ("ok", "check"),
    ApplicationState.HIRED: ("ok", "ok"),
    ApplicationState.REFUSED: ("bad", "x"),
    ApplicationState.WITHDRAWN: ("muted", "x"),
    ApplicationState.OBSOLETE: ("muted", "x"),
}

OFFER_SAID = {state: Said(words, *_OFFER_LOOKS[state]) for state, words in OFFER_STATES.items()}
APPLICATION_SAID = {state: Said(words, *_APPLICATION_LOOKS[state]) for state, words in APPLICATION_STATES.items()}

_FIELDS = {
    "title": N_("Intitulé du poste"),
    "description": N_("Le poste"),
    "schedule": N_("Horaires"),
    "required_skills": N_("Ce qui est nécessaire"),
    "desirable_skills": N_("Ce qui serait bien"),
    "languages": N_("Langues utiles au poste"),
}
_AROUND = 40


@dataclass(frozen=True)
class PointedOut:
    """A wording that the law forbids, with the words around it."""

    field: str
    before: str
    words: str
    after: str
    finding: Finding


def pointed_out(draft: OfferDraft) -> list[PointedOut]:
    """What is pointed out in an offer before it is published."""
    texts = draft.texts
    return [_with_context(one, texts[one.field]) for one in findings_of(texts, contract=draft.contract)]


def _with_context(one: Finding, text: str) -> PointedOut:
    start, end = max(0, one.start - _AROUND), min(len(text), one.end + _AROUND)
    before = ("…" if start else "") + text[start : one.start]
    after = text[one.end : end] + ("…" if end < len(text) else "")
    return PointedOut(_FIELDS[one.field], before, one.words, after, one)

"""The schemes that a person is or was in, in words, for the document that they alone read.

Criteria and the reason to leave are named, those of health too: they are their own.
"""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from alpes_events.documents.record import Chapter
from alpes_events.language import dates
from alpes_events.language.sentence import N_
from alpes_events.pathways.models import PathwayStep
from alpes_events.pathways.own import OwnPathway, own_pathways
from alpes_events.pathways.schemes import CRITERIA
from alpes_events.pathways.words import OUTCOMES, STEP_KINDS, reason_words, scheme_words
from alpes_events.privacy.told_project import Tell


def pathways_told(db: Session, candidate_ids: Sequence[int], tell: Tell, language: str) -> Chapter | None:
    """The chapter; None: they were in no scheme that is noted here."""
    entries = [
        (scheme_words(one.enrolment.scheme_code, language), _facts(one, tell, language))
        for one in own_pathways(db, tuple(candidate_ids))
    ]
    return Chapter(tell(N_("Les dispositifs que vous suivez ou avez suivis")), entries=entries) if entries else None


def _facts(one: OwnPathway, tell: Tell, language: str) -> list[tuple[str, str]]:
    row, left = one.enrolment, one.left
    criteria = [tell(CRITERIA[code]) for code in one.criteria]
    facts = [
        (tell(N_("Entrée")), _day(row.first_entered_on, language)),
        (tell(N_("Parce que")), "\n".join(criteria)),
        (tell(N_("Structure qui vous suit")), row.operator),
        *((tell(STEP_KINDS[step.kind]), _step(step, tell, language)) for step in one.steps),
    ]
    if left is not None:
        reason = reason_words(row.scheme_code, one.reason, language)
        facts += [
            (
                tell(N_("Sortie")),
                f"{_day(left.exited_on, language)}\n{reason} ({tell(OUTCOMES[left.outcome]).lower()})",
            ),
            (tell(N_("Preuve gardée")), left.proof),
        ]
    return [(label, words) for label, words in facts if words]


def _step(step: PathwayStep, tell: Tell, language: str) -> str:
    first, last = _day(step.starts_on, language), step.ends_on
    days = tell(N_("depuis le %(day)s"), day=first)
    if last is not None:
        days = tell(N_("du %(first)s au %(last)s"), first=first, last=_day(last, language))
    return ", ".join(part for part in (step.label, step.organisation, step.contract, days) if part)


def _day(day: date, language: str) -> str:
    return dates.short_day(day, language=language, year=True)

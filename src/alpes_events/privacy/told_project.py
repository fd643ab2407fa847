"""What a person said they look for, in words, for the document of what we hold of them."""

from collections.abc import Callable, Iterable, Mapping

from sqlmodel import Session

from alpes_events.documents.record import Chapter
from alpes_events.hiring.project import ProjectDraft, draft_of
from alpes_events.hiring.project_words import LANGUAGE_LEVELS, LICENCES, MODES, TRAINING_LEVELS, WORK_TIMES
from alpes_events.hiring.projects import project_of
from alpes_events.hiring.words import CONTRACTS
from alpes_events.language import dates
from alpes_events.language.sentence import N_
from alpes_events.occupations.queries import named_codes

Tell = Callable[..., str]


def project_told(db: Session, candidate_id: int, tell: Tell, language: str) -> Chapter | None:
    """The chapter; None: they said nothing, and do not object to being ranked."""
    row = project_of(db, candidate_id)
    if row is None:
        return None
    said = draft_of(row)
    codes = named_codes(db, said.rome_codes)
    facts = [(tell(label), words) for label, words in _facts(said, codes, tell, language) if words]
    objects = tell(N_("Vous avez demandé à ne plus être classé.")) if row.objected_at is not None else ""
    return Chapter(tell(N_("Ce que vous cherchez")), objects, facts) if facts or objects else None


def _facts(said: ProjectDraft, codes: Mapping[str, str], tell: Tell, language: str) -> Iterable[tuple[str, str]]:
    licences = [tell(LICENCES.get(one, one.value)) for one in said.licences or ()]
    yield N_("Métiers"), _lines(said.titles)
    yield N_("Codes ROME compris"), _lines(codes[one] for one in said.rome_codes)
    yield N_("Savoir-faire"), _lines(said.skills)
    yield (
        N_("Expérience"),
        _lines(
            tell(N_("%(title)s, %(months)s mois"), title=one.title, months=one.months) for one in said.experience or ()
        ),
    )
    yield N_("Niveau de formation"), tell(TRAINING_LEVELS[said.training_level]) if said.training_level else ""
    yield N_("Permis"), _lines(licences) if said.licences != () else tell(N_("aucun"))
    yield N_("Minutes de trajet, au plus"), _number(said.travel_minutes)
    yield N_("Kilomètres, au plus"), _number(said.travel_kilometres)
    yield N_("Déplacements"), _lines(tell(MODES[one]) for one in said.travel_modes)
    yield N_("Minutes de travail par semaine, au moins"), _number(said.least_weekly_minutes)
    yield N_("Minutes de travail par semaine, au plus"), _number(said.most_weekly_minutes)
    yield N_("Horaires"), _lines(tell(WORK_TIMES[one]) for one in said.work_times)
    yield N_("Disponible à partir du"), _day(said, language)
    yield N_("Contrats"), _lines(tell(CONTRACTS[one]) for one in said.contracts)
    yield N_("Langues"), _lines(f"{code} ({tell(LANGUAGE_LEVELS[level])})" for code, level in said.languages)


def _lines(words: Iterable[str]) -> str:
    return "\n".join(words)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _day(said: ProjectDraft, language: str) -> str:
    return dates.full_day(said.available_on, language=language, year=True) if said.available_on else ""

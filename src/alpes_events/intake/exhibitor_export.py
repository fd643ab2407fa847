"""The requests for stands of an event as a sheet: what was asked for, what was answered, and where each stands."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sqlmodel import Session

from alpes_events.agenda.models import AskedOf, Event, QuestionKind
from alpes_events.agenda.questions import YES, questions_of
from alpes_events.fair.answers import AnswerView
from alpes_events.fair.codes import StandOption
from alpes_events.fair.stand_views import StandView
from alpes_events.fair.words import FILED_STATES, MISSING_NAMES, PLACE_KINDS, STAND_OPTIONS
from alpes_events.intake.exported_words import Words
from alpes_events.language.cells import Cell, Sheet
from alpes_events.language.sentence import N_
from alpes_events.people.identity import display_telephone
from alpes_events.territory.organisation import current_organisation

EXHIBITOR_HEADINGS = (
    N_("événement"),
    N_("date de l’événement"),
    N_("exposant"),
    N_("code INSEE"),
    N_("commune"),
    N_("du territoire"),
    N_("recherche"),
    N_("état"),
    N_("demandé le"),
    N_("sorte de place"),
    N_("village"),
    N_("stand"),
    *STAND_OPTIONS.values(),
    N_("recruteurs"),
    N_("repas"),
    N_("plaques"),
    N_("il manque"),
    N_("contact"),
    N_("e-mail"),
    N_("téléphone"),
    N_("mot de l’exposant"),
)


def exhibitors_sheet(db: Session, event_id: int, stands: Iterable[StandView], *, language: str) -> Sheet:
    """These requests of one event, whatever became of them, a row each."""
    words, zone = Words(language), ZoneInfo(current_organisation(db).time_zone)
    event = db.get_one(Event, event_id)
    shared: list[Cell] = [event.title, event.starts_at.astimezone(zone).date()]
    stands = list(stands)
    asked = _asked(db, event_id, stands)
    rows = [[*shared, *_cells(stand, words, zone), *_answers(stand, asked, words)] for stand in stands]
    headings = [*(words(heading) for heading in EXHIBITOR_HEADINGS), *asked]
    return Sheet(words(N_("Exposants")), headings, rows)


def _asked(db: Session, event_id: int, stands: Iterable[StandView]) -> list[str]:
    """The questions that are asked, and those that were answered, each as it was put: a column for each wording."""
    now = [(one.position, one.label) for one in questions_of(db, event_id, asked_of=AskedOf.EXHIBITORS)]
    then = [(one.position, one.label) for stand in stands for one in stand.answered]
    return list(dict.fromkeys(label for _position, label in sorted({*now, *then})))


def _answers(stand: StandView, asked: Iterable[str], words: Words) -> list[Cell]:
    """What stands under each wording; two answers there (the question was asked in another way) stand side by side."""
    given: dict[str, list[Cell]] = {}
    for one in stand.answered:
        given.setdefault(one.label, []).append(_answer(one, words))
    return [_cell(given.get(label, [])) for label in asked]


def _cell(answers: list[Cell]) -> Cell:
    return answers[0] if len(answers) == 1 else " | ".join(map(str, answers))


def _answer(answer: AnswerView, words: Words) -> Cell:
    if answer.kind is QuestionKind.YES_NO:
        return words.flag(answer.content == YES)
    return int(answer.content) if answer.kind is QuestionKind.NUMBER else answer.content


def _cells(stand: StandView, words: Words, zone: ZoneInfo) -> list[Cell]:
    person = stand.contact
    return [
        stand.name,
        stand.insee_code or "",
        stand.commune_name,
        words.flag(stand.in_territory),
        stand.looking_for,
        words(FILED_STATES[stand.state]),
        None if stand.requested_at is None else stand.requested_at.astimezone(zone),
        words(PLACE_KINDS[stand.place_kind]),
        stand.village,
        stand.booth,
        *(words.flag(option in stand.options) for option in StandOption),
        stand.recruiter_count,
        stand.meal_count,
        ", ".join(stand.plates),
        ", ".join(words(MISSING_NAMES[one]) for one in stand.missing),
        person.name if person else "",
        person.email if person else "",
        display_telephone(person.telephone) if person else "",
        stand.note,
    ]

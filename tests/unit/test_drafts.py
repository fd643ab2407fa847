"""What a coordinator writes about an event, a session or its questions: each mistake has its field and its sentence."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.agenda.draft import BadDraft, EventDraft, SessionDraft, check_draft, check_session, clean_reason
from alpes_events.agenda.models import Entry, Question, QuestionKind
from alpes_events.agenda.questions import check_answers
from alpes_events.language.folding import written
from alpes_events.language.refusal import BadInput
from tests.support.stories import DRAFT, STARTS_AT

HOUR = timedelta(hours=1)
SESSION = SessionDraft("Atelier CV", STARTS_AT, STARTS_AT + HOUR, capacity=20)


def problems(draft: EventDraft) -> dict[str, str]:
    """The sentences of a draft's mistakes, by field."""
    try:
        check_draft(draft)
    except BadDraft as refusal:
        return {field: sentence.in_language("fr") for field, sentence in refusal.problems.items()}
    return {}


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": "  "}, "title", "Il manque le titre."),
        ({"title": "x" * 300}, "title", "Ce texte est trop long : 150 signes au plus."),
        ({"summary": "x" * 301}, "summary", "Ce texte est trop long : 300 signes au plus."),
        ({"description": "x" * 5001}, "description", "Ce texte est trop long : 5000 signes au plus."),
        ({"partners": ("x" * 151,)}, "partners", "Ce texte est trop long : 150 signes au plus."),
        ({"ends_at": STARTS_AT}, "ends_at", "La fin doit venir après le début."),
        ({"ends_at": STARTS_AT - HOUR}, "ends_at", "La fin doit venir après le début."),
        (
            {"opens_at": STARTS_AT - HOUR, "closes_at": STARTS_AT - 2 * HOUR},
            "closes_at",
            "Les inscriptions doivent fermer après leur ouverture.",
        ),
        (
            {"opens_at": STARTS_AT + 3 * HOUR},
            "opens_at",
            "Les inscriptions doivent ouvrir avant la fin de l’événement.",
        ),
        ({"edition": 0}, "edition", "Indiquez une édition entre 1 et 999."),
        ({"offer_hours": -1}, "offer_hours", "Indiquez un nombre d’heures entre 0 et 1440."),
        ({"cut_off_hours": 10**9}, "cut_off_hours", "Indiquez un nombre d’heures entre 0 et 1440."),
        (
            {"entry": Entry.ELSEWHERE, "entry_url": "javascript:alert(1)"},
            "entry_url",
            "Indiquez l’adresse où l’on s’inscrit (elle commence par https://).",
        ),
        (
            {"picture_id": 1},
            "picture_alt",
            "Décrivez l’image en une phrase, pour les personnes qui ne la voient pas.",
        ),
    ],
)
def test_each_mistake_of_a_draft_is_told_by_its_field(changes: dict[str, object], field: str, sentence: str) -> None:
    assert problems(replace(DRAFT, **changes)) == {field: sentence}  # type: ignore[arg-type]


def test_all_mistakes_are_told_at_once_and_the_first_is_the_refusal() -> None:
    wrong = replace(DRAFT, title="", ends_at=STARTS_AT, offer_hours=-3)
    assert list(problems(wrong)) == ["title", "ends_at", "offer_hours"]
    with pytest.raises(BadDraft, match="Il manque le titre") as refusal:
        check_draft(wrong)
    assert (refusal.value.status, refusal.value.field) == (422, "title")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": ""}, "title", "Il manque le titre."),
        ({"title": "x" * 151}, "title", "Ce texte est trop long : 150 signes au plus."),
        ({"room": "x" * 101}, "room", "Ce texte est trop long : 100 signes au plus."),
        ({"ends_at": STARTS_AT}, "ends_at", "La fin doit venir après le début."),
        ({"ends_at": STARTS_AT + 4 * HOUR}, "starts_at", "Cette séance doit se tenir pendant l’événement."),
        ({"starts_at": STARTS_AT - HOUR}, "starts_at", "Cette séance doit se tenir pendant l’événement."),
        (
            {"capacity": -1},
            "capacity",
            "Indiquez un nombre de places entre 0 et 100000, ou aucun nombre pour ne pas limiter.",
        ),
    ],
)
def test_each_mistake_of_a_session_is_told_by_its_field(changes: dict[str, object], field: str, sentence: str) -> None:
    with pytest.raises(BadDraft) as refusal:
        check_session(replace(SESSION, **changes), event=DRAFT)  # type: ignore[arg-type]
    assert {name: said.in_language("fr") for name, said in refusal.value.problems.items()} == {field: sentence}


def test_session_may_last_as_long_as_its_event() -> None:
    check_session(replace(SESSION, starts_at=DRAFT.starts_at, ends_at=DRAFT.ends_at), event=DRAFT)


def test_reason_of_a_cancellation_has_a_length() -> None:
    assert clean_reason(" Grève\r\n des transports\x00 ") == "Grève\n des transports"
    with pytest.raises(BadInput, match="trop long : 300 signes") as refusal:
        clean_reason("x" * 301)
    assert refusal.value.field == "reason"


@given(st.text())
def test_written_text_is_stable_and_can_be_stored_anywhere(text: str) -> None:
    stored = written(text)
    assert written(stored) == stored
    assert not set(stored) & {chr(code) for code in (*range(9), 11, 12, *range(13, 32), 127)}


def test_draft_is_stored_as_written_without_blanks_and_empty_words() -> None:
    draft = replace(DRAFT, title="  Cafe\u0301 emploi\x00 ", themes=("textile", " ", ""))
    assert (draft.written().title, draft.written().themes) == ("Café emploi", ("textile",))
    assert draft.written().written() == draft.written()


def question(number: int, kind: QuestionKind, *, required: bool = False) -> Question:
    """A question of an event."""
    choices = ["Matin", "Après-midi"] if kind is QuestionKind.CHOICE else []
    return Question(id=number, event_id=1, position=number, kind=kind, label="?", choices=choices, required=required)


QUESTIONS = [
    question(1, QuestionKind.TEXT, required=True),
    question(2, QuestionKind.YES_NO),
    question(3, QuestionKind.CHOICE),
]


def test_answers_are_kept_as_written_and_empty_ones_left_out() -> None:
    given_answers = {1: "  À pied ", 2: "yes", 3: "", 99: "une autre question"}
    assert check_answers(QUESTIONS, given_answers) == {1: "À pied", 2: "yes"}


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({1: "  "}, "question_1", "Répondez à cette question pour vous inscrire."),
        ({1: "x" * 1001}, "question_1", "Ce texte est trop long : 1000 signes au plus."),
        ({1: "x", 2: "peut-être"}, "question_2", "Choisissez une des réponses proposées."),
        ({1: "x", 3: "Nuit"}, "question_3", "Choisissez une des réponses proposées."),
    ],
)
def test_each_answer_that_does_not_answer_is_told(answers: dict[int, str], field: str, sentence: str) -> None:
    with pytest.raises(BadDraft) as refusal:
        check_answers(QUESTIONS, answers)
    assert {name: said.in_language("fr") for name, said in refusal.value.problems.items()} == {field: sentence}

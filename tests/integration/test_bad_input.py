"""What cannot be right: each gets its own sentence and status, stores nothing, and never breaks the database."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, func, select

from alpes_events.agenda.commands import close_event, create_event, publish_event
from alpes_events.agenda.draft import EventDraft, SessionDraft
from alpes_events.agenda.models import Entry, EventState, QuestionKind
from alpes_events.agenda.questions import QuestionDraft, questions_of, set_questions
from alpes_events.agenda.sessions import add_session
from alpes_events.attendance import offers, presence, release
from alpes_events.attendance.models import Channel, Presence, Registration
from alpes_events.attendance.places import change_capacity
from alpes_events.database.engine import Database
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import LANGUAGES
from alpes_events.people.identity import PersonIn
from alpes_events.people.models import Candidate
from alpes_events.people.residence import WhichCommune
from tests.support.databases import ENGINES, Templates
from tests.support.depth import DEPTH
from tests.support.stories import DRAFT, NOW, STARTS_AT, an_event, signs_up, somebody, states
from tests.support.territory import seed_example

HOUR = timedelta(hours=1)
WORKSHOP = SessionDraft("Atelier", STARTS_AT, STARTS_AT + HOUR, capacity=3)
FEW = settings(max_examples=DEPTH.part(DEPTH.examples, 4))
"""An example writes to a database: a quarter of the usual number."""

Attempt = Callable[[Session], object]


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def ended(state: EventState) -> Attempt:
    """Somebody signs up for an event that came to this state."""

    def attempt(db: Session) -> object:
        event_id = an_event(db)
        if state is EventState.DONE:
            close_event(db, event_id, now=STARTS_AT + 3 * HOUR, account_id=None)
        else:
            release.call_off_event(db, event_id, state=state, now=NOW, account_id=None)
        return signs_up(db, event_id, 1)

    return attempt


def event_with(at: timedelta = timedelta(0), channel: Channel = Channel.SELF, **changes: object) -> Attempt:
    """Somebody signs up, so long after the usual moment, for an event with these changes."""
    return lambda db: signs_up(db, an_event(db, **changes), 1, now=NOW + at, channel=channel)  # type: ignore[arg-type]


def draft_by(channel: Channel) -> Attempt:
    """Somebody signs up for an event that nobody has published."""
    return lambda db: signs_up(db, create_event(db, DRAFT, capacity=1, now=NOW, account_id=None), 1, channel=channel)


def cancelled_session(db: Session) -> object:
    event_id = an_event(db)
    session_id = add_session(db, event_id, WORKSHOP, now=NOW, account_id=None)
    release.call_off_session(db, session_id, now=NOW, account_id=None)
    return signs_up(db, event_id, 1, session_id=session_id)


def capacity_below(taken: int) -> Attempt:
    def attempt(db: Session) -> object:
        event_id = an_event(db, capacity=5)
        for number in range(taken):
            signs_up(db, event_id, number)
        change_capacity(db, event_id, capacity=0, now=NOW, account_id=None)
        return None

    return attempt


def after_the_end(command: Callable[[Session, int], object]) -> Attempt:
    """Something is asked of a sign-up when the event is over."""
    return lambda db: command(db, signs_up(db, an_event(db), 1).registration_id)


def once_there(db: Session) -> object:
    came = signs_up(db, an_event(db), 1).registration_id
    presence.mark_presence(db, came, Presence.ATTENDED, mark_key="a", now=STARTS_AT, account_id=None)
    return release.cancel_registration(db, came, by="self", now=STARTS_AT)


END = STARTS_AT + 3 * HOUR
TO_THE_START, TO_THE_END = STARTS_AT - NOW, END - NOW
REFUSED: dict[str, tuple[Attempt, int, str]] = {
    "full": (event_with(capacity=0, waiting_list=False), 409, "Toutes les places sont prises et il n’y a pas de liste"),
    "not yet open": (event_with(opens_at=NOW + HOUR), 409, "Les inscriptions ne sont pas encore ouvertes"),
    "closed": (event_with(closes_at=NOW), 409, "Les inscriptions sont closes"),
    "begun": (event_with(at=TO_THE_START), 410, "Cet événement est passé"),
    "over": (event_with(at=TO_THE_END, channel=Channel.ADVISOR), 410, "Cet événement est passé"),
    "done": (ended(EventState.DONE), 410, "Cet événement est passé"),
    "cancelled": (ended(EventState.CANCELLED), 410, "Cet événement est annulé"),
    "withdrawn": (ended(EventState.WITHDRAWN), 410, "Cet événement est annulé"),
    "unknown": (lambda db: signs_up(db, 9_999, 1), 404, "Cet événement n’existe pas"),
    "draft to the public": (draft_by(Channel.SELF), 404, "Cet événement n’existe pas"),
    "draft to staff": (draft_by(Channel.ADVISOR), 409, "Cet événement est encore un brouillon"),
    "free entry": (event_with(entry=Entry.FREE), 409, "On ne s’inscrit pas ici"),
    "cancelled session": (cancelled_session, 404, "Cette séance n’existe pas, ou n’est plus proposée"),
    "capacity below one": (capacity_below(1), 409, "1 place est déjà prise"),
    "capacity below three": (capacity_below(3), 409, "3 places sont déjà prises"),
    "unknown sign-up": (
        lambda db: release.cancel_registration(db, 9_999, by="self", now=NOW),
        404,
        "Cette inscription n’existe pas",
    ),
    "cancelled too late": (
        after_the_end(lambda db, one: release.cancel_registration(db, one, by="self", now=END)),
        409,
        "Cet événement est passé : l’inscription ne peut plus être annulée",
    ),
    "cancelled once there": (once_there, 409, "L’arrivée de cette personne est notée"),
    "nothing offered": (
        lambda db: offers.accept_offer(db, signs_up(db, an_event(db, capacity=0), 1).registration_id, now=NOW),
        410,
        "Cette place n’est plus réservée",
    ),
    "offered to nobody": (
        lambda db: offers.offer_by_hand(db, signs_up(db, an_event(db), 1).registration_id, now=NOW),
        409,
        "Cette personne n’est plus sur la liste d’attente",
    ),
    "no place to offer": (
        lambda db: offers.offer_by_hand(db, signs_up(db, an_event(db, capacity=0), 1).registration_id, now=NOW),
        409,
        "Aucune place n’est libre",
    ),
    "a key that is not ours": (
        lambda db: signs_up(db, an_event(db), 1, form_key="x" * 37),
        422,
        "Ce formulaire est incomplet",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_each_impossible_wish_is_refused_in_its_words_with_its_status(db: Session, case: str) -> None:
    attempt, status, opening = REFUSED[case]
    with pytest.raises(Refusal) as refusal:
        attempt(db)
    assert refusal.value.status == status
    assert str(refusal.value).startswith(opening)
    assert {language: refusal.value.sentence.in_language(language) != "" for language in LANGUAGES} == dict.fromkeys(
        LANGUAGES, True
    )
    assert refusal.value.sentence.in_language("en") != str(refusal.value)


@pytest.mark.parametrize(
    "case", [case for case in REFUSED if REFUSED[case][1] in {404, 409, 410} and "sign-up" not in case]
)
def test_refused_sign_up_stores_nobody(db: Session, case: str) -> None:
    before = db.exec(select(func.count()).select_from(Registration)).one()
    people = db.exec(select(func.count()).select_from(Candidate)).one()
    with pytest.raises(Refusal), db.begin_nested():
        REFUSED[case][0](db)
    assert db.exec(select(func.count()).select_from(Registration)).one() == before
    assert db.exec(select(func.count()).select_from(Candidate)).one() == people


# People


def signs_up_as(db: Session, **typed: object) -> object:
    """Somebody signs up who types this about themselves."""
    return signs_up(db, an_event(db), 1, person=replace(somebody(1), **typed))  # type: ignore[arg-type]


def test_postal_code_shared_by_three_communes_asks_which(db: Session) -> None:
    with pytest.raises(WhichCommune) as refusal:
        signs_up_as(db, postal_code="59840")
    assert (refusal.value.status, refusal.value.field) == (422, "commune_name")
    assert sorted(one.insee_code for one in refusal.value.choices) == ["59356", "59457", "59470"]
    assert all(name in str(refusal.value) for name in ("Lompret", "Pérenchies", "Prémesques"))


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"family_name": "x" * 300}, "family_name", "Ce nom a 300 caractères. Raccourcissez-le à 100 au plus."),
        ({"given_name": "Zoé🎉"}, "given_name", "Un nom s’écrit avec des lettres : retirez 🎉."),
        ({"family_name": "<b>Nom</b>"}, "family_name", "Un nom s’écrit avec des lettres : retirez < >."),
        ({"family_name": "  "}, "family_name", "Indiquez le nom."),
        ({"email": "personne@"}, "email", "Cette adresse e-mail ne semble pas complète."),
        ({"email": "", "telephone": ""}, "email", "Indiquez une adresse e-mail ou un téléphone"),
        ({"telephone": "12"}, "telephone", "Ce numéro ne semble pas complet."),
        ({"commune_name": "x" * 300}, "commune_name", "Ce nom de commune ou ce code postal est trop long."),
    ],
)
def test_each_mistake_about_a_person_is_told_by_its_field(
    db: Session, typed: dict[str, object], field: str, sentence: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        signs_up_as(db, **typed)
    assert (refusal.value.field, refusal.value.status) == (field, 422)
    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize("name", ["محمد", "דוד", "Нина", "陳", "O’Çelik-Ünal", "X" * 100])
def test_names_of_every_script_are_kept_as_written(db: Session, name: str) -> None:
    event_id = an_event(db)
    answer = signs_up(db, event_id, 1, person=replace(somebody(1), family_name=name))
    kept = db.exec(
        select(Candidate.family_name)
        .join(Registration, col(Registration.candidate_id) == col(Candidate.id))
        .where(Registration.id == answer.registration_id)
    ).one()
    assert kept == name


def test_markup_in_a_title_and_an_answer_is_kept_as_text(db: Session) -> None:
    markup = '<script>alert("1")</script>'
    event_id = an_event(db, title=markup)
    set_questions(db, event_id, [QuestionDraft(QuestionKind.TEXT, markup)], now=NOW)
    (question,) = questions_of(db, event_id)
    signs_up(db, event_id, 1, answers={question.id: markup})
    assert states(db, event_id) == ["confirmed"]


texts = st.text(max_size=330)
PERSON_FIELDS = [item.name for item in fields(PersonIn) if item.type is str]
WORDS = [item.name for item in fields(EventDraft) if item.type is str]
LISTS = ["audience", "themes", "partners"]
NUMBERS = ["offer_hours", "cut_off_hours", "edition"]


def one_or_two_of(*choices: st.SearchStrategy[tuple[str, object]]) -> st.SearchStrategy[dict[str, object]]:
    """One or two fields with any value, so that the others let the draft through."""
    return st.lists(st.one_of(*choices), min_size=1, max_size=2).map(dict)


def refused_or_done(db: Session, act: Callable[[], object]) -> str:
    """What a refusal says, or nothing when it was done; nothing is left behind."""
    step = db.begin_nested()
    try:
        act()
        db.flush()
    except Refusal as refusal:
        return str(refusal).strip() or "a refusal without words"
    finally:
        step.rollback()
    return ""


@pytest.mark.parametrize("engine", ENGINES)
def test_whatever_is_typed_about_a_person_is_stored_or_refused_with_a_sentence(
    templates: Templates, engine: str
) -> None:
    told: Counter[bool] = Counter()
    with templates.fresh(engine, _territory) as database, database.writing() as db:
        event_id = an_event(db, capacity=None)
        set_questions(db, event_id, [QuestionDraft(QuestionKind.TEXT, "Pourquoi ?")], now=NOW)
        (question,) = questions_of(db, event_id)
        form = {"answers": "answer", "form_key": "form_key", "language": "language"}

        @FEW
        @given(one_or_two_of(*(st.tuples(st.just(name), texts) for name in [*PERSON_FIELDS, *form])))
        def types(typed: dict[str, object]) -> None:
            person = replace(somebody(1), **{name: said for name, said in typed.items() if name in PERSON_FIELDS})  # type: ignore[arg-type]
            more = {name: said for name, said in typed.items() if name in form}
            if "answers" in more:
                more["answers"] = {question.id: more["answers"]}
            said = refused_or_done(db, lambda: signs_up(db, event_id, 1, person=person, **more))  # type: ignore[arg-type]
            assert said != "a refusal without words"
            told[said == ""] += 1

        types()
    assert min(told[True], told[False]) > 0


@pytest.mark.parametrize("engine", ENGINES)
def test_whatever_is_written_about_an_event_is_stored_or_refused_with_a_sentence(
    templates: Templates, engine: str
) -> None:
    told: Counter[bool] = Counter()
    drafts = one_or_two_of(
        *(st.tuples(st.just(name), texts) for name in [*WORDS, "question", "room", "reason", "slot"]),
        *(st.tuples(st.just(name), st.lists(texts, max_size=3).map(tuple)) for name in [*LISTS, "choices"]),
        *(st.tuples(st.just(name), st.integers()) for name in [*NUMBERS, "capacity"]),
    )
    with templates.fresh(engine, _territory) as database, database.writing() as db:

        @FEW
        @given(drafts)
        def writes(written: dict[str, object]) -> None:
            said = refused_or_done(db, lambda: _announces(db, written))
            assert said != "a refusal without words"
            told[said == ""] += 1

        writes()
    assert min(told[True], told[False]) > 0


def _announces(db: Session, written: dict[str, Any]) -> None:
    """An event with a session and a question is made, published and called off."""
    draft = replace(DRAFT, **{name: value for name, value in written.items() if hasattr(DRAFT, name)})
    capacity = written.get("capacity")
    event_id = create_event(db, draft, capacity=capacity, now=NOW, account_id=None)
    publish_event(db, event_id, now=NOW, account_id=None)
    asked = QuestionDraft(
        QuestionKind.CHOICE, written.get("question", "Quand ?"), choices=written.get("choices", ("Matin", "Soir"))
    )
    set_questions(db, event_id, [asked], now=NOW)
    room = replace(WORKSHOP, title=written.get("slot", "Atelier"), room=written.get("room", ""), capacity=capacity)
    add_session(db, event_id, room, now=NOW, account_id=None)
    release.call_off_event(db, event_id, reason=written.get("reason", ""), now=NOW, account_id=None)


def _territory(database: Database) -> None:
    with database.writing() as db:
        seed_example(db, now=NOW)
        db.commit()

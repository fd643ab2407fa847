"""Signing up on the site: one page, one answer, and nothing typed is lost."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import func, select

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.draft import SessionDraft
from alpes_events.agenda.models import Entry, EventState, QuestionKind
from alpes_events.agenda.questions import QuestionDraft, questions_of, set_questions
from alpes_events.agenda.sessions import add_session
from alpes_events.attendance.models import Answer, Registration, RegistrationState
from alpes_events.attendance.release import call_off_event, call_off_session
from alpes_events.database.engine import Database
from alpes_events.people.models import Candidate
from alpes_web.links import Purpose, signed
from tests.support.stories import NOW, STARTS_AT, an_event, signs_up, states
from tests.support.web import SETTINGS, Browser, a_site, text_of

SLUG = "job-dating-d-essai-2026-03-12"
FORM = f"/events/{SLUG}/sign-up"
SAMIRA = {
    "given_name": "Samira",
    "family_name": "Belkacem",
    "email": "samira@example.org",
    "telephone": "",
    "commune_name": "Lambersart",
}


def typed(browser: Browser, **changes: str) -> dict[str, object]:
    """The form as somebody fills it, with the key that stands on the page."""
    page = browser.get(FORM).get_data(as_text=True)
    key = re.search(r'name="form_key" type="hidden" value="([^"]+)"', page)
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page)
    assert key is not None
    assert token is not None
    return {"csrf_token": token[1], "form_key": key[1], **SAMIRA, **changes}


def an_open_event(database: Database, *, capacity: int | None = 2, **changes: object) -> int:
    with database.writing() as db:
        event_id = an_event(db, capacity=capacity, **changes)  # type: ignore[arg-type]
        db.commit()
    return event_id


def test_sign_up_is_kept_and_its_page_shows_a_ticket(organised: Database) -> None:
    event_id = an_open_event(organised)
    browser = Browser(a_site(organised))
    answer = browser.post(FORM, typed(browser))
    assert answer.status_code == 303
    page = text_of(browser.get(answer.location))
    with organised.reading() as db:
        reference = db.exec(select(Registration.reference).where(Registration.event_id == event_id)).one()
    assert f"{reference[:3]}-{reference[3:6]}-{reference[6:]}" in page
    assert "C’est noté, Samira : on vous attend jeudi 12 mars" in page
    assert "Samira Belkacem" in page


def test_form_that_is_sent_twice_gets_the_first_answer(organised: Database) -> None:
    event_id = an_open_event(organised)
    browser = Browser(a_site(organised))
    form = typed(browser)
    first, second = browser.post(FORM, form), browser.post(FORM, form)
    assert (first.location, second.status_code) == (second.location, 303)
    with organised.reading() as db:
        assert states(db, event_id) == ["confirmed"]


def test_same_key_with_other_words_is_refused_and_can_be_sent_again(organised: Database) -> None:
    event_id = an_open_event(organised)
    browser = Browser(a_site(organised))
    form = typed(browser)
    browser.post(FORM, form)
    other = browser.post(FORM, {**form, "given_name": "Jeanne", "email": "jeanne@example.org"})
    assert other.status_code == 409
    assert "déjà été envoyé avec d’autres réponses" in text_of(other)
    page = other.get_data(as_text=True)
    assert 'value="Jeanne"' in page
    key = re.search(r'name="form_key" type="hidden" value="([^"]+)"', page)
    assert key is not None
    again = browser.post(FORM, {**form, "given_name": "Jeanne", "email": "jeanne@example.org", "form_key": key[1]})
    assert again.status_code == 303
    with organised.reading() as db:
        assert states(db, event_id) == ["confirmed", "confirmed"]


def test_already_registered_person_gets_the_same_page_as_a_stranger(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=10)
    app = a_site(organised)
    known, stranger = Browser(app), Browser(app)
    known.post(FORM, typed(known))
    pages = []
    for browser, email in ((known, "samira@example.org"), (stranger, "samira.b@example.org")):
        answer = browser.post(FORM, typed(browser, email=email))
        page = browser.get(answer.location)
        text = re.sub(r"[A-Z2-9]{3}-[A-Z2-9]{3}-[A-Z2-9]{3}", "REF", text_of(page))
        headers = {name: value for name, value in page.headers.items() if name not in {"Content-Length", "Set-Cookie"}}
        pages.append((answer.status_code, page.status_code, text, headers))
    assert pages[0] == pages[1]
    with organised.reading() as db:
        assert states(db, event_id) == ["confirmed", "confirmed"]


def test_confirmation_never_leads_to_the_sign_up_itself(organised: Database) -> None:
    """Whoever types somebody else's address must not be able to cancel for them."""
    an_open_event(organised)
    browser = Browser(a_site(organised))
    answer = browser.post(FORM, typed(browser))
    assert "/my-sign-up/" not in browser.get(answer.location).get_data(as_text=True)


def test_mistakes_are_all_said_at_once_and_answers_kept(organised: Database) -> None:
    event_id = an_open_event(organised)
    browser = Browser(a_site(organised))
    answer = browser.post(FORM, typed(browser, family_name="", email="samira@", telephone="12"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "<title>Erreur" in page
    assert "Il reste 3 points à compléter" in text_of(answer)
    for field in ("family_name", "email", "telephone"):
        assert f'href="#{field}"' in page
        assert re.search(rf'<input[^>]*aria-describedby="[^"]*{field}-e"[^>]*aria-invalid="true"', page)
    assert 'value="samira@"' in page
    assert 'value="Samira"' in page
    with organised.reading() as db:
        assert states(db, event_id) == []


def test_one_of_email_and_telephone_is_enough_and_none_is_not(organised: Database) -> None:
    an_open_event(organised)
    browser = Browser(a_site(organised))
    without = browser.post(FORM, typed(browser, email=""))
    assert "il nous en faut un des deux" in text_of(without)
    assert browser.post(FORM, typed(browser, email="", telephone="06 39 98 12 34")).status_code == 303


def test_shared_postal_code_asks_which_commune(organised: Database) -> None:
    an_open_event(organised)
    browser = Browser(a_site(organised))
    asked = browser.post(FORM, typed(browser, commune_name="59840"))
    assert {"Lompret", "Pérenchies", "Prémesques"} <= set(text_of(asked).split())
    answer = browser.post(FORM, typed(browser, commune_name="59840", insee_code="59457"))
    assert answer.status_code == 303
    with organised.reading() as db:
        assert db.exec(select(Candidate.insee_code)).all() == ["59457"]


@pytest.mark.parametrize(
    ("typed_place", "name", "code"),
    [("33000 Bordeaux", "Bordeaux", "33000"), ("Mouscron (7700)", "Mouscron", "7700"), ("Tokyo", "Tokyo", None)],
)
def test_commune_that_is_not_listed_or_abroad_keeps_its_name_and_postal_code_and_is_outside(
    organised: Database, typed_place: str, name: str, code: str | None
) -> None:
    an_open_event(organised)
    browser = Browser(a_site(organised))
    assert browser.post(FORM, typed(browser, commune_name=typed_place)).status_code == 303
    with organised.reading() as db:
        person, sign_up = db.exec(select(Candidate)).one(), db.exec(select(Registration)).one()
    assert (person.insee_code, person.commune_name, person.postal_code) == (None, name, code)
    assert sign_up.in_territory is False


def test_full_event_puts_on_the_waiting_list_and_says_the_position(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=1)
    with organised.writing() as db:
        for number in range(3):
            signs_up(db, event_id, number)
        db.commit()
    browser = Browser(a_site(organised))
    answer = browser.post(FORM, typed(browser))
    page = text_of(browser.get(answer.location))
    assert "vous êtes sur la liste d’attente" in page
    assert "Vous avez la position 3" in page


CLOSED = [
    ({"waiting_list": False}, 0, 409, "Toutes les places sont prises"),
    ({"closes_at": NOW}, 2, 409, "Les inscriptions sont closes"),
    ({"opens_at": NOW + timedelta(days=1)}, 2, 409, "pas encore ouvertes : elles ouvrent le mardi 3 mars, 10 h."),
    ({"entry": Entry.FREE}, 2, 409, "On ne s’inscrit pas ici"),
    ({"starts_at": NOW - timedelta(days=2), "ends_at": NOW - timedelta(days=1)}, 2, 410, "Cet événement est passé"),
]


@pytest.mark.parametrize(("changes", "capacity", "status", "sentence"), CLOSED)
def test_closed_door_says_why_before_and_after_the_form(
    organised: Database, changes: dict[str, object], capacity: int, status: int, sentence: str
) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=capacity, **changes)  # type: ignore[arg-type]
        slug = the_event(db, event_id).slug
        db.commit()
    browser = Browser(a_site(organised))
    page = browser.get(f"/events/{slug}/sign-up")
    assert (page.status_code, sentence in text_of(page)) == (status, True)
    form = {"csrf_token": browser.token("/sign-in"), "form_key": str(uuid4()), **SAMIRA}
    sent = browser.post(f"/events/{slug}/sign-up", form)
    assert (sent.status_code, sentence in text_of(sent)) == (status, True)
    assert 'value="Samira"' in sent.get_data(as_text=True)


def test_cancelled_and_unknown_events_take_no_sign_up(organised: Database) -> None:
    event_id = an_open_event(organised)
    with organised.writing() as db:
        call_off_event(db, event_id, reason="La salle est fermée.", now=NOW, account_id=None)
        db.commit()
    browser = Browser(a_site(organised))
    page = browser.get(FORM)
    assert (page.status_code, "Cet événement est annulé" in text_of(page)) == (410, True)
    assert "La salle est fermée." in text_of(browser.get(f"/events/{SLUG}"))
    assert browser.get("/events/nul/sign-up").status_code == 404
    with organised.writing() as db:
        the_event(db, event_id).state = EventState.WITHDRAWN
        db.commit()
    assert browser.get(f"/events/{SLUG}").status_code == 404


def test_receipt_of_a_session_called_off_says_so_and_leads_to_what_takes_place(organised: Database) -> None:
    event_id = an_open_event(organised)
    with organised.writing() as db:
        morning, evening = (
            add_session(
                db,
                event_id,
                SessionDraft(title, STARTS_AT, STARTS_AT + timedelta(hours=1), capacity=5),
                now=NOW,
                account_id=None,
            )
            for title in ("Atelier du matin", "Atelier du soir")
        )
        db.commit()
    browser = Browser(a_site(organised))
    off = browser.post(FORM, typed(browser, session=str(morning))).location
    on = browser.post(FORM, typed(browser, session=str(evening), given_name="Ines", email="ines@example.org")).location
    with organised.writing() as db:
        call_off_session(db, morning, now=NOW, account_id=None)
        db.commit()
    page, other = browser.get(off), text_of(browser.get(on))
    assert "Cette séance est annulée Le reste de l’événement a lieu" in text_of(page)
    assert "Atelier du matin" in text_of(page)
    assert f'href="/events/{SLUG}"' in page.get_data(as_text=True)
    assert "Votre place est gardée" not in text_of(page)
    assert browser.get(f"{off}/convocation.pdf").status_code == 409
    assert "on vous attend" in other
    assert "annulée" not in other


def test_receipt_of_an_event_called_off_says_why(organised: Database) -> None:
    event_id = an_open_event(organised)
    browser = Browser(a_site(organised))
    receipt = browser.post(FORM, typed(browser)).location
    with organised.writing() as db:
        call_off_event(db, event_id, reason="La salle est fermée.", now=NOW, account_id=None)
        db.commit()
    page = text_of(browser.get(receipt))
    assert "Ce rendez-vous est annulé La salle est fermée." in page
    assert "Le reste de l’événement" not in page


def test_sessions_and_questions_of_the_event_are_asked(organised: Database) -> None:
    event_id = an_open_event(organised)
    with organised.writing() as db:
        workshop = SessionDraft("Atelier", STARTS_AT, STARTS_AT + timedelta(hours=1), capacity=5)
        session_id = add_session(db, event_id, workshop, now=NOW, account_id=None)
        questions = [
            QuestionDraft(QuestionKind.CHOICE, "Un métier à 100 % ?", choices=("Vente", "Soin"), required=True)
        ]
        set_questions(db, event_id, questions, now=NOW)
        question_id = questions_of(db, event_id)[0].id
        db.commit()
    browser = Browser(a_site(organised))
    missing = browser.post(FORM, typed(browser, session=str(session_id)))
    assert "Répondez à cette question pour vous inscrire." in text_of(missing)
    assert "Un métier à 100 % ?" in text_of(missing)
    answer = browser.post(FORM, typed(browser, session=str(session_id), **{f"question_{question_id}": "Soin"}))
    assert answer.status_code == 303
    with organised.reading() as db:
        assert db.exec(select(Registration.session_id)).all() == [session_id]
        assert db.exec(select(Answer.content)).all() == ["Soin"]


@pytest.mark.parametrize("extra", ["id", "state", "candidate_id", "priority", "role"])
def test_field_that_was_not_asked_is_refused_and_changes_nothing(organised: Database, extra: str) -> None:
    an_open_event(organised)
    browser = Browser(a_site(organised))
    assert browser.post(FORM, typed(browser, **{extra: "1"})).status_code == 400
    with organised.reading() as db:
        assert db.exec(select(func.count()).select_from(Candidate)).one() == 0


@pytest.mark.parametrize(
    ("name", "status"),
    [("É" * 300, 422), ("<script>alert(1)</script>", 422), ("مريم", 303), ("😀", 422), ("O’Brien-Lévêque", 303)],
)
def test_strange_names_get_an_answer_and_never_become_markup(organised: Database, name: str, status: int) -> None:
    an_open_event(organised)
    browser = Browser(a_site(organised))
    answer = browser.post(FORM, typed(browser, family_name=name))
    assert answer.status_code == status
    page = answer if status == 422 else browser.get(answer.location)
    assert "<script>alert" not in page.get_data(as_text=True)
    assert name in text_of(page) or name.replace("<", "&lt;").replace(">", "&gt;") in page.get_data(as_text=True)


def secret_of(database: Database, registration_id: int, purpose: Purpose = Purpose.MANAGE) -> str:
    with database.reading() as db:
        reference = db.get_one(Registration, registration_id).reference
    return signed(reference, purpose=purpose, key=SETTINGS.secret_key)


def test_own_page_cancels_by_its_button_only_and_the_place_moves_on(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=1)
    with organised.writing() as db:
        mine = signs_up(db, event_id, 1)
        signs_up(db, event_id, 2)
        db.commit()
    browser = Browser(a_site(organised))
    path = f"/my-sign-up/{secret_of(organised, mine.registration_id)}"
    for _ in range(2):
        assert "votre place est gardée" in text_of(browser.get(path))
    answer = browser.send(f"{path}/cancel", page=path)
    assert (answer.status_code, answer.location) == (303, path)
    assert "Votre inscription est annulée" in text_of(browser.get(path))
    with organised.reading() as db:
        assert states(db, event_id) == ["cancelled", "offered"]


def test_offered_place_is_taken_on_its_page_until_the_deadline(organised: Database) -> None:
    event_id = an_open_event(organised, capacity=1)
    with organised.writing() as db:
        first = signs_up(db, event_id, 1)
        waiting = signs_up(db, event_id, 2)
        db.commit()
    clock = [NOW]
    browser = Browser(a_site(organised, now=lambda: clock[0]))
    own = f"/my-sign-up/{secret_of(organised, waiting.registration_id)}"
    assert "Personne n’attend avant vous." in text_of(browser.get(own))
    offer = f"/offers/{secret_of(organised, waiting.registration_id, Purpose.OFFER)}"
    assert browser.get(offer).status_code == 410
    giving = f"/my-sign-up/{secret_of(organised, first.registration_id)}"
    browser.send(f"{giving}/cancel", page=giving)
    page = text_of(browser.get(offer))
    assert "une place est libre pour vous" in page
    assert "jusqu’à mardi 3 mars, 10 h" in page
    form = {"csrf_token": browser.token(offer)}
    clock[0] = NOW + timedelta(hours=25)
    late = browser.post(f"{offer}/accept", form)
    assert (late.status_code, "le délai est passé" in text_of(late)) == (410, True)
    assert "csrf_token" not in browser.get(offer).get_data(as_text=True)
    clock[0] = NOW + timedelta(hours=1)
    assert browser.send(f"{offer}/accept", page=offer).location == own
    with organised.reading() as db:
        assert states(db, event_id) == ["cancelled", "confirmed"]


@pytest.mark.parametrize("wrong", ["", "x", "1.x", "../staff", "é"])
def test_made_up_links_open_nothing(organised: Database, wrong: str) -> None:
    event_id = an_open_event(organised)
    with organised.writing() as db:
        mine = signs_up(db, event_id, 1)
        other = signs_up(db, event_id, 2)
        db.commit()
    browser = Browser(a_site(organised))
    secret = secret_of(organised, mine.registration_id)
    exchanged = f"{other.reference}-{secret.partition('-')[2]}"
    survey = secret_of(organised, mine.registration_id, Purpose.SURVEY)
    for path in (f"/my-sign-up/{wrong}", f"/my-sign-up/{exchanged}", f"/my-sign-up/{survey}", f"/survey/{secret}"):
        assert browser.get(path).status_code == 404, path


def test_link_serves_until_the_event_ends(organised: Database) -> None:
    event_id = an_open_event(organised)
    with organised.writing() as db:
        mine = signs_up(db, event_id, 1)
        db.commit()
    clock = [STARTS_AT + timedelta(hours=3, microseconds=-1)]
    browser = Browser(a_site(organised, now=lambda: clock[0]))
    path = f"/my-sign-up/{secret_of(organised, mine.registration_id)}"
    assert browser.get(path).status_code == 200
    clock[0] = STARTS_AT + timedelta(hours=3)
    over = browser.get(path)
    assert (over.status_code, "ce lien ne sert plus" in text_of(over)) == (410, True)


def test_survey_takes_one_answer_and_its_correction(organised: Database) -> None:
    event_id = an_open_event(organised)
    with organised.writing() as db:
        mine = signs_up(db, event_id, 1)
        db.commit()
    clock = [NOW]
    browser = Browser(a_site(organised, now=lambda: clock[0]))
    path = f"/survey/{secret_of(organised, mine.registration_id, Purpose.SURVEY)}"
    assert browser.get(path).status_code == 409
    clock[0] = STARTS_AT + timedelta(days=1)
    assert "Choisissez une des réponses proposées." in text_of(browser.send(path))
    assert "Choisissez une des réponses proposées." in text_of(browser.send(path, {"score": "6"}))
    for score in ("2", "5"):
        assert browser.send(path, {"score": score}).location == path
    with organised.reading() as db:
        assert db.exec(select(Registration.survey_score)).all() == [5]


def test_registration_states_have_their_own_words(organised: Database) -> None:
    event_id = an_open_event(organised)
    with organised.writing() as db:
        mine = signs_up(db, event_id, 1)
        db.commit()
    browser = Browser(a_site(organised))
    path = f"/my-sign-up/{secret_of(organised, mine.registration_id)}"
    headings = set()
    for state in RegistrationState:
        with organised.writing() as db:
            row = db.get_one(Registration, mine.registration_id)
            row.sqlmodel_update({"state": state, "holds_seat": False, "queued_at": NOW})
            db.commit()
        found = re.search(r"<h1>(.*?)</h1>", browser.get(path).get_data(as_text=True))
        assert found is not None
        headings.add(found[1])
    assert len(headings) == len(RegistrationState)


def test_event_that_opens_later_says_when_offers_no_form_and_goes_into_a_calendar(organised: Database) -> None:
    with organised.writing() as db:
        slug = the_event(db, an_event(db, opens_at=NOW + timedelta(days=1))).slug
        db.commit()
    browser = Browser(a_site(organised))
    page = browser.get(f"/events/{slug}")
    words = text_of(page)
    assert "Inscriptions le mardi 3 mars, 10 h Ajoutez le rendez-vous à votre agenda, et revenez ce jour-là." in words
    assert "Ajouter à mon agenda" in words
    assert f'href="/events/{slug}/sign-up' not in page.get_data(as_text=True)
    assert "Inscriptions le mardi 3 mars, 10 h" in text_of(browser.get("/agenda"))
    assert "it opens on Tuesday 3 March, 10:00" in text_of(browser.get(f"/events/{slug}/sign-up?lang=en"))

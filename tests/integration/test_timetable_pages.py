"""The pages of the timetable: asked for, looked at, changed by hand, published; the second coordinator is told."""

import re

import pytest

from alpes_events.database.engine import Database
from alpes_events.interviews.live import timetable_of
from alpes_events.interviews.plans import open_plan, slot_of, slots_of
from alpes_events.people.models import Role
from tests.support.errands import a_worker
from tests.support.proposals import a_job_dating, proposed
from tests.support.web import Browser, a_site, text_of


@pytest.fixture
def event_id(organised: Database) -> int:
    """A job dating with tables and wishes."""
    with organised.writing() as db:
        found, _, _ = a_job_dating(db)
        db.commit()
    return found


@pytest.fixture
def claire(organised: Database) -> Browser:
    """A coordinator."""
    browser = Browser(a_site(organised))
    browser.sign_in(Role.COORDINATOR)
    return browser


def home(event_id: int, more: str = "") -> str:
    return f"/staff/events/{event_id}/timetable{more}"


def press(browser: Browser, page: str, address: str, **fields: object) -> int:
    token = browser.token(page)
    return browser.post(address, {"csrf_token": token, **{k: str(v) for k, v in fields.items()}}).status_code


def a_draft(database: Database, event_id: int) -> dict[str, int]:
    with database.writing() as db:
        plan = open_plan(db, event_id) or proposed(db, event_id)
        db.commit()
        return {"plan": plan.id or 0, "version": plan.version}


def test_proposal_is_asked_for_made_and_shown_in_words(organised: Database, event_id: int, claire: Browser) -> None:
    assert press(claire, home(event_id), home(event_id, "/propose"), seed=0) == 303
    assert "La recherche commence" in text_of(claire.get(home(event_id)))
    assert press(claire, home(event_id), home(event_id, "/propose"), seed=1) == 303  # once is enough
    assert a_worker(organised).perform_due() == 1
    assert "12 souhaits sur 12 sont tenus." in text_of(claire.get(home(event_id)))
    shown = text_of(claire.get(home(event_id, "/draft")))
    assert "Personne n’est sans entretien." in shown
    assert "Personnes avec un entretien : 0 ; deux : 6 ; trois ou plus : 0." in shown
    assert "Prénombb" not in shown
    by_person = text_of(claire.get(home(event_id, "/draft?show=people")))
    assert by_person.count("Entreprise ") == 12


def test_search_that_has_not_begun_is_called_off(organised: Database, event_id: int, claire: Browser) -> None:
    press(claire, home(event_id), home(event_id, "/propose"), seed=0)
    press(claire, home(event_id), home(event_id, "/stop"))
    assert "La recherche n’avait pas commencé" in text_of(claire.get(home(event_id)))
    press(claire, home(event_id), home(event_id, "/stop"))
    assert "La recherche était déjà finie." in text_of(claire.get(home(event_id)))
    assert a_worker(organised).perform_due() == 0


def test_interview_is_moved_pinned_and_published(organised: Database, event_id: int, claire: Browser) -> None:
    seen = a_draft(organised, event_id)
    with organised.reading() as db:
        plan = open_plan(db, event_id)
        assert plan is not None
        slot = slots_of(plan)[0]
    here = home(event_id, f"/draft/interviews/{slot.registration_id}/{slot.exhibitor_id}")
    offered = re.findall(r'name="seat" value="(\d+-\d+)"', claire.get(here).get_data(as_text=True))
    assert press(claire, here, here, **seen, seat=offered[-1]) == 303
    assert "Fixé : une nouvelle proposition le laisse là." in text_of(claire.get(here))
    seen["version"] += 1
    assert press(claire, here, f"{here}/pin", **seen, pinned=0) == 303
    seen["version"] += 1
    told = text_of(claire.get(home(event_id, "/draft/publish")))
    assert "6 personnes seront prévenues" in told
    assert press(claire, here, home(event_id, "/draft/publish"), **seen, number=0) == 303
    with organised.reading() as db:
        live = {slot_of(row) for row in timetable_of(db, event_id)}
    moved = next(one for one in live if one.pair == slot.pair)
    assert f"{moved.table_id}-{moved.starts}" == offered[-1]
    assert len(live) == 12
    assert "12 entretiens à venir" in text_of(claire.get(home(event_id)))
    assert claire.get(home(event_id, "/published")).status_code == 200


def test_taken_slot_is_refused_with_who_has_it_and_the_draft_is_left_alone(
    organised: Database, event_id: int, claire: Browser
) -> None:
    seen = a_draft(organised, event_id)
    with organised.reading() as db:
        plan = open_plan(db, event_id)
        assert plan is not None
        slots = slots_of(plan)
    mine, other = next(
        (one, two) for one in slots for two in slots if one.registration_id == two.registration_id and one is not two
    )
    here = home(event_id, f"/draft/interviews/{mine.registration_id}/{mine.exhibitor_id}")
    token = claire.token(here)
    answer = claire.post(here, {"csrf_token": token, "seat": f"{mine.table_id}-{other.starts}", **_texts(seen)})
    assert answer.status_code == 422
    assert "rencontre déjà" in text_of(answer)
    with organised.reading() as db:
        plan = open_plan(db, event_id)
        assert plan is not None
        assert (slots_of(plan), plan.version) == (slots, seen["version"])


def test_second_coordinator_is_told_that_the_draft_changed(organised: Database, event_id: int, claire: Browser) -> None:
    seen = a_draft(organised, event_id)
    with organised.reading() as db:
        plan = open_plan(db, event_id)
        assert plan is not None
        slot = slots_of(plan)[0]
    here = home(event_id, f"/draft/interviews/{slot.registration_id}/{slot.exhibitor_id}")
    assert press(claire, here, f"{here}/remove", **seen) == 303
    token = claire.token(here)
    second = claire.post(f"{here}/remove", {"csrf_token": token, **_texts(seen)})
    assert second.status_code == 409
    assert "Les horaires ont changé entre-temps" in text_of(second)


def test_draft_is_set_aside_and_the_published_timetable_taken_up_again(
    organised: Database, event_id: int, claire: Browser
) -> None:
    seen = a_draft(organised, event_id)
    assert press(claire, home(event_id), home(event_id, "/draft/set-aside"), **seen) == 303
    assert claire.get(home(event_id, "/draft")).status_code == 303
    seen = a_draft(organised, event_id)
    assert press(claire, home(event_id), home(event_id, "/draft/publish"), **seen, number=0) == 303
    assert press(claire, home(event_id), home(event_id, "/take-up")) == 303
    assert "Aucun horaire ne change" in text_of(claire.get(home(event_id, "/draft/publish")))


def test_what_is_taken_away_has_a_line_for_each_interview(organised: Database, event_id: int, claire: Browser) -> None:
    a_draft(organised, event_id)
    lines = claire.get(home(event_id, "/draft?as=csv")).get_data(as_text=True).splitlines()
    assert len(lines) == 13
    assert "Début" in lines[0]


def test_what_is_of_another_event_or_nobody_is_not_found(organised: Database, event_id: int, claire: Browser) -> None:
    a_draft(organised, event_id)
    with organised.writing() as db:
        other, stands, people = a_job_dating(db, people=1, stands=1, each=1, word="Ailleurs")
        db.commit()
    assert claire.get(home(event_id, f"/draft/interviews/{people[0]}/{stands[0]}")).status_code == 404
    assert claire.get(home(999)).status_code == 404
    assert claire.get(home(other, "/draft")).status_code == 303
    assert press(claire, home(other), home(other, "/propose"), seed="x") == 400
    here = home(event_id, "/draft")
    for fields in ({}, {"plan": "a", "version": 1}):
        assert press(claire, here, f"{here}/tidy", **fields) == 400


def _texts(seen: dict[str, int]) -> dict[str, str]:
    return {name: str(value) for name, value in seen.items()}

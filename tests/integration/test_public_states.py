"""What the public reads when the usual way is closed: each state of an event, and each error, with the next step."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from alpes_events.agenda.models import Event, EventState
from alpes_events.database.engine import Database
from alpes_events.seats.models import SeatPool
from alpes_events.territory.models import Organisation
from tests.support.stories import NOW, an_event
from tests.support.web import Browser, a_site, text_of


def _cancelled(_db: Session, event: Event) -> None:
    event.state = EventState.CANCELLED


def _over(_db: Session, event: Event) -> None:
    event.starts_at, event.ends_at = NOW - timedelta(hours=5), NOW - timedelta(hours=2)


def _full(db: Session, event: Event) -> None:
    event.waiting_list = False
    pool = db.get_one(SeatPool, event.pool_id)
    pool.taken = pool.capacity or 0


def _closed(_db: Session, event: Event) -> None:
    event.closes_at = NOW - timedelta(hours=1)


STATES = [
    (_cancelled, "Ce rendez-vous n’aura pas lieu."),
    (_over, "Ce rendez-vous a eu lieu."),
    (_full, "Toutes les places sont prises, et il n’y a pas de liste d’attente."),
    (_closed, "Appelez-nous : une personne vous dira ce qui reste possible. 03 20 00 00 00"),
]


@pytest.mark.parametrize(("change", "sentence"), STATES)
def test_event_that_cannot_be_joined_says_why_and_leads_to_others(
    organised: Database, change: Callable[[Session, Event], None], sentence: str
) -> None:
    with organised.writing() as db:
        event = db.get_one(Event, an_event(db, capacity=2, now=NOW))
        change(db, event)
        db.add(event)
        organisation = db.get_one(Organisation, 1)
        organisation.telephone = "03 20 00 00 00"
        db.add(organisation)
        slug, kind = event.slug, event.kind.value
        db.commit()
    answer = Browser(a_site(organised, now=lambda: NOW)).get(f"/events/{slug}")
    assert sentence in text_of(answer)
    assert f'href="/?kind={kind}"' in answer.get_data(as_text=True)
    assert "M’inscrire" not in text_of(answer)


def test_page_that_is_not_there_offers_a_search(organised: Database) -> None:
    answer = Browser(a_site(organised)).get("/nowhere")
    assert answer.status_code == 404
    assert 'action="/" role="search"' in answer.get_data(as_text=True)


def test_telephone_finds_icons_for_its_home_screen(organised: Database) -> None:
    browser = Browser(a_site(organised))
    icons = browser.get("/site.webmanifest").get_json()["icons"]
    assert {icon["sizes"] for icon in icons} >= {"192x192", "512x512"}
    for icon in icons:
        assert browser.get(icon["src"]).mimetype == icon["type"]

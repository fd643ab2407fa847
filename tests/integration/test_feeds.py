"""The public feeds on both databases: what they hold, and what changes in them when an event changes (C, D4)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from alpes_events.agenda.commands import close_event, create_event, publish_event, the_event
from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.models import EventKind, EventState, Series
from alpes_events.agenda.repetition import occurrence_days
from alpes_events.agenda.revision import revise_event
from alpes_events.agenda.series import repeat_event
from alpes_events.agenda.venues import VenueDraft, find_or_add_venue, revise_venue
from alpes_events.attendance.places import change_capacity
from alpes_events.attendance.release import call_off_event
from alpes_events.database.engine import Database
from tests.support.calendars import Site, lines_of
from tests.support.stories import DRAFT, NOW, STARTS_AT, an_event, signs_up, somebody

FEED = "/feeds/agenda.ics"
PARIS = ZoneInfo("Europe/Paris")
DAY = timedelta(days=1)
HALL = VenueDraft(
    name="Salle des fêtes",
    address="1 rue de l’Exemple",
    insee_code="59328",
    postal_code="59130",
    transport="Bus 10",
    latitude=50.6512,
    longitude=3.0257,
)


@pytest.fixture
def site(organised: Database) -> Site:
    """The web on a fresh database with an organisation."""
    return Site(organised)


def published(site: Site, **changes: Any) -> int:
    with site.changing() as db:
        return an_event(db, now=site.now, **changes)


def revised(site: Site, event_id: int, **changes: Any) -> None:
    with site.changing() as db:
        draft = replace(EventDraft.of(the_event(db, event_id)), **changes)
        revise_event(db, event_id, draft, now=site.now, account_id=None)


def called_off(site: Site, event_id: int, state: EventState = EventState.CANCELLED, reason: str = "") -> None:
    with site.changing() as db:
        call_off_event(db, event_id, state=state, reason=reason, now=site.now, account_id=None)


def a_venue(db: Session, **changes: Any) -> int:
    return find_or_add_venue(db, replace(HALL, **changes))


def test_c12_drafts_never_appear(site: Site) -> None:
    with site.changing() as db:
        draft_id = create_event(db, DRAFT, capacity=5, now=site.now, account_id=None)
    assert site.entries() == []
    with site.changing() as db:
        publish_event(db, draft_id, now=site.now, account_id=None)
    assert [entry["SUMMARY"] for entry in site.entries()] == ["Job dating d’essai"]


def test_b6_feed_without_events_holds_its_zone(site: Site) -> None:
    assert lines_of(site.octets(FEED)).count("BEGIN:VTIMEZONE") == 1


def test_c1_uid_stays_through_a_new_title_and_carries_the_organisations_domain(site: Site) -> None:
    event_id = published(site)
    before = site.entries()[0]
    revised(site, event_id, title="Un autre titre")
    after = site.entries()[0]
    assert before["UID"] == after["UID"]
    assert before["UID"].endswith("@agenda.example.org")
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "0")
    assert (after["SUMMARY"], after["DTSTAMP"]) == ("Un autre titre", "20260302T090200Z")


def test_c4_c7_moved_event_keeps_its_uid_and_gets_the_next_sequence(site: Site) -> None:
    event_id = published(site)
    before = site.entries()[0]
    revised(site, event_id, starts_at=STARTS_AT + DAY, ends_at=STARTS_AT + DAY + timedelta(hours=1))
    with site.changing() as db:
        venue_id = a_venue(db)
    moved = site.entries()[0]
    revised(site, event_id, venue_id=venue_id)
    placed = site.entries()[0]
    assert [entry["UID"] for entry in (moved, placed)] == [before["UID"]] * 2
    assert [entry["SEQUENCE"] for entry in (before, moved, placed)] == ["0", "1", "2"]
    assert [entry["DTSTART"] for entry in (before, moved)] == ["20260312T140000", "20260313T140000"]
    assert placed["LOCATION"] == "Salle des fêtes\\, 1 rue de l’Exemple\\, 59130 Lambersart"
    assert placed["GEO"] == "50.651200;3.025700"


def test_c2_c4_counters_and_the_passing_of_time_change_no_octet(site: Site) -> None:
    event_id = published(site)
    before, tag = site.octets(FEED), site.tag()
    with site.changing() as db:
        signs_up(db, event_id, 1, now=site.now)
        change_capacity(db, event_id, capacity=40, now=site.now, account_id=None)
    site.now += 30 * DAY
    with site.changing() as db:
        close_event(db, event_id, now=site.now, account_id=None)
    assert (site.octets(FEED), site.tag()) == (before, tag)


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.WITHDRAWN])
def test_c5_c6_event_that_is_off_stays_as_cancelled_for_ninety_days_after_its_end(
    site: Site, state: EventState
) -> None:
    event_id = published(site)
    called_off(site, event_id, state)
    off = site.entries()[0]
    assert (off["STATUS"], off["SEQUENCE"], off["SUMMARY"]) == ("CANCELLED", "1", "ANNULÉ : Job dating d’essai")
    ends_at = STARTS_AT + timedelta(hours=3)
    site.now = ends_at + 90 * DAY - timedelta(seconds=1)
    tag = site.tag()
    assert site.entries() == [off]
    site.now = ends_at + 90 * DAY
    assert site.entries() == []
    assert site.tag() != tag


def test_c5_reason_of_a_cancellation_is_told(site: Site) -> None:
    event_id = published(site, summary="Venez")
    called_off(site, event_id, reason="La salle est inondée.")
    told = site.entries()[0]["DESCRIPTION"]
    assert told.startswith("Cet événement est annulé.\\n\\nLa salle est inondée.\\n\\nhttp://localhost/events/")


def test_c6_withdrawn_event_says_nothing_more_and_comes_back_with_the_next_sequence(site: Site) -> None:
    event_id = published(site, summary="Un texte publié par erreur")
    called_off(site, event_id, EventState.WITHDRAWN)
    off = site.entries()[0]
    assert off["DESCRIPTION"] == "Cet événement n’est plus proposé."
    assert "URL" not in off
    with site.changing() as db:
        publish_event(db, event_id, now=site.now, account_id=None)
    back = site.entries()[0]
    assert (back["UID"], back["STATUS"], back["SEQUENCE"]) == (off["UID"], "CONFIRMED", "2")


def test_c10_feed_holds_nobody(site: Site) -> None:
    event_id = published(site)
    with site.changing() as db:
        signs_up(db, event_id, 7, now=site.now)
    text = "\n".join(lines_of(site.octets(FEED)))
    person = somebody(7)
    assert not [word for word in (person.given_name, person.family_name, person.email, "mailto:") if word in text]
    assert "ORGANIZER" not in text
    assert "ATTENDEE" not in text


def test_c11_s23_what_people_typed_cannot_add_a_line(site: Site) -> None:
    evil = "<script>x</script>\r\nATTENDEE:mailto:a@example.org\nEND:VEVENT"
    published(site, title=evil, description=evil + "\u2028X\x0bY", themes=(evil,), to_bring=evil)
    lines = lines_of(site.octets(FEED))
    assert [line for line in lines if line.startswith("ATTENDEE")] == []
    assert lines.count("END:VEVENT") == 1


def test_c9_c11_entry_says_what_people_need_in_plain_text(site: Site) -> None:
    with site.changing() as db:
        venue_id = a_venue(db)
        series = Series(slug="dtj", name="Décroche ton Job", kind=EventKind.SALON)
        db.add(series)
        db.flush()
    published(
        site,
        series_id=series.id,
        venue_id=venue_id,
        summary="Dix employeurs",
        description="Ligne une\n\nLigne deux",
        to_bring="un CV",
        themes=("Textile", "Commerce"),
    )
    entry = site.entries()[0]
    assert entry["CATEGORIES"] == "Job dating,Décroche ton Job,Textile,Commerce"
    assert entry["DESCRIPTION"].replace("\\n", "\n").split("\n\n") == [
        "Dix employeurs",
        "Ligne une",
        "Ligne deux",
        "À apporter : un CV",
        "Pour venir : Bus 10",
        f"Informations et inscription : {entry['URL']}",
    ]
    assert (entry["TRANSP"], entry["CLASS"]) == ("TRANSPARENT", "PUBLIC")


def test_d4_repeated_workshop_keeps_its_wall_time_across_the_change(site: Site) -> None:
    """Each occurrence is an event with a UID of its own: no RRULE stands in a feed beside the zone's."""
    first = datetime(2026, 3, 17, 13, 30, tzinfo=PARIS)
    event_id = published(site, starts_at=first, ends_at=first + timedelta(hours=2))
    days = occurrence_days(first.date(), every_weeks=1, until_on=date(2026, 4, 7), except_on=[date(2026, 3, 24)])
    with site.changing() as db:
        for copy_id in repeat_event(db, event_id, on_days=days, zone=PARIS, now=site.now, account_id=None):
            publish_event(db, copy_id, now=site.now, account_id=None)
    entries = site.entries()
    assert [entry["DTSTART"] for entry in entries] == ["20260317T133000", "20260331T133000", "20260407T133000"]
    assert len({entry["UID"] for entry in entries}) == 3
    assert not [entry for entry in entries if "RRULE" in entry or "EXDATE" in entry]


def test_one_event_has_a_file_of_its_own_as_long_as_it_is_known(site: Site) -> None:
    event_id = published(site)
    published(site, title="Autre")
    with site.changing() as db:
        slug = the_event(db, event_id).slug
        draft_id = create_event(db, replace(DRAFT, title="Brouillon"), capacity=1, now=NOW, account_id=None)
        hidden = the_event(db, draft_id).slug
    own = site.entries(f"/events/{slug}.ics")
    assert own == [entry for entry in site.entries() if entry["SUMMARY"] == "Job dating d’essai"]
    assert "NAME:Agenda MDE – Job dating d’essai" in lines_of(site.octets(f"/events/{slug}.ics"))
    assert site.client.get(f"/events/{hidden}.ics").status_code == 404
    assert site.client.get("/events/inconnu.ics").status_code == 404
    assert site.client.get(f"/events/{slug}").mimetype == "text/html"
    called_off(site, event_id, EventState.WITHDRAWN)
    assert site.entries(f"/events/{slug}.ics")[0]["STATUS"] == "CANCELLED"


def test_c2_c4_corrected_venue_changes_the_events_held_there(site: Site) -> None:
    with site.changing() as db:
        venue_id = a_venue(db)
    published(site, venue_id=venue_id)
    before, tag = site.entries()[0], site.tag()
    sequences = [before["SEQUENCE"]]
    for draft in (replace(HALL, transport="Bus 12"), replace(HALL, address="9 rue de l’Exemple")):
        with site.changing() as db:
            revise_venue(db, venue_id, draft, now=site.now, account_id=None)
        after = site.entries()[0]
        assert after["DTSTAMP"] > before["DTSTAMP"]
        assert site.tag() != tag
        before, tag = after, site.tag()
        sequences.append(after["SEQUENCE"])
    assert sequences == ["0", "0", "1"]
    assert after["LOCATION"].startswith("Salle des fêtes\\, 9 rue de l’Exemple")

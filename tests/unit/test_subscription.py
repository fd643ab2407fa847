"""E8: addresses that put the agenda or an event in the calendar that a person already uses."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from alpes_events.agenda.calendar import CalendarEntry, EntryStatus
from alpes_events.agenda.subscription import add_links, subscribe_links

FEED = "https://agenda.example.org/feeds/agenda.ics?kind=salon&territory=MNO"
FILE = "https://agenda.example.org/events/x.ics"
ENTRY = CalendarEntry(
    uid="a@example.org",
    sequence=0,
    status=EntryStatus.CONFIRMED,
    summary="Café & emploi",
    starts_at=datetime(2026, 3, 12, 8, 30, tzinfo=UTC),
    ends_at=datetime(2026, 3, 12, 11, 0, tzinfo=UTC),
    all_day=False,
    created_at=datetime(2026, 1, 5, 9, 0, tzinfo=UTC),
    revised_at=datetime(2026, 2, 1, 10, 0, tzinfo=UTC),
    description="Venez.\nAvec un CV + une lettre",
    location="Salle, Lambersart",
    url="https://agenda.example.org/events/x",
)


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query, keep_blank_values=True).items()}


def test_e8_feed_is_followed_by_its_own_address_in_each_calendar() -> None:
    links = subscribe_links(FEED, name="Agenda MDE")
    webcal = "webcal://agenda.example.org/feeds/agenda.ics?kind=salon&territory=MNO"
    assert (links.https, links.webcal) == (FEED, webcal)
    assert query_of(links.google) == {"cid": webcal}
    assert query_of(links.outlook) == {"url": FEED, "name": "Agenda MDE"}
    assert {urlsplit(link).hostname for link in (links.google, links.outlook)} == {
        "calendar.google.com",
        "outlook.live.com",
    }


def test_e8_event_is_added_with_its_hours_and_words() -> None:
    links = add_links(ENTRY, time_zone="Europe/Paris", file_url=FILE)
    google = query_of(links.google)
    assert google["text"] == "Café & emploi"
    assert google["dates"] == "20260312T083000Z/20260312T110000Z"
    assert google["details"] == "Venez.\nAvec un CV + une lettre"
    outlook = query_of(links.outlook)
    assert (outlook["startdt"], outlook["enddt"]) == ("2026-03-12T08:30:00Z", "2026-03-12T11:00:00Z")
    assert query_of(links.office) == outlook
    assert links.apple == FILE


def test_e8_all_day_event_is_added_by_its_days() -> None:
    midnight = datetime(2026, 3, 9, 23, 0, tzinfo=UTC)
    whole = replace(ENTRY, all_day=True, starts_at=midnight, ends_at=midnight + timedelta(days=2))
    links = add_links(whole, time_zone="Europe/Paris", file_url=FILE)
    assert query_of(links.google)["dates"] == "20260310/20260312"
    outlook = query_of(links.outlook)
    assert (outlook["startdt"], outlook["enddt"], outlook["allday"]) == ("2026-03-10", "2026-03-12", "true")


def test_e8_long_description_is_cut_at_a_word_and_gives_the_page() -> None:
    links = add_links(replace(ENTRY, description="é mot " * 900), time_zone="Europe/Paris", file_url=FILE)
    details = query_of(links.google)["details"]
    assert details.endswith(" …\n\nhttps://agenda.example.org/events/x")
    assert len(details) < 850

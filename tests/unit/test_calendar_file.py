"""B, C, D: what a calendar file says, as its lines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alpes_events.agenda.calendar import CalendarEntry, EntryStatus, Feed, render_feed
from alpes_events.agenda.invitation import Invitation, Party, cancel_body, request_body
from alpes_events.territory.time_zone import ZoneRefused, zone_lines

FEED = Feed(
    name="Agenda, Nord",
    description="Pour l’emploi",
    source="https://example.org/feeds/agenda.ics",
    language="fr",
    time_zone="Europe/Paris",
)
ENTRY = CalendarEntry(
    uid="0a1b@alpes.example.org",
    sequence=3,
    status=EntryStatus.CONFIRMED,
    summary="Job dating; métiers du textile",
    starts_at=datetime(2026, 3, 12, 8, 30, tzinfo=UTC),
    ends_at=datetime(2026, 3, 12, 11, 0, tzinfo=UTC),
    all_day=False,
    created_at=datetime(2026, 1, 5, 9, 0, tzinfo=UTC),
    revised_at=datetime(2026, 2, 1, 10, 0, 7, tzinfo=UTC),
    description="Venez avec un CV.\nEntrée libre",
    location="Salle des fêtes, Lambersart",
    position=(50.65, 3.0256789),
    url="https://example.org/events/job-dating",
    categories=("Job dating", "Textile, mode"),
)


def lines_of(octets: bytes) -> list[str]:
    return octets.replace(b"\r\n ", b"").decode().splitlines()


def published(*entries: CalendarEntry, feed: Feed = FEED) -> list[str]:
    return lines_of(render_feed(feed, entries))


def when(**changes: object) -> list[str]:
    entry = replace(ENTRY, **changes)  # type: ignore[arg-type]
    return [line for line in published(entry)[30:] if line.startswith(("DTSTART", "DTEND"))]


def test_b_feed_opens_with_what_it_is_and_where_it_comes_from() -> None:
    """B1 B2 B3 B4 B5."""
    assert published()[:13] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//alpes//agenda//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Agenda\\, Nord",
        "X-WR-CALNAME:Agenda\\, Nord",
        "X-WR-TIMEZONE:Europe/Paris",
        "DESCRIPTION:Pour l’emploi",
        "X-WR-CALDESC:Pour l’emploi",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "SOURCE;VALUE=URI:https://example.org/feeds/agenda.ics",
    ]


def test_b6_d1_empty_feed_holds_its_zone() -> None:
    assert published()[13:] == [*zone_lines("Europe/Paris"), "END:VCALENDAR"]


def test_b5_secret_address_is_not_written_in_the_file() -> None:
    assert not [line for line in published(feed=replace(FEED, source="")) if line.startswith("SOURCE")]


def test_c_entry_says_everything_once() -> None:
    """C1 C2 C3 C4 C8 C9 C11, after the zone (D1)."""
    lines = published(ENTRY)
    start = lines.index("BEGIN:VEVENT")
    assert start > lines.index("END:VTIMEZONE")
    assert lines[start:-1] == [
        "BEGIN:VEVENT",
        "UID:0a1b@alpes.example.org",
        "DTSTAMP:20260201T100007Z",
        "DTSTART;TZID=Europe/Paris:20260312T093000",
        "DTEND;TZID=Europe/Paris:20260312T120000",
        "SUMMARY:Job dating\\; métiers du textile",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "CLASS:PUBLIC",
        "CREATED:20260105T090000Z",
        "LAST-MODIFIED:20260201T100007Z",
        "CATEGORIES:Job dating,Textile\\, mode",
        "LOCATION:Salle des fêtes\\, Lambersart",
        "GEO:50.650000;3.025679",
        "URL:https://example.org/events/job-dating",
        "DESCRIPTION:Venez avec un CV.\\nEntrée libre",
        "END:VEVENT",
    ]


def test_c2_e4_same_entries_give_the_same_octets() -> None:
    assert render_feed(FEED, [ENTRY]) == render_feed(replace(FEED), iter([replace(ENTRY)]))


@pytest.mark.parametrize(("language", "word"), [("fr", "ANNULÉ : "), ("en", "CANCELLED: ")])
def test_c5_cancelled_entry_says_so_before_its_summary(language: str, word: str) -> None:
    lines = published(replace(ENTRY, status=EntryStatus.CANCELLED), feed=replace(FEED, language=language))
    assert "STATUS:CANCELLED" in lines
    assert f"SUMMARY:{word}Job dating\\; métiers du textile" in lines


def test_c9_only_what_takes_the_readers_time_is_opaque() -> None:
    own = replace(ENTRY, busy=True, private=True)
    assert {"TRANSP:OPAQUE", "CLASS:PRIVATE"} <= set(published(own))
    assert "TRANSP:TRANSPARENT" in published(replace(own, status=EntryStatus.CANCELLED))


def test_c8_all_day_entry_ends_on_the_day_after_its_last() -> None:
    midnight = datetime(2026, 3, 9, 23, 0, tzinfo=UTC)  # 10 March in Paris
    one_day = when(all_day=True, starts_at=midnight, ends_at=midnight + timedelta(days=1))
    assert one_day == ["DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260311"]
    assert when(all_day=True, starts_at=midnight, ends_at=midnight + timedelta(hours=18)) == one_day
    assert when(all_day=True, starts_at=midnight, ends_at=midnight + timedelta(hours=30)) == [
        "DTSTART;VALUE=DATE:20260310",
        "DTEND;VALUE=DATE:20260312",
    ]


def test_d3_hour_that_happens_twice_is_said_in_utc_both_times() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    half = timedelta(minutes=20)
    assert when(starts_at=first, ends_at=first + half) == ["DTSTART:20261025T003000Z", "DTEND:20261025T005000Z"]
    second = first + timedelta(hours=1)
    assert when(starts_at=second, ends_at=second + half) == ["DTSTART:20261025T013000Z", "DTEND:20261025T015000Z"]


def test_d2_paris_has_its_two_rules() -> None:
    lines = zone_lines("Europe/Paris")
    assert lines[2:9] == (
        "BEGIN:STANDARD",
        "DTSTART:19961027T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "END:STANDARD",
    )
    assert lines[9:16] == (
        "BEGIN:DAYLIGHT",
        "DTSTART:19810329T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "END:DAYLIGHT",
    )


def test_d1_another_zone_gets_rules_of_its_own() -> None:
    miquelon = zone_lines("America/Miquelon")
    assert "TZID:America/Miquelon" in miquelon
    assert [line for line in miquelon if line.startswith("RRULE")] == [
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
    ]
    reunion = zone_lines("Indian/Reunion")
    assert ("TZOFFSETFROM:+0400" in reunion, "TZOFFSETTO:+0400" in reunion) == (True, True)
    assert not [line for line in reunion if line.startswith("RRULE")]


@pytest.mark.parametrize("name", ["Africa/Casablanca", "Europe/Lille", "../etc/passwd", ""])
def test_d1_zone_that_no_yearly_rule_describes_is_refused(name: str) -> None:
    with pytest.raises(ZoneRefused):
        zone_lines(name)


INVITATION = Invitation(
    entry=replace(ENTRY, busy=True, private=True),
    organiser=Party("Maison de l’Emploi", "contact@example.org"),
    attendee=Party('Zoé "Zo"; de\r\nATTENDEE:mailto:x@example.org', "zoe+cv@example.org"),
    time_zone="Europe/Paris",
    language="fr",
)


def test_f1_request_names_the_organiser_and_exactly_one_attendee_who_is_not_asked() -> None:
    lines = lines_of(request_body(INVITATION))
    assert "METHOD:REQUEST" in lines
    assert [line for line in lines if line.startswith(("ORGANIZER", "ATTENDEE"))] == [
        'ORGANIZER;CN="Maison de l’Emploi":mailto:contact@example.org',
        (
            "ATTENDEE;CN=\"Zoé 'Zo'; de ATTENDEE:mailto:x@example.org\";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;"
            "PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:zoe+cv@example.org"
        ),
    ]


def test_f2_move_is_a_request_with_the_same_uid_and_a_higher_sequence() -> None:
    moved = replace(INVITATION, entry=replace(INVITATION.entry, sequence=4))
    before, after = lines_of(request_body(INVITATION)), lines_of(request_body(moved))
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [("SEQUENCE:3", "SEQUENCE:4")]


def test_f3_cancellation_cancels_the_entry_by_its_method_and_status() -> None:
    off = replace(INVITATION, entry=replace(INVITATION.entry, status=EntryStatus.CANCELLED, sequence=4))
    lines = lines_of(cancel_body(off))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:4", "UID:0a1b@alpes.example.org"} <= set(lines)
    assert len([line for line in lines if line.startswith("ATTENDEE")]) == 1
    with pytest.raises(ValueError, match="cancelled entry"):
        cancel_body(INVITATION)


def test_b2_c10_people_and_other_methods_stand_in_mails_only() -> None:
    assert not [line for line in published(ENTRY) if line.startswith(("ORGANIZER", "ATTENDEE"))]
    assert [line for line in published(ENTRY) if line.startswith("METHOD")] == ["METHOD:PUBLISH"]
    for body in (request_body(INVITATION), render_feed(FEED, [ENTRY])):
        assert body.count(b"BEGIN:VTIMEZONE") == 1

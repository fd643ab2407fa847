"""A person's own calendar (C4, E9): what it holds, how its secret address opens and closes, and mails that match it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from alpes_events.agenda.calendar import EntryStatus
from alpes_events.agenda.commands import the_event
from alpes_events.agenda.draft import EventDraft, SessionDraft
from alpes_events.agenda.feeds import FeedAddress
from alpes_events.agenda.invitation import Invitation, Party, cancel_body, request_body
from alpes_events.agenda.models import EventState
from alpes_events.agenda.revision import revise_event
from alpes_events.agenda.sessions import add_session, revise_session
from alpes_events.attendance.models import Presence
from alpes_events.attendance.offers import accept_offer, expire_offers
from alpes_events.attendance.own_calendar import registration_entry
from alpes_events.attendance.presence import mark_presence
from alpes_events.attendance.release import (
    UnknownRegistration,
    call_off_event,
    call_off_session,
    cancel_registration,
    revoke_registration,
)
from alpes_events.database.engine import Database
from alpes_events.people.feed_token import UnknownFeedToken, make_feed_token, owner_of_token, revoke_feed_tokens
from alpes_events.people.models import Candidate, FeedToken
from alpes_web.logs import configure_logs
from tests.support.calendars import Entry, Site, entries_of, lines_of, statements
from tests.support.databases import Templates
from tests.support.stories import NOW, STARTS_AT, an_event, an_organisation, signs_up, somebody

ADDRESS = FeedAddress("http://localhost", "fr")
ME = 1
DAY = timedelta(days=1)


@pytest.fixture
def site(organised: Database) -> Site:
    """The web on a fresh database with an organisation."""
    return Site(organised)


@pytest.fixture
def light(templates: Templates) -> Iterator[Site]:
    """The same on SQLite alone, for what no database decides."""
    with templates.fresh("sqlite", an_organisation) as database:
        yield Site(database)


def my_address(site: Site, number: int = ME) -> str:
    """The secret address of person `number`, who signed up before."""
    with site.changing() as db:
        email = somebody(number).email
        owner = db.exec(select(Candidate.id).where(Candidate.email == email)).one()
        assert owner is not None
        return f"/feeds/me/{make_feed_token(db, owner, now=site.now)}.ics"


def signed_up(site: Site, event_id: int, number: int = ME, **more: Any) -> int:
    with site.changing() as db:
        return signs_up(db, event_id, number, now=site.now, **more).registration_id


def published(site: Site, *, capacity: int | None = 1, title: str = "Job dating d’essai") -> int:
    with site.changing() as db:
        return an_event(db, capacity=capacity, now=site.now, title=title)


def gave_up(site: Site, registration_id: int) -> None:
    with site.changing() as db:
        assert cancel_registration(db, registration_id, by="self", now=site.now)


def told(entry: Entry) -> tuple[str, int]:
    return entry["STATUS"], int(entry["SEQUENCE"])


def test_own_calendar_holds_what_the_person_signed_up_for(light: Site) -> None:
    event_id = published(light)
    published(light, title="Autre")
    signed_up(light, event_id)
    [entry] = light.entries(my_address(light))
    public = [item for item in light.entries() if item["SUMMARY"] == entry["SUMMARY"]]
    assert [item["UID"] for item in public] == [entry["UID"]]
    assert told(entry) == ("CONFIRMED", 0)
    assert (entry["TRANSP"], entry["CLASS"]) == ("OPAQUE", "PRIVATE")
    assert re.match(r"Votre inscription est confirmée. Référence : \w{3}-\w{3}-\w{3}\\n\\n", entry["DESCRIPTION"])


def test_c4_sequence_rises_at_each_cancellation_and_return_and_never_falls(site: Site) -> None:
    event_id = published(site, capacity=1)
    first = signed_up(site, event_id)
    address = my_address(site)
    seen = [told(site.entries(address)[0])]
    gave_up(site, first)
    seen.append(told(site.entries(address)[0]))
    second = signed_up(site, event_id)
    seen.append(told(site.entries(address)[0]))
    with site.changing() as db:
        draft = replace(EventDraft.of(the_event(db, event_id)), ends_at=STARTS_AT + timedelta(hours=5))
        revise_event(db, event_id, draft, now=site.now, account_id=None)
    seen.append(told(site.entries(address)[0]))
    gave_up(site, second)
    seen.append(told(site.entries(address)[0]))
    assert seen == [("CONFIRMED", 0), ("CANCELLED", 1), ("CONFIRMED", 2), ("CONFIRMED", 3), ("CANCELLED", 4)]


def test_c4_excused_person_has_left_and_a_correction_brings_them_back(site: Site) -> None:
    registration_id = signed_up(site, published(site, capacity=3))
    address = my_address(site)
    seen = [told(site.entries(address)[0])]
    marks = (
        Presence.EXCUSED,
        Presence.EXCUSED,
        Presence.UNKNOWN,
        Presence.NO_SHOW,
        Presence.EXCUSED,
        Presence.ATTENDED,
    )
    for number, presence in enumerate(marks):
        with site.changing() as db:
            mark_presence(db, registration_id, presence, mark_key=str(number), now=site.now, account_id=None)
        seen.append(told(site.entries(address)[0]))
    here, gone = "CONFIRMED", "CANCELLED"
    assert seen == [(here, 0), (gone, 1), (gone, 1), (here, 2), (here, 2), (gone, 3), (here, 4)]


def test_c4_revoked_person_sees_it_in_their_calendar(site: Site) -> None:
    registration_id = signed_up(site, published(site))
    address = my_address(site)
    with site.changing() as db:
        assert revoke_registration(db, registration_id, now=site.now, account_id=None)
    assert told(site.entries(address)[0]) == ("CANCELLED", 1)


def test_c2_stamp_is_the_last_change_of_event_or_sign_up(light: Site) -> None:
    event_id = published(light)
    light.now = NOW + timedelta(hours=1)
    registration_id = signed_up(light, event_id)
    address = my_address(light)
    stamps = [light.entries(address)[0]["DTSTAMP"]]
    with light.changing() as db:
        draft = replace(EventDraft.of(the_event(db, event_id)), title="Autre")
        revise_event(db, event_id, draft, now=light.now, account_id=None)
    stamps.append(light.entries(address)[0]["DTSTAMP"])
    gave_up(light, registration_id)
    stamps.append(light.entries(address)[0]["DTSTAMP"])
    assert stamps == ["20260302T100100Z", "20260302T100300Z", "20260302T100400Z"]


def test_waiting_is_no_appointment_until_a_place_is_offered(site: Site) -> None:
    event_id = published(site, capacity=1)
    holder = signed_up(site, event_id, 2)
    waiting = signed_up(site, event_id)
    address = my_address(site)
    assert site.entries(address) == []
    gave_up(site, holder)
    assert told(site.entries(address)[0]) == ("TENTATIVE", 0)
    with site.changing() as db:
        accept_offer(db, waiting, now=site.now)
    assert told(site.entries(address)[0]) == ("CONFIRMED", 0)


def test_offer_that_lapses_is_cancelled_and_a_wait_that_ends_says_nothing(site: Site) -> None:
    event_id = published(site, capacity=1)
    holder = signed_up(site, event_id, 2)
    signed_up(site, event_id)
    gave_up(site, signed_up(site, event_id, 3))
    gave_up(site, holder)
    address, other = my_address(site), my_address(site, 3)
    site.now += 3 * DAY
    with site.changing() as db:
        assert expire_offers(db, now=site.now) == 1
    assert told(site.entries(address)[0]) == ("CANCELLED", 1)
    assert site.entries(other) == []


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.WITHDRAWN])
def test_c5_c6_event_that_is_off_is_cancelled_for_ninety_days(site: Site, state: EventState) -> None:
    event_id = published(site)
    signed_up(site, event_id)
    address = my_address(site)
    with site.changing() as db:
        call_off_event(db, event_id, state=state, now=site.now, account_id=None)
    assert told(site.entries(address)[0]) == ("CANCELLED", 1)
    site.now = STARTS_AT + timedelta(hours=3) + 90 * DAY - timedelta(minutes=1)
    tag = site.tag(address)
    assert len(site.entries(address)) == 1
    site.now += timedelta(minutes=1)
    assert site.entries(address) == []
    assert site.tag(address) != tag


def test_session_is_an_entry_of_its_own_at_the_events_place(site: Site) -> None:
    event_id = published(site)
    hour = timedelta(hours=1)
    draft = SessionDraft("Atelier CV", STARTS_AT, STARTS_AT + hour, room="Salle 2", capacity=3)
    with site.changing() as db:
        session_id = add_session(db, event_id, draft, now=site.now, account_id=None)
    signed_up(site, event_id, session_id=session_id)
    signed_up(site, event_id)
    address = my_address(site)
    entries = {entry["SUMMARY"]: entry for entry in site.entries(address)}
    assert sorted(entries) == ["Atelier CV – Job dating d’essai", "Job dating d’essai"]
    part = entries["Atelier CV – Job dating d’essai"]
    assert (part["DTSTART"], part["DTEND"], part["LOCATION"]) == ("20260312T140000", "20260312T150000", "Salle 2")
    with site.changing() as db:
        revise_session(db, session_id, replace(draft, room="Salle 3"), now=site.now, account_id=None)
    (part,) = (entry for entry in site.entries(address) if "Atelier" in entry["SUMMARY"])
    assert (told(part)[1], part["DTSTAMP"]) == (1, f"{site.now:%Y%m%dT%H%M%SZ}")
    with site.changing() as db:
        call_off_session(db, session_id, now=site.now, account_id=None)
    assert sorted(told(entry) for entry in site.entries(address)) == [("CANCELLED", 2), ("CONFIRMED", 0)]


def test_merged_records_share_one_calendar(site: Site) -> None:
    signed_up(site, published(site, title="Un"), 1)
    signed_up(site, published(site, title="Deux"), 2)
    mine, other = my_address(site, 1), my_address(site, 2)
    with site.changing() as db:
        db.get_one(Candidate, 2).merged_into = 1
    assert {entry["SUMMARY"] for entry in site.entries(mine)} == {"Un", "Deux"}
    assert site.octets(mine) == site.octets(other)


def test_e2_own_calendar_is_revalidated_without_rendering(site: Site) -> None:
    event_id = published(site)
    registration_id = signed_up(site, event_id)
    address = my_address(site)
    tag = site.tag(address)
    with statements(site.database) as sent:
        answer = site.client.get(address, headers={"If-None-Match": f"W/{tag}"})
    assert (answer.status_code, answer.headers["ETag"]) == (304, tag)
    assert not [statement for statement in sent if "event.description" in statement]
    with site.changing() as db:
        mark_presence(db, registration_id, Presence.ATTENDED, mark_key="k", now=site.now, account_id=None)
    assert site.client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_e9_secret_address_is_stored_hashed_and_stops_when_revoked(site: Site) -> None:
    event_id = published(site)
    signed_up(site, event_id)
    phone, computer = my_address(site), my_address(site)
    secret = phone.split("/")[-1].removesuffix(".ics")
    assert len(secret) >= 128 / 6
    with site.changing() as db:
        stored = db.exec(select(FeedToken)).all()
        assert secret not in repr([row.model_dump() for row in stored])
        owner = owner_of_token(db, secret)
        assert {site.client.get(address).status_code for address in (phone, computer)} == {200}
        assert revoke_feed_tokens(db, owner, now=site.now) == 2
    for address in (phone, computer, "/feeds/me/x.ics", f"/feeds/me/{secret.swapcase()}.ics"):
        assert site.client.get(address).status_code == 404


def test_e9_own_calendar_names_nobody_and_is_kept_by_nobody(light: Site) -> None:
    signed_up(light, published(light))
    address = my_address(light)
    answer = light.client.get(address)
    text = "\n".join(lines_of(answer.data))
    person = somebody(ME)
    assert not [word for word in (person.given_name, person.family_name, person.email, "mailto:") if word in text]
    assert address not in text
    assert "ATTENDEE" not in text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers


def test_e9_secret_address_opens_no_account(light: Site) -> None:
    signed_up(light, published(light))
    address = my_address(light)
    light.client.get(address)
    assert light.client.get("/account").status_code == 303


def test_e9_secret_address_is_in_no_log(light: Site, capfd: pytest.CaptureFixture[str]) -> None:
    configure_logs("text")
    signed_up(light, published(light))
    address = my_address(light)
    light.client.get(address)
    light.client.get(address.replace(".ics", "x.ics"))
    logged = "".join(capfd.readouterr())
    assert logged.count("route=/feeds/me/<token>.ics") == 2
    assert address.split("/")[-1].removesuffix(".ics") not in logged


def test_e9_erased_person_has_no_calendar(light: Site) -> None:
    signed_up(light, published(light))
    address = my_address(light)
    with light.changing() as db:
        db.get_one(Candidate, 1).erased_at = light.now
    assert light.client.get(address).status_code == 404


def test_e10_guessing_addresses_is_slowed_down_and_owners_are_not(light: Site) -> None:
    signed_up(light, published(light))
    address = my_address(light)
    answers = [light.client.get(f"/feeds/me/guess{number}.ics") for number in range(21)]
    assert [answer.status_code for answer in answers[-2:]] == [404, 429]
    assert int(answers[-1].headers["Retry-After"]) <= 60
    assert light.client.get(address).status_code == 200


def test_own_calendar_speaks_the_persons_language(light: Site) -> None:
    signed_up(light, published(light))
    address = my_address(light)
    with light.changing() as db:
        db.get_one(Candidate, 1).language = "en"
    assert "NAME:My appointments – MDE" in lines_of(light.octets(address))
    assert "NAME:Mes rendez-vous – MDE" in lines_of(light.octets(f"{address}?lang=fr"))


def invitation(db: Session, registration_id: int) -> Invitation:
    return Invitation(
        entry=registration_entry(db, registration_id, address=ADDRESS),
        organiser=Party("MDE", "bonjour@example.org"),
        attendee=Party("Zoé", "zoe@example.org"),
        time_zone="Europe/Paris",
        language="fr",
    )


def test_c1_f_mails_and_own_calendar_speak_of_the_same_entry(site: Site) -> None:
    event_id = published(site)
    registration_id = signed_up(site, event_id)
    address = my_address(site)
    with site.changing() as db:
        mailed = entries_of(request_body(invitation(db, registration_id)))[0]
    own = site.entries(address)[0]
    assert {name: mailed[name] for name in own} == own
    gave_up(site, registration_id)
    with site.changing() as db:
        cancelled = entries_of(cancel_body(invitation(db, registration_id)))[0]
    own = site.entries(address)[0]
    assert {name: cancelled[name] for name in own} == own
    assert (mailed["UID"], told(mailed), told(cancelled)) == (own["UID"], ("CONFIRMED", 0), ("CANCELLED", 1))


def test_entry_of_an_unknown_sign_up_is_refused(light: Site) -> None:
    with light.changing() as db, pytest.raises(UnknownRegistration):
        registration_entry(db, 99, address=ADDRESS)
    with light.changing() as db, pytest.raises(UnknownFeedToken):
        owner_of_token(db, "")
    assert EntryStatus.CANCELLED == "CANCELLED"

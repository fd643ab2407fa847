"""What leaves: subject, text, HTML and invitation, as things are when it is sent; what strangers type is inert."""

from dataclasses import dataclass, replace
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from sqlmodel import col, select

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.revision import revise_event
from alpes_events.attendance import offers, release
from alpes_events.database.engine import Database
from alpes_events.messages.carrier import FolderCarrier
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.messages.preview import preview_message, preview_sample
from alpes_events.messages.sending import Sender
from alpes_events.messages.sign_in import ask_sign_in
from alpes_events.messages.wording import Wording, change_wording
from alpes_events.people.models import Account, Candidate, Role, SignInLink
from alpes_events.people.sign_in import use_link
from alpes_web.demo_mailbox import newest_mail, one_mail
from alpes_web.links import Purpose, reference_in
from tests.support.posts import BASE, KEY, Clock, a_sender, deliver_messages, send_all
from tests.support.stories import NOW, an_event, signs_up

PARIS = ZoneInfo("Europe/Paris")
PAYLOAD = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


@dataclass
class Post:
    """A deployment whose mail lands in a folder."""

    database: Database
    folder: Path
    clock: Clock
    sender: Sender

    def leave(self) -> list[EmailMessage]:
        """Deliver, send, and read what was sent since the last time, in the order of the outbox."""
        for old in (self.folder / "new").glob("*"):
            old.unlink()
        deliver_messages(self.database, self.clock)
        send_all(self.sender)
        mails = [_read(file) for file in (self.folder / "new").glob("*")]
        with self.database.reading() as db:
            order = list(db.exec(select(OutboxMessage.message_id).order_by(col(OutboxMessage.id))))
        return sorted(mails, key=lambda mail: order.index(str(mail["Message-ID"])))


@pytest.fixture
def post(organised: Database, tmp_path: Path) -> Post:
    clock = Clock()
    return Post(organised, tmp_path, clock, a_sender(organised, FolderCarrier(tmp_path), clock))


def _read(file: Path) -> EmailMessage:
    mail = BytesParser(EmailMessage, policy=policy.default).parsebytes(file.read_bytes())
    assert isinstance(mail, EmailMessage)
    return mail


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def invitation(mail: EmailMessage) -> tuple[str, Event] | None:
    """The method in the MIME header and the event, of a mail that has a calendar part."""
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    if not parts:
        return None
    (part,) = parts
    assert part.get_content_charset() == "utf-8"
    calendar = Calendar.from_ical(part.get_content())
    (event,) = calendar.walk("VEVENT")
    method = part["Content-Type"].params["method"]
    assert str(calendar["METHOD"]) == method
    (attached,) = mail.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("application/ics", "invitation.ics")
    assert attached.get_content().replace(b"\r\n", b"\n") == part.get_content().replace("\r\n", "\n").encode()
    assert isinstance(event, Event)
    return method, event


def sequence(event: Event) -> int:
    return int(str(event["SEQUENCE"]))


def test_a_confirmation_invites_and_a_move_replaces_and_a_cancellation_takes_back(post: Post) -> None:
    with post.database.writing() as db:
        event_id = an_event(db)
        registration_id = signs_up(db, event_id, 1).registration_id
        db.commit()
    (mail,) = post.leave()
    method, first = invitation(mail) or pytest.fail("no invitation")
    assert method == "REQUEST"
    attendees = first["ATTENDEE"]
    assert str(attendees) == "mailto:personne1@example.org", "exactly one"
    assert (attendees.params["PARTSTAT"], attendees.params["RSVP"]) == ("ACCEPTED", "FALSE")
    assert str(first["ORGANIZER"]) == "mailto:bonjour@example.org"
    with post.database.writing() as db:
        draft = EventDraft.of(the_event(db, event_id))
        moved = replace(
            draft, starts_at=draft.starts_at + timedelta(hours=1), ends_at=draft.ends_at + timedelta(hours=1)
        )
        revise_event(db, event_id, moved, now=post.clock.now, account_id=None)
        db.commit()
    (mail,) = post.leave()
    method, second = invitation(mail) or pytest.fail("no invitation")
    assert (method, second["UID"], sequence(second)) == ("REQUEST", first["UID"], sequence(first) + 1)
    assert second.decoded("DTSTART").astimezone(PARIS).hour == 15
    with post.database.writing() as db:
        release.cancel_registration(db, registration_id, by="self", now=post.clock.now)
        db.commit()
    (mail,) = post.leave()
    method, third = invitation(mail) or pytest.fail("no cancellation")
    assert (method, third["UID"], str(third["STATUS"])) == ("CANCEL", first["UID"], "CANCELLED")
    assert sequence(third) == sequence(second) + 1


def test_only_who_was_invited_gets_a_cancellation_of_it(post: Post) -> None:
    with post.database.writing() as db:
        event_id = an_event(db, capacity=1)
        for number in range(2):
            signs_up(db, event_id, number)
        db.commit()
    post.leave()
    with post.database.writing() as db:
        release.call_off_event(db, event_id, reason="Salle inondée.", now=post.clock.now, account_id=None)
        db.commit()
    confirmed, waiting = post.leave()
    assert (invitation(confirmed) or ("", None))[0] == "CANCEL"
    assert invitation(waiting) is None
    assert all("Salle inondée." in body(mail, kind) for mail in (confirmed, waiting) for kind in ("plain", "html"))


def test_an_offer_names_its_deadline_and_its_link_is_signed_for_it(post: Post) -> None:
    with post.database.writing() as db:
        event_id = an_event(db, capacity=1)
        first, second = (signs_up(db, event_id, number) for number in range(2))
        db.commit()
    post.leave()
    with post.database.writing() as db:
        release.cancel_registration(db, first.registration_id, by="self", now=post.clock.now)
        db.commit()
    offer = next(mail for mail in post.leave() if str(mail["To"]) == "personne1@example.org")
    assert offer["Subject"] == "Une place s’est libérée : confirmez avant mardi 3 mars, 10 h"
    link = next(line for line in body(offer, "plain").splitlines() if line.startswith(f"{BASE}/offers/"))
    secret = link.rpartition("/")[2]
    assert reference_in(secret, purpose=Purpose.OFFER, key=KEY) == second.reference
    assert reference_in(secret, purpose=Purpose.MANAGE, key=KEY) is None
    with post.database.writing() as db:
        offers.accept_offer(db, second.registration_id, now=post.clock.now)
        db.commit()
    (mail,) = post.leave()
    assert "Vous avez pris la place qui s’est libérée" in body(mail, "plain")


def test_what_people_type_is_inert_in_html_and_headers(post: Post) -> None:
    with post.database.writing() as db:
        event_id = an_event(db, title=f"Forum\r\nBcc: evil@example.com {PAYLOAD}"[:140], to_bring=PAYLOAD)
        signs_up(db, event_id, 1)
        db.exec(select(Candidate)).one().given_name = "Zoé\r\nBcc: evil@example.com"
        db.commit()
    (mail,) = post.leave()
    assert mail["Bcc"] is None
    assert mail.keys().count("Subject") == 1
    assert "\n" not in str(mail["Subject"])
    assert "\n" not in str(mail["From"])
    html = body(mail, "html")
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert "evil@example.com" not in body(mail, "plain").splitlines()[0], "a name that is an address is not greeted"


def test_headers_tell_robots_and_people_what_this_is(post: Post) -> None:
    with post.database.writing() as db:
        signs_up(db, an_event(db), 1, language="en")
        db.commit()
    (mail,) = post.leave()
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "en")
    assert str(mail["From"]) == "Maison de l'Emploi d'essai <bonjour@example.org>"
    assert mail["Subject"] == "Your place is kept: Thursday 12 March, 14:00"
    assert 'lang="en"' in body(mail, "html")


def test_the_organisation_changes_subject_and_opening(post: Post) -> None:
    with post.database.writing() as db:
        own = Wording(
            subject="{prénom}, on vous attend\r\nBcc: a@example.com", opening="Venez {date}.\n\n<b>{inconnu}</b>"
        )
        change_wording(db, MessageKind.CONFIRMED, "fr", own, today=NOW.date(), now=NOW, account_id=None)
        signs_up(db, an_event(db), 1)
        db.commit()
    (mail,) = post.leave()
    assert mail["Subject"] == "Prénomb, on vous attend Bcc: a@example.com"
    assert mail["Bcc"] is None
    assert "Venez jeudi 12 mars, 14 h.\n\n<b>{inconnu}</b>\n" in body(mail, "plain")
    assert "&lt;b&gt;{inconnu}&lt;/b&gt;" in body(mail, "html")


def test_sign_in_secrets_are_made_at_sending_and_stand_nowhere_else(post: Post) -> None:
    with post.database.writing() as db:
        account = Account(email="samira@example.org", name="Samira", role=Role.CANDIDATE, created_at=NOW)
        db.add(account)
        db.flush()
        link_id = ask_sign_in(db, account_id=account.id or 0, browser_hash="", language="fr", now=NOW)
        db.commit()
    with post.database.reading() as db:
        row = db.exec(select(OutboxMessage)).one()
        assert (db.get_one(SignInLink, link_id).secret_hash, row.urgent) == (None, True)
        seen = preview_message(db, row.id or 0, base_url=BASE, now=NOW)
        assert "••• •••" in seen.text
    (mail,) = post.leave()
    text = body(mail, "plain")
    secret = next(line for line in text.splitlines() if line.startswith(BASE)).rpartition("/")[2]
    code = next(line.strip() for line in text.splitlines() if line.startswith("    "))
    with post.database.writing() as db:
        assert use_link(db, secret, now=NOW) == account.id
        db.rollback()
        stored = repr([row.model_dump() for row in db.exec(select(OutboxMessage))])
        assert secret not in stored
        assert code not in stored
        db.rollback()


def test_a_sign_in_link_that_is_too_old_is_not_sent(post: Post) -> None:
    with post.database.writing() as db:
        account = Account(email="samira@example.org", name="Samira", role=Role.CANDIDATE, created_at=NOW)
        db.add(account)
        db.flush()
        ask_sign_in(db, account_id=account.id or 0, browser_hash=None, language="fr", now=NOW)
        db.commit()
    post.clock.pass_by(minutes=10)
    assert post.leave() == []
    with post.database.reading() as db:
        assert db.exec(select(OutboxMessage)).one().state is MessageState.DROPPED


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kind_can_be_previewed_in_both_languages_without_a_secret(organised: Database, language: str) -> None:
    with organised.reading() as db:
        for kind in MessageKind:
            seen = preview_sample(db, kind, language, base_url=BASE, now=NOW)
            assert "\n" not in seen.subject
            assert seen.html.count("<h1") == 1
            buttons = 0 if kind is MessageKind.PROOF else 1  # its code is typed where it was asked for
            assert seen.html.count('border-radius:10px"><a href=') == buttons, kind


def test_the_mailbox_of_demo_mode_shows_each_mail_once(post: Post) -> None:
    with post.database.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    post.leave()
    with post.database.writing() as db:
        row = db.exec(select(OutboxMessage)).one()
        row.state = MessageState.WAITING
        db.add(row)
        db.commit()
    send_all(post.sender)
    (seen,) = newest_mail(post.folder)
    assert (seen.to, seen.subject) == ("personne1@example.org", "Votre place est gardée : jeudi 12 mars, 14 h")
    assert seen.attachments == ("invitation.ics",)
    assert "Bonjour Prénomb" in seen.text
    assert one_mail(post.folder, seen.name) == seen
    assert one_mail(post.folder, f"../new/{seen.name}") is None

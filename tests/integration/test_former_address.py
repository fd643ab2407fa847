"""Another address given to an account of staff: the former one is told, once, and nobody else is told that."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlmodel import col, select

from alpes_events.database.engine import Database
from alpes_events.language.typography import plain
from alpes_events.messages.account_mail import invite
from alpes_events.messages.carrier import FolderCarrier
from alpes_events.messages.commands import NotSentAgain, send_again
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.messages.queries import lines_of
from alpes_events.people.accounts import AccountIn
from alpes_events.people.models import Role
from tests.support.posts import Clock, a_sender, send_all
from tests.support.staff import Desk
from tests.support.stories import NOW
from tests.support.web import with_password

FORMER, NEW = "anne@example.org", "anne.martin@example.org"


def changed(database: Database, account_id: int, **typed: str) -> None:
    desk = Desk(database, Role.ADMINISTRATOR)
    assert desk.fill(f"/staff/accounts/{account_id}", "structure", **typed).status_code == 303


def mails(database: Database, folder: Path) -> list[tuple[str, str, str]]:
    """What leaves now: to whom, and its plain text and HTML."""
    send_all(a_sender(database, FolderCarrier(folder), Clock()))
    read = [message_from_bytes(one.read_bytes(), policy=policy.default) for one in (folder / "new").glob("*")]
    bodies = [[one.get_body((kind,)) for kind in ("plain", "html")] for one in read]
    texts = [[plain(part.get_content()) if part else "" for part in parts] for parts in bodies]
    return [(str(one["To"]), words, page) for one, (words, page) in zip(read, texts, strict=True)]


def test_former_address_is_told_what_happened_and_given_no_way_in(organised: Database, tmp_path: Path) -> None:
    anne = with_password(organised, email=FORMER)
    changed(organised, anne, email=NEW)
    ((to, words, page),) = mails(organised, tmp_path)
    assert to == FORMER
    for told in (
        "Votre compte a une autre adresse",
        "il ne s’ouvre plus avec celle-ci",
        "votre mot de passe, qui reste le même",
        "Prévenez tout de suite la personne qui gère les comptes, ou répondez à ce message.",
    ):
        assert told in " ".join(words.split())
    assert "/staff/password" not in words + page
    assert NEW not in words + page


def test_what_was_told_to_a_former_address_is_never_sent_again(organised: Database, tmp_path: Path) -> None:
    anne = with_password(organised, email=FORMER)
    changed(organised, anne, email=NEW)
    with organised.reading() as db:
        message_id = db.exec(select(OutboxMessage.id)).one() or 0
        assert lines_of(db, [message_id])[0].email == FORMER
    mails(organised, tmp_path)
    with organised.writing() as db:
        message, line = db.get_one(OutboxMessage, message_id), lines_of(db, [message_id])[0]
        assert (message.state, message.address) == (MessageState.SENT, None)
        assert (line.may_repeat, line.email) == (False, "")
        with pytest.raises(NotSentAgain):
            send_again(db, message_id, now=NOW)
        message.state = MessageState.WAITING  # even so, it finds no reader
        db.commit()
    assert len(mails(organised, tmp_path)) == 1, "the one from before"


@pytest.mark.parametrize("typed", [{"name": "Anne Dupont"}, {"structure": "CCAS"}, {"role": "advisor"}])
def test_change_that_leaves_the_address_tells_nobody_of_another(organised: Database, typed: dict[str, str]) -> None:
    anne = with_password(organised, email=FORMER)
    changed(organised, anne, **typed)
    with organised.reading() as db:
        assert db.exec(select(OutboxMessage.kind)).all() == []


@pytest.mark.parametrize("typed", [{"email": NEW}, {"role": "reader"}])
def test_invitation_under_way_goes_out_anew_to_the_address_that_is_right(
    organised: Database, tmp_path: Path, typed: dict[str, str]
) -> None:
    with organised.writing() as db:
        julie = AccountIn(FORMER, "Julie Petit", Role.ADVISOR, invited=True)
        account_id = invite(db, julie, now=NOW, account_id=None)
        db.commit()
    changed(organised, account_id, **typed)
    ((to, words, _page),) = mails(organised, tmp_path)
    assert to == typed.get("email", FORMER)
    assert "/staff/password/" in words
    with organised.reading() as db:
        states = db.exec(select(OutboxMessage.kind, OutboxMessage.state).order_by(col(OutboxMessage.id))).all()
    assert states == [("invitation", MessageState.DROPPED), ("invitation", MessageState.SENT)]

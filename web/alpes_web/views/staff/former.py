"""Undoing: what a series, a venue, a text or a rule said before is brought back by one button."""

from datetime import datetime

from flask import Blueprint, flash, request
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.language.sentence import N_
from alpes_events.versions.queries import UnknownVersion, the_former
from alpes_web.languages import translated
from alpes_web.staff.acting import done, pressed, said
from alpes_web.staff.former import Decide, SaidAgain, one_change, say_again, undo_address, whole_version
from alpes_web.staff.rehearsing import stored_once_seen
from alpes_web.staff.scope import me
from alpes_web.typed import whole_number

staff_former = Blueprint("staff_former", __name__, url_prefix="/staff/former")


@staff_former.post("/<int:former_id>")
def bring_back(former_id: int) -> Response:
    """All of it says again what this version said; and that can be undone too."""
    pressed()
    return _again([former_id], whole_version, asked="version")


@staff_former.post("/undo")
def undo() -> Response:
    """The changes of one moment (`change`, once or several times) are taken back; what others changed since stays."""
    pressed()
    numbers = [whole_number(text) for text in request.args.getlist("change")]
    former_ids = [number for number in numbers if number is not None]
    if not former_ids:
        raise UnknownVersion
    return _again(former_ids, one_change, asked="change")


def _again(former_ids: list[int], decide: Decide, *, asked: str) -> Response:
    """Said again at once when it tells nobody; else it stands in the form of its page, which shows who is told."""
    account_id = me().account_id

    def change_it(db: Session, now: datetime) -> tuple[list[SaidAgain], str]:
        found = [the_former(db, one) for one in former_ids]
        again = [say_again(db, former, decide, now=now, account_id=account_id) for former in found]
        return again, undo_address(db, *((one.subject, one.changed) for one in again))

    outcome = stored_once_seen(change_it, seen="")
    assert outcome.result is not None
    again, back = outcome.result
    left = [translated(words) for one in again for words in one.left_words]
    if not outcome.stored:
        _say_left(left)
        sentence = N_("C’est écrit ci-dessous comme avant. Enregistrez : vous verrez d’abord qui sera prévenu.")
        return done(sentence, again[-1].page(**{asked: again[-1].former.id}), tone="warn")
    if back:
        _say_left(left)
        return done(N_("C’est de nouveau comme avant."), again[-1].page(), undo=back)
    if left:
        sentence = N_("Rien n’est annulé : cela a été changé de nouveau depuis (%(what)s). Au besoin, corrigez-le ici.")
        return done(sentence, again[-1].page(), tone="warn", what=", ".join(left))
    return done(N_("C’est déjà comme avant."), again[-1].page())


def _say_left(left: list[str]) -> None:
    if left:
        sentence = N_("Changé de nouveau depuis, et laissé tel quel : %(what)s. Au besoin, corrigez-le ici.")
        flash(said(sentence, what=", ".join(left)), "warn")

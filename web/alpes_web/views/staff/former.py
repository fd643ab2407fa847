"""Undoing: what a series, a venue, a text or a rule said before is brought back by one button."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from alpes_events.language.sentence import N_
from alpes_events.versions.queries import newest_former, the_former
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.former import bring_back as bring_former_back
from alpes_web.staff.former import undo_address
from alpes_web.staff.scope import me
from alpes_web.typed import whole_number

staff_former = Blueprint("staff_former", __name__, url_prefix="/staff/former")


@staff_former.post("/<int:former_id>")
def bring_back(former_id: int) -> Response:
    """As it was before, with another version of the same moment (`also`); and that can be undone too."""
    pressed()
    also = whole_number(request.args.get("also", ""))
    undo = address = ""
    with change() as (db, now):
        for one in (former_id,) if also is None else (former_id, also):
            former = the_former(db, one)
            subject = (former.kind, former.key)
            before = newest_former(db, subject)
            address = bring_former_back(db, former, now=now, account_id=me().account_id)
            changed = ("again",) if newest_former(db, subject) != before else ()
            undo = undo_address(db, subject, changed, also=undo) or undo
    return done(N_("C’est de nouveau comme avant."), address, undo=undo)

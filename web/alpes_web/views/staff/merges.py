"""Records that may be one person: compared side by side, made one, told apart, or taken apart again."""

from functools import partial

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.database.page import Page, Part, every_row
from alpes_events.language.sentence import N_
from alpes_events.people.merge_queries import (
    ProposalView,
    open_proposal_count,
    open_proposals,
    proposal_view,
    undoable_merges,
)
from alpes_events.people.merging import accept_merge, refuse_merge, undo_merge
from alpes_events.people.merging import propose_again as propose_pair_again
from alpes_web.forms import StrictForm
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.fields import IdField
from alpes_web.staff.reading import note_read
from alpes_web.staff.scope import me
from alpes_web.staff.sheets import merge_sheet
from alpes_web.staff.table import asked_part
from alpes_web.staff.take_away import FileForm, asked_file, people_file

staff_merges = Blueprint("staff_merges", __name__, url_prefix="/staff/merges")

_LINES = 10


class KeepForm(StrictForm):
    """Which of the two records stands for both."""

    kept_id = IdField()


@staff_merges.get("")
def table() -> str | Response:
    """The pairs to decide, most alike first; and the merges that can still be undone. Or all pairs, as a file."""
    if (form := asked_file()) is not None:
        return _file(form)
    part = asked_part(_LINES)
    with site().database.reading() as db:
        proposals = _part_of(db, part=part)
        undoable = undoable_merges(db, now=site().now())
    return render_template("staff/people/merges.html", section="people", proposals=proposals, undoable=undoable)


@staff_merges.get("/<int:proposal_id>")
def page(proposal_id: int) -> str:
    """The two records side by side, with the reasons. Both files are read."""
    with site().database.reading() as db:
        proposal = proposal_view(db, proposal_id)
    for person in (proposal.first, proposal.second):
        note_read(person.id)
    return render_template("staff/people/merge.html", section="people", proposal=proposal)


@staff_merges.post("/<int:proposal_id>/accept")
def accept(proposal_id: int) -> Response:
    """One person: the record kept stands for both."""
    form = KeepForm()
    form.refuse_unknown_fields()
    with change() as (db, now):
        kept_id = accept_merge(db, proposal_id, kept_id=form.kept_id.data or 0, now=now, account_id=me().account_id)
    address = url_for("staff_people.page", candidate_id=kept_id)
    sentence = N_("Les deux dossiers n’en font plus qu’un. Vous pouvez revenir en arrière pendant trente jours.")
    return done(sentence, address, undo=url_for("staff_merges.undo", proposal_id=proposal_id))


@staff_merges.post("/<int:proposal_id>/refuse")
def refuse(proposal_id: int) -> Response:
    """Two people: the pair is not proposed again."""
    pressed()
    with change() as (db, now):
        refuse_merge(db, proposal_id, now=now, account_id=me().account_id)
    undo = url_for("staff_merges.propose_again", proposal_id=proposal_id)
    return done(N_("C’est noté : ce sont deux personnes."), url_for("staff_merges.table"), undo=undo)


@staff_merges.post("/<int:proposal_id>/propose-again")
def propose_again(proposal_id: int) -> Response:
    """The pair is to decide again."""
    pressed()
    with change() as (db, now):
        propose_pair_again(db, proposal_id, now=now, account_id=me().account_id)
    return done(N_("La paire est de nouveau à décider."), url_for("staff_merges.page", proposal_id=proposal_id))


@staff_merges.post("/<int:proposal_id>/undo")
def undo(proposal_id: int) -> Response:
    """Both records stand for themselves again."""
    pressed()
    with change() as (db, now):
        undo_merge(db, proposal_id, now=now, account_id=me().account_id)
    return done(N_("Les deux dossiers sont de nouveau séparés."), url_for("staff_merges.table"))


def _file(form: FileForm) -> Response:
    """The pairs as a file; each row holds two people."""
    with site().database.reading() as db:
        sheet = merge_sheet(every_row(partial(_part_of, db)))
    return people_file(form, sheet, name="dossiers-en-double", count=2 * len(sheet.rows))


def _part_of(db: Session, *, part: Part) -> Page[ProposalView]:
    return Page(tuple(open_proposals(db, limit=part.size, offset=part.offset)), open_proposal_count(db), part)

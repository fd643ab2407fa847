"""Long work: what was asked for, how far it is, the file to fetch, and the rows to correct."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField

from alpes_events.database.page import Page
from alpes_events.errands.commands import ask_again, ask_stop
from alpes_events.errands.models import ErrandKind, ErrandState, FileRole
from alpes_events.errands.queries import errands, file_of
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.created_words import created_in
from alpes_web.forms import StrictForm
from alpes_web.site import site
from alpes_web.staff import work_words
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.asked_work import WorkPage, ask, kept_until, own_errand, subject_of, work_page
from alpes_web.staff.scope import coordinates, me
from alpes_web.staff.table import asked_part
from alpes_web.staff.take_away import note_export

staff_work = Blueprint("staff_work", __name__, url_prefix="/staff/work")

_ISSUES = 50
_CAREFUL = {"registrations"}
"""Files whose import can write to people."""


class NotChecked(Refusal):
    """An import of what was not checked, or whose file is gone."""

    def __init__(self) -> None:
        super().__init__(N_("Ce fichier n’est pas prêt à importer : envoyez-le de nouveau pour le vérifier."))


class TellForm(StrictForm):
    """Whether the people of the file are written to."""

    tell = BooleanField(N_("Écrire aux personnes inscrites à un événement à venir, comme si elles s’inscrivaient ici"))


@staff_work.get("")
def table() -> str:
    """What I asked for; or what everybody did, for those who run events."""
    everybody = coordinates() and request.args.get("show") == "all"
    with site().database.reading() as db:
        found = errands(
            db,
            account_id=None if everybody else me().account_id,
            part=asked_part(),
            of_own_people=not coordinates(),
        )
    return render_template(
        "staff/work/table.html",
        section="work",
        page=found,
        everybody=everybody,
        may_see_all=coordinates(),
        work=work_words,
    )


@staff_work.get("/<int:errand_id>")
def page(errand_id: int) -> str:
    """One errand: its progress while it runs, then what came of it."""
    shown = work_page(errand_id)
    part = asked_part(_ISSUES)
    issues = shown.report.get("issues", [])
    rows = tuple(issues[part.offset : part.offset + part.size])
    return render_template(
        "staff/work/page.html",
        created_in=created_in,
        section="work",
        shown=shown,
        issues=Page(rows, len(issues), part),
        form=TellForm(),
        may_tell=shown.errand.wishes.get("file") in _CAREFUL,
        **_words(shown),
    )


@staff_work.get("/<int:errand_id>/<any(result, refused):role>")
def file(errand_id: int, role: str) -> Response:
    """The file that was made, or the rows to correct: noted in the access audit."""
    with site().database.reading() as db:
        errand = own_errand(db, errand_id)
        found = file_of(db, errand_id, FileRole(role))
    count = errand.counts.get("people" if role == "result" else "refused", 0)
    note_export(subject_of(errand), count=count)
    answer = Response(found.content, content_type=found.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=found.name)
    return answer


@staff_work.post("/<int:errand_id>/stop")
def stop(errand_id: int) -> AnyResponse:
    """Stop it at its next step."""
    pressed()
    with change() as (db, now):
        own_errand(db, errand_id)
        stopped = ask_stop(db, errand_id, now=now)
    here = url_for("staff_work.page", errand_id=errand_id)
    return done(N_("Ce travail s’arrête."), here) if stopped else done(N_("Ce travail était déjà fini."), here, tone="")


@staff_work.post("/<int:errand_id>/again")
def again(errand_id: int) -> AnyResponse:
    """The same once more."""
    pressed()
    with change() as (db, now):
        own_errand(db, errand_id)
        number = ask_again(db, errand_id, now=now, account_id=me().account_id)
    return redirect(url_for("staff_work.page", errand_id=number), 303)


@staff_work.post("/<int:errand_id>/import")
def bring(errand_id: int) -> AnyResponse:
    """Import what a check found right."""
    form = TellForm()
    form.refuse_unknown_fields()
    shown = work_page(errand_id)
    if shown.import_id is not None:
        return redirect(url_for("staff_work.page", errand_id=shown.import_id), 303)
    errand = shown.errand
    if errand.kind is not ErrandKind.CHECK or errand.state is not ErrandState.DONE or not shown.sent_name:
        raise NotChecked
    wishes = {"file": errand.wishes["file"], "tell": bool(form.tell.data) and errand.wishes["file"] in _CAREFUL}
    return ask(ErrandKind.IMPORT, wishes=wishes, follows=errand_id)


def _words(shown: WorkPage) -> dict[str, object]:
    return {
        "errand": shown.errand,
        "work": work_words,
        "roles": FileRole,
        "kinds": ErrandKind,
        "kept_until": kept_until(shown.errand),
    }

"""Services of every kind: counted, listed, noted for one or several people, written anew, taken back."""

from flask import Blueprint, render_template, request
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.intake.service_export import services_sheet
from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_
from alpes_events.services.acts import UnknownAct, correct_act, note_acts, the_act, withdraw_act
from alpes_events.services.kinds import ActKind, UnknownActKind, act_kinds, the_act_kind
from alpes_events.services.listing import ActLine, act_line, kind_sums, persons_served, years_of_acts
from alpes_events.services.models import ServiceAct
from alpes_events.services.rewriting import standing_act
from alpes_web.clocks import today
from alpes_web.languages import language
from alpes_web.site import site
from alpes_web.staff import service_words
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.clause_form_page import blame
from alpes_web.staff.own import own_ids
from alpes_web.staff.person_choice import person_named
from alpes_web.staff.scope import coordinates, me
from alpes_web.staff.service_forms import ServiceForm, service_form, stored_service
from alpes_web.staff.service_lists import default_year, own_records, service_table, sums_told
from alpes_web.staff.take_away import asked_file, people_file
from alpes_web.typed import whole_number

staff_services = Blueprint("staff_services", __name__, url_prefix="/staff/services")

_FORM_NAMES = {"group": "group_name", "person": "who", "unit": "quantity"}


@staff_services.get("")
def kinds() -> str:
    """How many acts and persons each kind has in a year; `person` in the address: to note something for them."""
    with site().database.reading() as db:
        own = own_records(db)
        years = years_of_acts(db, records=own)
        year = whole_number(request.args.get("year", ""), most=9998) or default_year(years)
        sums, persons = kind_sums(db, year, own), persons_served(db, year, own)
        person = person_named(db)
    return render_template(
        "staff/services/kinds.html",
        section="report",
        year=year,
        years=sorted({*years, year}, reverse=True),
        sums=sums,
        acts=sums_told(sums),
        persons=persons,
        kinds=act_kinds(),
        person=person,
        open_kinds=[code for code, one in act_kinds().items() if _is_open(one)],
        sees_all=coordinates(),
        service=service_words,
    )


@staff_services.get("/<kind>")
def of_kind(kind: str) -> str | Response:
    """The acts of a kind, as chosen. Or all of them, as a file that can be imported."""
    shown, form = _the_kind(kind), asked_file()
    with site().database.reading() as db:
        table = service_table(db, shown)
        sheet = services_sheet(db, table.choice, language=language()) if form else None
    if form is not None and sheet is not None:
        return people_file(form, sheet, name=f"services-{shown.code}")
    return render_template(
        "staff/services/list.html",
        section="report",
        kind=shown,
        table=table,
        service=service_words,
        sees_all=coordinates(),
        may_change=_may_change,
    )


@staff_services.route("/<kind>/new", methods=["GET", "POST"])
def new(kind: str) -> Response | tuple[str, int]:
    """An act of a kind: for one person, for several at once, or for nobody named."""
    shown = _the_kind(kind)
    with site().database.reading() as db:
        person, own = person_named(db) if shown.asks("person") else None, own_ids(db)
    form = service_form(shown, {"happened_on": today(), "people": [person.id] if person else []})
    form.own = own
    if form.is_submitted() and form.searches:
        form.refuse_unknown_fields()
    elif form.is_right():
        try:
            with change() as (db, now):
                count = len(note_acts(db, form.drafts(), now=now, account_id=me().account_id))
        except NotFound:
            raise
        except Refusal as refusal:
            blame(form, refusal, first="happened_on", names=_FORM_NAMES)
        else:
            if count == 1:
                return done(N_("Le service est noté."), service_words.list_of(shown))
            words = N_("%(count)s services sont notés, un par personne.")
            return done(words, service_words.list_of(shown), count=count)
    return _form(form, shown, "")


@staff_services.route("/acts/<int:act_id>/edit", methods=["GET", "POST"])
def edit(act_id: int) -> Response | tuple[str, int]:
    """An act written anew; what it said before stays to be read."""
    with site().database.reading() as db:
        line, own = _own_line(db, standing_act(db, act_id)), own_ids(db)
    row, kind = line.act, the_act_kind(line.act.kind)
    stored = stored_service(line)
    form = service_form(kind, stored)
    form.own = own
    form.amends(("service_act", row.id or 0), stored, lambda db: stored_service(act_line(db, standing_act(db, act_id))))
    if form.is_submitted() and form.searches:
        form.refuse_unknown_fields()
    elif form.is_right(alone=True):
        try:
            with change(form) as (db, now):
                correct_act(db, row.id or 0, form.corrected(row), now=now, account_id=me().account_id)
        except NotFound:
            raise
        except Refusal as refusal:
            blame(form, refusal, first="happened_on", names=_FORM_NAMES)
        else:
            return done(N_("Le service est corrigé."), service_words.list_of(kind))
    return _form(form, kind, line.name, act_id=row.id or 0)


@staff_services.route("/acts/<int:act_id>/withdraw", methods=["GET", "POST"])
def withdraw(act_id: int) -> Response | str:
    """An act was noted by mistake: asked once more, then taken back."""
    with site().database.reading() as db:
        line = _own_line(db, the_act(db, act_id))
    kind = the_act_kind(line.act.kind)
    if request.method != "POST":
        return render_template(
            "staff/services/withdraw.html", section="report", kind=kind, line=line, service=service_words
        )
    pressed()
    with change() as (db, now):
        withdraw_act(db, act_id, now=now, account_id=me().account_id)
    return done(N_("Le service est retiré : il ne compte plus."), service_words.list_of(kind))


def _the_kind(code: str) -> ActKind:
    """The kind; for an advisor one that names people, any other does not exist."""
    kind = the_act_kind(code)
    if not _is_open(kind):
        raise UnknownActKind
    return kind


def _is_open(kind: ActKind) -> bool:
    return coordinates() or kind.asks("person")


def _own_line(db: Session, act: ServiceAct) -> ActLine:
    """The act with whom it was for; for an advisor one that they noted for their own people, or it does not exist."""
    line, own = act_line(db, act), own_ids(db)
    if not _may_change(act) or not (own is None or line.person_id in own):
        raise UnknownAct
    return line


def _may_change(act: ServiceAct) -> bool:
    """Whether the visitor may write an act anew or take it back: an advisor what they noted."""
    return coordinates() or act.noted_by == me().account_id


def _form(form: ServiceForm, kind: ActKind, name: str, *, act_id: int | None = None) -> tuple[str, int]:
    with site().database.reading() as db:
        form.prepare(db)
        people = form.people_shown(db)
    page = render_template(
        "staff/services/form.html",
        section="report",
        form=form,
        kind=kind,
        people=people,
        name=name,
        act_id=act_id,
        service=service_words,
        sees_all=coordinates(),
        needs_person=kind.must("person") or form.own is not None,
    )
    return page, 422 if form.mistakes else 200

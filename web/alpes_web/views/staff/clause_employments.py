"""Employment contracts under the clause: noted, set right, planned by month, taken back; what became of the person."""

from flask import Blueprint, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.clause.eligibility.first_hires import eligibility_until
from alpes_events.clause.eligibility.people_refusals import NotEstablished
from alpes_events.clause.employment.employing import withdraw_employment
from alpes_events.clause.employment.employment_changes import revise_employment
from alpes_events.clause.employment.engaging import engage, last_planned_day, plan_months
from alpes_events.clause.employment.following import note_situation, situations_of
from alpes_events.clause.ledger.balances import balances_by_month
from alpes_events.clause.months import months_between
from alpes_events.clause.tables.employment_rows import DisabilityCriterion, EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.clause.tally.words import MODES
from alpes_events.clause.terms import the_employment
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.occupations.queries import named_codes
from alpes_web.clocks import today
from alpes_web.site import site
from alpes_web.staff.acting import answered_at, change, done, pressed
from alpes_web.staff.clause_people_forms import (
    EmploymentForm,
    SituationForm,
    TermsForm,
    listed_publics,
    month_name,
    months_form,
    stored_terms,
)
from alpes_web.staff.clause_people_page import (
    clause_person,
    employment_page,
    from_placement,
    placement_of,
    reads_health,
)
from alpes_web.staff.clause_people_words import SITUATIONS, code_words
from alpes_web.staff.reading import note_read
from alpes_web.staff.scope import me
from alpes_web.typed import whole_number


def _back(employment_id: int) -> str:
    return url_for("clause_employments.page", employment_id=employment_id)


clause_employments = Blueprint("clause_employments", __name__, url_prefix="/staff/clause")


@clause_employments.route("/people/<int:candidate_id>/employments/new", methods=["GET", "POST"])
def new(candidate_id: int) -> Response | tuple[str, int]:
    """Somebody is hired on a lot; `placement` in the address names the proposal that it comes of."""
    with site().database.reading() as db:
        shown = clause_person(db, candidate_id)
        placement = placement_of(db, shown.records, whole_number(request.args.get("placement", "")))
        form = EmploymentForm(data={} if placement is None else from_placement(placement))
        form.prepare(db)
    unsure = False
    if form.validate_on_submit():
        placement_id = None if placement is None else placement.id
        try:
            with change() as (db, now):
                draft = form.draft(shown.person.id, placement_id=placement_id)
                employment_id = engage(
                    db,
                    draft,
                    confirmed=bool(form.confirmed.data),
                    beside=bool(form.beside.data),
                    now=now,
                    account_id=me().account_id,
                )
        except Refusal as refusal:
            unsure = isinstance(refusal, NotEstablished)
            _blame(form, refusal)
        else:
            address = url_for("clause_employments.page", employment_id=employment_id)
            return done(N_("Le contrat de travail est noté."), address)
    page = render_template(
        "staff/clause/employment_new.html", section="clause", form=form, person=shown.person, unsure=unsure
    )
    return page, 422 if form.mistakes else 200


@clause_employments.get("/employments/<int:employment_id>")
def page(employment_id: int) -> str:
    """One employment contract: its terms, what froze on its first day, its hours by month."""
    with site().database.reading() as db:
        line, shown = employment_page(db, employment_id)
        listed, code = listed_publics(db), _code(db, line.row)
        occupation = named_codes(db, [line.row.rome_code])[line.row.rome_code] if line.row.rome_code else ""
        hours = {
            account: balances_by_month(db, [employment_id], account)
            for account in (HourAccount.PLANNED, HourAccount.DECLARED, HourAccount.VALIDATED)
        }
        situations = situations_of(db, employment_id)
        until = eligibility_until(db, line.row)
    if shown is not None:
        note_read(shown.person.id)
    months = sorted({month for sums in hours.values() for _employment, month in sums})
    return render_template(
        "staff/clause/employment.html",
        section="clause",
        line=line,
        shown=shown,
        public=code_words(listed, code),
        occupation=occupation,
        months=[(month, *(sums.get((employment_id, month), 0) for sums in hours.values())) for month in months],
        situations=situations,
        eligible_until=until,
        modes=MODES,
        situation_words=SITUATIONS,
        today=today(),
    )


@clause_employments.route("/employments/<int:employment_id>/edit", methods=["GET", "POST"])
def edit(employment_id: int) -> Response | tuple[str, int]:
    """Its dates, mode, employer and job, set right."""
    with site().database.reading() as db:
        line, shown = employment_page(db, employment_id)
        stored = stored_terms(line.row)
        form = TermsForm(data=stored)
        form.prepare(db)
    form.amends(_subject(employment_id), stored, lambda db: stored_terms(the_employment(db, employment_id)))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                revise_employment(db, employment_id, form.terms(), now=now, account_id=me().account_id)
        except Refusal as refusal:
            _blame(form, refusal)
        else:
            return done(N_("Les changements sont enregistrés."), _back(employment_id))
    page = render_template("staff/clause/employment_edit.html", section="clause", form=form, line=line, shown=shown)
    return page, 422 if form.mistakes else 200


@clause_employments.route("/employments/<int:employment_id>/months", methods=["GET", "POST"])
def months(employment_id: int) -> Response | tuple[str, int]:
    """Its planned hours, month by month."""
    with site().database.reading() as db:
        line, shown = employment_page(db, employment_id)
        last = last_planned_day(db, line.row)
        asked = list(months_between(line.row.starts_on, last or line.row.starts_on))
        stored = _planned(db, employment_id)
    form = months_form(asked, stored)
    form.amends(_subject(employment_id), stored, lambda db: _planned(db, employment_id))
    if form.validate_on_submit():
        wanted = {one: form[month_name(one)].data or 0 for one in asked}
        try:
            with change(form) as (db, now):
                plan_months(db, employment_id, wanted, now=now, account_id=me().account_id)
        except Refusal as refusal:
            form[month_name(asked[0])].errors = [refusal.sentence]
        else:
            return done(N_("Les heures prévues sont enregistrées."), _back(employment_id))
    page = render_template(
        "staff/clause/employment_months.html", section="clause", form=form, line=line, shown=shown, months=asked
    )
    return page, 422 if form.mistakes else 200


@clause_employments.route("/employments/<int:employment_id>/situation", methods=["GET", "POST"])
def situation(employment_id: int) -> Response | tuple[str, int]:
    """What the person does six and twelve months after they were hired."""
    with site().database.reading() as db:
        line, shown = employment_page(db, employment_id)
        stored = _situations(db, employment_id)
    form = SituationForm(data=stored)
    form.amends(_subject(employment_id), stored, lambda db: _situations(db, employment_id))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                for after in (6, 12):
                    wanted = form[f"months_{after}"].data
                    if wanted != _situations(db, employment_id).get(f"months_{after}"):
                        note_situation(
                            db, employment_id, after, wanted, today=today(), now=now, account_id=me().account_id
                        )
        except Refusal as refusal:
            _blame(form, refusal)
        else:
            return done(N_("La situation est notée."), _back(employment_id))
    page = render_template("staff/clause/situation.html", section="clause", form=form, line=line, shown=shown)
    return page, 422 if form.mistakes else 200


@clause_employments.post("/employments/<int:employment_id>/withdraw")
@answered_at(_back)
def withdraw(employment_id: int) -> Response:
    """It was noted by mistake, and has no hours."""
    pressed()
    with change() as (db, now):
        line, _shown = employment_page(db, employment_id)
        withdraw_employment(db, employment_id, now=now, account_id=me().account_id)
    address = url_for("clause_persons.page", candidate_id=line.row.candidate_id)
    return done(N_("Le contrat de travail est retiré."), address)


def _code(db: Session, row: EmploymentContract) -> str | None:
    """The public that it rests on; one that tells of health for facilitators alone."""
    apart = db.get(DisabilityCriterion, row.id) if reads_health() else None
    return row.criterion_code if apart is None else apart.code


def _planned(db: Session, employment_id: int) -> dict[str, object]:
    """Planned minutes by the field of each month."""
    sums = balances_by_month(db, [employment_id], HourAccount.PLANNED)
    return {month_name(month): minutes for (_employment, month), minutes in sums.items()}


def _situations(db: Session, employment_id: int) -> dict[str, object]:
    return {f"months_{months}": row.situation for months, row in situations_of(db, employment_id).items()}


def _blame(form: EmploymentForm | TermsForm | SituationForm, refusal: Refusal) -> None:
    if isinstance(refusal, NotEstablished):
        form["confirmed"].errors = [refusal.sentence]
    elif not form.blame(refusal):
        first = next(iter(form))
        first.errors = [*first.errors, refusal.sentence]


def _subject(employment_id: int) -> tuple[str, int]:
    return ("employment_contract", employment_id)

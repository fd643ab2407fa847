"""A company's places: added, corrected, closed, open again."""

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.companies.company_views import EstablishmentView
from alpes_events.companies.establishments import add_establishment, close_establishment, revise_establishment
from alpes_events.companies.queries import UnknownEstablishment
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.company_forms import PlaceForm, stored_place
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.company_page import CompanyHead, company_head
from alpes_web.staff.scope import me

staff_company_places = Blueprint(
    "staff_company_places", __name__, url_prefix="/staff/companies/<int:company_id>/places"
)


@staff_company_places.route("/new", methods=["GET", "POST"])
def new(company_id: int) -> Response | tuple[str, int]:
    """One more place of the company."""
    with site().database.reading() as db:
        shown = company_head(db, company_id)
    form = PlaceForm()
    if form.validate_on_submit() and _write(form, shown, None):
        return done(N_("L’établissement est ajouté."), _back(shown.company.id))
    return _form(form, shown, None)


@staff_company_places.route("/<int:establishment_id>", methods=["GET", "POST"])
def edit(company_id: int, establishment_id: int) -> Response | tuple[str, int]:
    """One of its places, corrected."""
    with site().database.reading() as db:
        shown, place = _place(db, company_id, establishment_id)
    form = PlaceForm(data=stored_place(place))
    form.amends(
        ("company", shown.company.id),
        stored_place(place),
        lambda db: stored_place(_place(db, company_id, establishment_id)[1]),
    )
    if form.validate_on_submit() and _write(form, shown, place):
        return done(N_("Les changements sont enregistrés."), _back(shown.company.id))
    return _form(form, shown, place)


@staff_company_places.post("/<int:establishment_id>/close")
def close(company_id: int, establishment_id: int) -> Response:
    """The company does not work there any more."""
    pressed()
    _close(company_id, establishment_id, closed=True)
    undo = url_for("staff_company_places.reopen", company_id=company_id, establishment_id=establishment_id)
    return done(N_("L’établissement est noté comme fermé."), _back(company_id), undo=undo)


@staff_company_places.post("/<int:establishment_id>/reopen")
def reopen(company_id: int, establishment_id: int) -> Response:
    """It does again, after all."""
    pressed()
    _close(company_id, establishment_id, closed=False)
    return done(N_("L’établissement est de nouveau ouvert."), _back(company_id))


def _place(db: Session, company_id: int, establishment_id: int) -> tuple[CompanyHead, EstablishmentView]:
    shown = company_head(db, company_id)
    place = next((one for one in shown.company.establishments if one.id == establishment_id), None)
    if place is None:
        raise UnknownEstablishment
    return shown, place


def _close(company_id: int, establishment_id: int, *, closed: bool) -> None:
    with change() as (db, now):
        _place(db, company_id, establishment_id)
        close_establishment(db, establishment_id, closed=closed, now=now, account_id=me().account_id)


def _write(form: PlaceForm, shown: CompanyHead, place: EstablishmentView | None) -> bool:
    try:
        with change(form) as (db, now):
            if place is None:
                add_establishment(db, shown.company.id, form.place(db), now=now, account_id=me().account_id)
            else:
                revise_establishment(db, place.id, form.place(db), now=now, account_id=me().account_id)
    except Refusal as refusal:
        if not form.blame(refusal):
            form.siret.errors = [*form.siret.errors, refusal.sentence]
    return not form.mistakes


def _form(form: PlaceForm, shown: CompanyHead, place: EstablishmentView | None) -> tuple[str, int]:
    page = render_template(
        "staff/companies/place.html", section="companies", form=form, company=shown.company, place=place
    )
    return page, 422 if form.mistakes else 200


def _back(company_id: int) -> str:
    return url_for("staff_companies.page", company_id=company_id)

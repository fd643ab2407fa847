"""Pathways: looked through, read one by one, taken away as files."""

from flask import Blueprint, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.intake.pathway_export import pathways_sheet, pseudonymous_sheet
from alpes_events.language.sentence import SOURCE_LANGUAGE
from alpes_events.pathways.directory import (
    PathwayChoice,
    PathwayState,
    communes_of_entry,
    pathway_counts,
    pathways,
    referents,
    years_of_pathways,
)
from alpes_events.pathways.dossier import pathway_dossier
from alpes_events.pathways.models import Outcome
from alpes_events.pathways.schemes import CRITERIA, the_scheme
from alpes_events.pathways.words import STEP_KINDS
from alpes_events.people.queries import CandidateView
from alpes_web.clocks import today
from alpes_web.languages import language
from alpes_web.site import site
from alpes_web.staff.own import own_ids
from alpes_web.staff.pathway_entry_forms import scheme_choices
from alpes_web.staff.pathway_page import check_referent
from alpes_web.staff.pathway_words import (
    STATES,
    STEP_ICONS,
    before_said,
    corrected_said,
    level_said,
    reason_said,
    scheme_said,
    standing,
)
from alpes_web.staff.reading import note_read
from alpes_web.staff.scope import coordinates, only_registered_by
from alpes_web.staff.table import asked, asked_part, asked_text
from alpes_web.staff.take_away import FileForm, asked_file, people_file
from alpes_web.typed import whole_number

pathway_pages = Blueprint("pathways", __name__, url_prefix="/staff/pathways")

_YEARS = range(1990, 2101)


@pathway_pages.get("")
def table() -> str | Response:
    """The pathways chosen, with how they stand in a sentence first. Or all of them, as a file."""
    choice, form = _choice(), asked_file()
    with site().database.reading() as db:
        if form is not None:
            return people_file(form, pathways_sheet(db, choice, language=language()), name="participants")
        page = pathways(db, choice, part=asked_part())
        counts = pathway_counts(db, choice)
        who, where, years = referents(db), communes_of_entry(db), years_of_pathways(db, today=today())
    return render_template(
        "staff/report/pathways.html",
        section="report",
        sees_all=coordinates(),
        page=page,
        counts=counts,
        choice=choice,
        positive=Outcome.POSITIVE,
        schemes=scheme_choices(),
        referents=who,
        communes=where,
        years=years,
        states=STATES,
        scheme_said=scheme_said,
        standing=standing,
    )


@pathway_pages.get("/participants.<any(xlsx, csv):form>")
def participants(form: str) -> Response:
    """The participant file of a scheme and year (in the address), without names, as funders ask for it."""
    choice = _choice()
    with site().database.reading() as db:
        sheet = pseudonymous_sheet(
            db, choice.scheme_code, choice.year or today().year, key=site().settings.secret_key, language=language()
        )
    return people_file(FileForm(form), sheet, name="participants-sans-nom")


@pathway_pages.get("/<int:pathway_id>")
def page(pathway_id: int) -> str:
    """One pathway: entry, steps as a line of time, exit, and what was corrected."""
    with site().database.reading() as db:
        shown = pathway_dossier(db, pathway_id)
        check_referent(shown.enrolment)
        person_page = _person_page(db, shown.person)
    if shown.person is not None:
        note_read(shown.person.id)
    return render_template(
        "staff/report/pathway.html",
        section="report",
        sees_all=coordinates(),
        person_page=person_page,
        shown=shown,
        rule=the_scheme(shown.enrolment.scheme_code).rule if language() == SOURCE_LANGUAGE else "",
        criteria_words=CRITERIA,
        scheme_said=scheme_said,
        standing=standing,
        reason_said=reason_said,
        level_said=level_said,
        corrected_said=corrected_said,
        before_said=before_said,
        step_icons=STEP_ICONS,
        step_kinds=STEP_KINDS,
    )


def _person_page(db: Session, person: CandidateView | None) -> str:
    """Where the person's file stands for the visitor; « » for somebody erased, or no longer an advisor's own."""
    if person is None:
        return ""
    own = own_ids(db)
    if own is None:
        return url_for("staff_people.page", candidate_id=person.id)
    return url_for("staff_own.page", candidate_id=person.id) if person.id in own else ""


def _choice() -> PathwayChoice:
    """What the address asks for; what it does not know is left out. Of an advisor, their own."""
    year = whole_number(request.args.get("year", ""))
    scheme = request.args.get("scheme", "")
    return PathwayChoice(
        scheme_code=scheme if scheme in dict(scheme_choices()) else "",
        year=year if year in _YEARS else None,
        state=asked(PathwayState.ALL, "state"),
        referent_id=only_registered_by() or whole_number(request.args.get("referent", "")),
        insee_code=request.args.get("commune", "")[:5],
        text=asked_text(),
    )

"""People under the clause: looked through, read one by one, assessed for a contract."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.clause.belonging import own_companies
from alpes_events.clause.contracts.work_places import open_contracts
from alpes_events.clause.eligibility.assessing import assess_person, consider
from alpes_events.clause.eligibility.criteria import health_codes
from alpes_events.clause.eligibility.facilitating import companies_of_person
from alpes_events.clause.eligibility.people_list import ClauseChoice, ClausePeople, clause_people
from alpes_events.clause.eligibility.person_file import assessments_of, employments_of, proofs_of
from alpes_events.clause.eligibility.standing import Standing, without_health
from alpes_events.clause.placing.placed import placements_of
from alpes_events.clause.tally.words import MODES
from alpes_events.database.page import every_row
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.clause_people_forms import AssessForm, listed_publics
from alpes_web.staff.clause_people_page import clause_person, reads_health
from alpes_web.staff.clause_people_sheet import clause_people_sheet
from alpes_web.staff.clause_people_words import (
    ANSWERS,
    ELIGIBLE,
    GROUPS,
    ISSUERS,
    PLACEMENTS,
    code_words,
    public_words,
)
from alpes_web.staff.fields import Mistyped, read_day
from alpes_web.staff.reading import note_read
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked, asked_part, asked_text
from alpes_web.staff.take_away import asked_file, people_file
from alpes_web.typed import whole_number

clause_persons = Blueprint("clause_persons", __name__, url_prefix="/staff/clause/people")


@dataclass(frozen=True)
class Considered:
    """What an assessment would say, for the contract and day that the address names."""

    contract_id: int
    words: str
    standing: Standing


@clause_persons.get("")
def table() -> str | Response:
    """Those who have proofs, placements or employment contracts; or those chosen. Or all of them, as a file."""
    choice, form = ClauseChoice(asked_text(), asked(ClausePeople.ALL, "only"), reads_health()), asked_file()
    with site().database.reading() as db:
        if form is not None:
            rows = every_row(lambda *, part: clause_people(db, choice, today=today(), part=part))
            return people_file(form, clause_people_sheet(rows), name="clause-personnes")
        page = clause_people(db, choice, today=today(), part=asked_part())
    return render_template("staff/clause/people.html", section="clause", page=page, choice=choice, groups=GROUPS)


@clause_persons.get("/<int:candidate_id>")
def page(candidate_id: int) -> str | Response:
    """One person: what proves which public, what contracts that opens, where they are placed and work."""
    with site().database.reading() as db:
        shown = clause_person(db, candidate_id)
        listed, health = listed_publics(db), reads_health()
        contracts = open_contracts(db)
        proofs = proofs_of(db, shown.records, health=health)
        assessments = assessments_of(db, shown.records, health=health)
        employments, placements = employments_of(db, shown.records), placements_of(db, shown.records)
        considered = _considered(db, shown.person.id, contracts)
        is_own = health and not companies_of_person(db, shown.person.id).isdisjoint(own_companies(db, me().account_id))
    if shown.person.id != candidate_id:
        return redirect(url_for("clause_persons.page", candidate_id=shown.person.id), 303)
    note_read(shown.person.id)
    return render_template(
        "staff/clause/person.html",
        section="clause",
        shown=shown,
        listed=listed,
        contracts=contracts,
        proofs=proofs,
        assessments=assessments,
        employments=employments,
        placements=placements,
        considered=considered,
        today=today(),
        facilitates=health,
        is_own=is_own,
        public_words=public_words,
        code_words=code_words,
        modes=MODES,
        issuers=ISSUERS,
        eligible=ELIGIBLE,
        answers=ANSWERS,
        placement_states=PLACEMENTS,
    )


@clause_persons.post("/<int:candidate_id>/assess")
def assess(candidate_id: int) -> Response | tuple[str, int]:
    """Keep what was found for a contract and a day."""
    form = AssessForm()
    with site().database.reading() as db:
        shown = clause_person(db, candidate_id)
        form.contract.choices = [(str(number), words) for number, words in open_contracts(db)]
    if not form.validate_on_submit() or form.on.data is None:
        return redirect(url_for("clause_persons.page", candidate_id=shown.person.id), 303)
    contract_id, on = int(form.contract.data), form.on.data
    with change() as (db, now):
        assess_person(db, shown.person.id, contract_id, on=on, now=now, account_id=me().account_id)
    return done(N_("L’évaluation est enregistrée."), url_for("clause_persons.page", candidate_id=shown.person.id))


def _considered(db: Session, candidate_id: int, contracts: list[tuple[int, str]]) -> Considered | None:
    """What the address asks about; None when it asks nothing that can be answered."""
    contract_id, words = whole_number(request.args.get("contract", "")), dict(contracts)
    if contract_id not in words:
        return None
    found = consider(db, candidate_id, contract_id, on=_asked_day())
    shown = found if reads_health() else without_health(found, health_codes(db))
    return Considered(contract_id, words[contract_id], shown)


def _asked_day() -> date:
    try:
        return read_day(request.args.get("on", ""))
    except Mistyped:
        return today()

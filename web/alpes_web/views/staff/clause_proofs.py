"""The proofs of a person under the clause: noted, withdrawn; opinions validated or refused."""

from flask import Blueprint, render_template, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from alpes_events.clause.eligibility.opinions import refuse_opinion, validate_opinion
from alpes_events.clause.eligibility.people_refusals import UnknownProof
from alpes_events.clause.eligibility.proofs import note_proof, withdraw_health_proof, withdraw_proof
from alpes_events.clause.tables.proof_rows import DisabilityProof, EligibilityProof
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.clause_people_forms import ProofForm, listed_publics
from alpes_web.staff.clause_people_page import clause_person, reads_health
from alpes_web.staff.scope import me

clause_proofs = Blueprint("clause_proofs", __name__, url_prefix="/staff/clause/people/<int:candidate_id>/proofs")


@clause_proofs.route("/new", methods=["GET", "POST"])
def new(candidate_id: int) -> Response | tuple[str, int]:
    """A document about the person, as it was read."""
    form = ProofForm()
    with site().database.reading() as db:
        shown = clause_person(db, candidate_id)
        form.prepare(listed_publics(db), health=reads_health())
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                note_proof(db, shown.person.id, form.draft(), today=today(), now=now, account_id=me().account_id)
        except Refusal as refusal:
            if not form.blame(refusal):
                form.public.errors = [*form.public.errors, refusal.sentence]
        else:
            return done(N_("Le justificatif est noté."), _back(shown.person.id))
    page = render_template("staff/clause/proof.html", section="clause", form=form, person=shown.person)
    return page, 422 if form.mistakes else 200


@clause_proofs.post("/<int:proof_id>/withdraw")
def withdraw(candidate_id: int, proof_id: int) -> Response:
    """It was noted by mistake."""
    pressed()
    with change() as (db, now):
        _check_theirs(db, candidate_id, EligibilityProof, proof_id)
        withdraw_proof(db, proof_id, now=now, account_id=me().account_id)
    return done(N_("Le justificatif est retiré : il ne compte plus."), _back(candidate_id))


@clause_proofs.post("/apart/<int:health_id>/withdraw")
def withdraw_apart(candidate_id: int, health_id: int) -> Response:
    """The same, for one that tells of health."""
    pressed()
    with change() as (db, now):
        _check_theirs(db, candidate_id, DisabilityProof, health_id)
        withdraw_health_proof(db, health_id, now=now, account_id=me().account_id)
    return done(N_("Le justificatif est retiré : il ne compte plus."), _back(candidate_id))


@clause_proofs.post("/<int:proof_id>/validate")
def validate(candidate_id: int, proof_id: int) -> Response:
    """The opinion counts."""
    pressed()
    with change() as (db, now):
        _check_theirs(db, candidate_id, EligibilityProof, proof_id)
        validate_opinion(db, proof_id, now=now, account_id=me().account_id)
    return done(N_("L’avis est validé : il compte."), _back(candidate_id))


@clause_proofs.post("/<int:proof_id>/refuse")
def refuse(candidate_id: int, proof_id: int) -> Response:
    """The opinion does not count."""
    pressed()
    with change() as (db, now):
        _check_theirs(db, candidate_id, EligibilityProof, proof_id)
        refuse_opinion(db, proof_id, now=now, account_id=me().account_id)
    return done(N_("L’avis est refusé : il ne compte pas."), _back(candidate_id))


def _check_theirs(
    db: Session, candidate_id: int, table: type[EligibilityProof] | type[DisabilityProof], proof_id: int
) -> None:
    """A proof of somebody else does not exist here."""
    owner = db.exec(select(table.candidate_id).where(col(table.id) == proof_id)).first()
    if owner is None or owner not in clause_person(db, candidate_id).records:
        raise UnknownProof


def _back(candidate_id: int) -> str:
    return url_for("clause_persons.page", candidate_id=candidate_id)

"""People who look for work, with what the clause knows of them, and the job of a lot, for tests."""

from datetime import date

from sqlmodel import Session

from alpes_events.clause.eligibility.proofs import ProofDraft, note_proof
from alpes_events.clause.placing.jobs import add_job
from alpes_events.hiring.commands import add_offer
from alpes_events.hiring.project import ProjectDraft
from alpes_events.hiring.projects import keep_project
from alpes_events.people.commands import find_or_create_candidate
from tests.support.clause import Site
from tests.support.hiring import a_draft
from tests.support.stories import NOW, somebody

TODAY = NOW.date()
MASON = ProjectDraft(titles=("Maçon",), rome_codes=("F1703",), skills=("Maçonnerie",), available_on=TODAY)
SELLER = ProjectDraft(titles=("Vendeuse",), rome_codes=("D1106",), skills=("Accueillir un client",))


def looks_for(
    db: Session, number: int, project: ProjectDraft | None = MASON, *, code: str | None = "RSA", holds: bool = True
) -> int:
    """Person `number` with what they look for (None: they did not say) and one proof (None: none). Gives their id."""
    candidate_id = find_or_create_candidate(db, somebody(number), now=NOW)
    if project is not None:
        keep_project(db, candidate_id, project, now=NOW, account_id=None)
    if code is not None:
        proof = ProofDraft(code, date(2026, 2, 20), holds=holds)
        note_proof(db, candidate_id, proof, today=TODAY, now=NOW, account_id=None)
    return candidate_id


def a_job(db: Session, site: Site, *, title: str = "Maçon ou maçonne", rome_code: str = "F1703") -> int:
    """A draft offer of the lot's company says what its work is. Gives the offer's id."""
    draft = a_draft(
        site.company_id, title=title, rome_code=rome_code, required_skills=("Maçonnerie",), insee_code="59328"
    )
    offer_id = add_offer(db, draft, now=NOW, account_id=None)
    add_job(db, site.lot_id, offer_id, now=NOW, account_id=None)
    return offer_id

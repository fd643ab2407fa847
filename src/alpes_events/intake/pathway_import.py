"""Writing the rows of `pathways`: each with its person, known or new; an exit that was missing is added."""

from sqlmodel import Session, col, select

from alpes_events.intake.desk import Desk, Outcome, Unfound
from alpes_events.intake.pathway_rows import PathwayRecord
from alpes_events.intake.person_import import kept_person
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_, say
from alpes_events.pathways.entering import EnrolmentDraft, enter
from alpes_events.pathways.leaving import enter_and_leave, leave
from alpes_events.pathways.models import Enrolment, FundingPeriod
from alpes_events.pathways.records import the_exit
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.people.records import records_of


def write_pathway(db: Session, desk: Desk, record: PathwayRecord) -> Outcome:
    """Note an entry, and the exit. An entry that is there stays, and one that was withdrawn is not made again."""
    candidate_id, _outcome = kept_person(db, desk, record.person)
    there = _there(db, candidate_id, record)
    if not there:
        _refuse_bare_exit(record)
        draft = EnrolmentDraft(
            candidate_id=candidate_id,
            scheme_code=record.scheme_code,
            entered_on=record.entered_on,
            criteria=record.criteria,
            operator=record.operator,
            referent_id=desk.account(db, record.account),
            funding_period_id=_period_id(db, record),
        )
        if record.left is None:
            enter(db, draft, now=desk.now, account_id=desk.account_id)
        else:
            enter_and_leave(db, draft, record.left, now=desk.now, account_id=desk.account_id)
        return Outcome.ADDED
    return _left_since(db, desk, there, record)


def _left_since(db: Session, desk: Desk, there: list[Enrolment], record: PathwayRecord) -> Outcome:
    """The exit of a pathway that is there already, where it is not noted yet."""
    standing = [row for row in there if row.withdrawn_at is None]
    if record.left_on is None or not standing:
        return Outcome.THERE
    last = standing[-1]
    if last.closed_on is None:
        _refuse_bare_exit(record)
    if last.closed_on is None and record.left is not None:
        leave(db, last.id or 0, record.left, now=desk.now, account_id=desk.account_id)
        return Outcome.ADDED
    noted = the_exit(db, last.id or 0)
    if noted is not None and noted.exited_on != record.left_on:
        asked = N_("La sortie notée ici est du %(day)s : si elle est fausse, corrigez-la sur la page du parcours.")
        desk.warnings.append(("exited_on", say(asked, day=f"{noted.exited_on:%d/%m/%Y}")))
    return Outcome.THERE


def _there(db: Session, candidate_id: int, record: PathwayRecord) -> list[Enrolment]:
    """The records of this pathway, one for each funding period, in their order."""
    person = canonical(db, the_candidate(db, candidate_id))
    asked = select(Enrolment).where(
        col(Enrolment.candidate_id).in_(records_of(db, person.id or 0)),
        Enrolment.scheme_code == record.scheme_code,
        Enrolment.first_entered_on == record.entered_on,
    )
    return list(db.exec(asked.order_by(col(Enrolment.entered_on), col(Enrolment.id))))


def _period_id(db: Session, record: PathwayRecord) -> int | None:
    if not record.period:
        return None
    rows = db.exec(select(FundingPeriod).where(FundingPeriod.scheme_code == record.scheme_code))
    found = [row.id for row in rows if fold(row.label) == fold(record.period)]
    if len(found) != 1:
        raise Unfound(
            N_("Aucune période de financement de ce dispositif ne s’appelle « %(period)s »."),
            field="period",
            period=record.period[:60],
        )
    return found[0]


def _refuse_bare_exit(record: PathwayRecord) -> None:
    if record.left_on is not None and record.left is None:
        raise Unfound(N_("Il manque le motif de cette sortie."), field="reason")

"""A request for a stand as it is read, gathered from its rows in as many questions for thirty as for one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.companies.contact_queries import ContactView, contact_view
from alpes_events.companies.models import CompanyContact
from alpes_events.fair.answers import AnswerView, answers_of_stands
from alpes_events.fair.codes import ExhibitorState, Missing, PlaceKind, StandOption
from alpes_events.fair.logo import logos_of_stands
from alpes_events.fair.missing import missing_from
from alpes_events.fair.models import Booth, Exhibitor, Recruiter, Village
from alpes_events.fair.request import StandDraft
from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.territory.models import Commune


@dataclass(frozen=True)
class StandView:
    """A request as read. `position` is a turn in the queue (1 is next); `reason` is what the coordinator wrote;
    `sent_logo`: the logo came by the stand's own link, and is not the company's.
    """

    id: int
    event_id: int
    name: str
    state: ExhibitorState
    reference: str
    company_id: int | None
    contact: ContactView | None
    commune_name: str
    in_territory: bool | None
    looking_for: str
    place_kind: PlaceKind
    village_id: int | None
    village: str
    options: tuple[StandOption, ...]
    recruiter_count: int | None
    meal_count: int | None
    plates: tuple[str, ...]
    recruiters: tuple[str, ...]
    no_jobs: bool
    near_entrance: bool
    note: str
    reason: str
    approved: bool
    position: int | None
    requested_at: datetime | None
    missing: tuple[Missing, ...]
    booth: str
    answered: tuple[AnswerView, ...]
    insee_code: str | None
    logo_id: int | None
    sent_logo: bool
    said_interview_count: int | None

    @property
    def answers(self) -> dict[int, str]:
        """What was answered, by question."""
        return {one.question_id: one.content for one in self.answered}

    @property
    def draft(self) -> StandDraft:
        """The request as it was written."""
        return StandDraft(
            ExhibitorDraft(self.name, self.insee_code, self.in_territory, self.looking_for),
            place_kind=self.place_kind,
            village_id=self.village_id,
            options=self.options,
            recruiter_count=self.recruiter_count,
            meal_count=self.meal_count,
            plates=self.plates,
            no_jobs=self.no_jobs,
            near_entrance=self.near_entrance,
            note=self.note,
            recruiters=self.recruiters,
            answers=self.answers,
        )


@dataclass(frozen=True)
class _Beside:
    """What other rows say of requests: of villages, contacts and communes by their key, the rest by exhibitor."""

    villages: dict[int | None, str]
    contacts: dict[int | None, ContactView]
    communes: dict[str, str]
    booths: dict[int | None, str]
    answers: dict[int, tuple[AnswerView, ...]]
    recruiters: dict[int, tuple[str, ...]]
    logos: dict[int, int]
    positions: dict[int, int]
    missing: dict[int, tuple[Missing, ...]]


def stand_views(db: Session, rows: Sequence[Exhibitor]) -> list[StandView]:
    """These requests, in their order."""
    beside = _beside(db, rows)
    return [_view(row, beside) for row in rows]


def _beside(db: Session, rows: Sequence[Exhibitor]) -> _Beside:
    ids = [row.id for row in rows]
    villages = db.exec(select(Village).where(col(Village.id).in_(_set(rows, "village_id"))))
    people = db.exec(select(CompanyContact).where(col(CompanyContact.id).in_(_set(rows, "contact_id"))))
    communes = select(Commune.insee_code, Commune.name).where(col(Commune.insee_code).in_(_set(rows, "insee_code")))
    booths = select(Booth.exhibitor_id, Booth.number).where(col(Booth.exhibitor_id).in_(ids))
    logos = logos_of_stands(db, rows)
    return _Beside(
        villages={one.id: one.name for one in villages},
        contacts={one.id: contact_view(one) for one in people if one.erased_at is None},
        communes=dict(db.exec(communes).all()),
        booths=dict(db.exec(booths).all()),
        answers=answers_of_stands(db, (row.id or 0 for row in rows)),
        recruiters=_recruiters(db, ids),
        logos=logos,
        positions=_positions(db, rows),
        missing=missing_from(db, rows, logos),
    )


def _recruiters(db: Session, exhibitor_ids: Sequence[int | None]) -> dict[int, tuple[str, ...]]:
    rows = select(Recruiter).where(col(Recruiter.exhibitor_id).in_(exhibitor_ids)).order_by(col(Recruiter.id))
    names: dict[int, tuple[str, ...]] = {}
    for one in db.exec(rows):
        names[one.exhibitor_id] = (*names.get(one.exhibitor_id, ()), f"{one.given_name} {one.family_name}".strip())
    return names


def _view(row: Exhibitor, beside: _Beside) -> StandView:  # one line a field, and nothing decided
    number = row.id or 0
    return StandView(
        id=number,
        event_id=row.event_id,
        name=row.name,
        state=row.state,
        reference=row.reference or "",
        company_id=row.company_id,
        contact=beside.contacts.get(row.contact_id),
        commune_name=beside.communes.get(row.insee_code or "", ""),
        in_territory=row.in_territory,
        looking_for=row.looking_for,
        place_kind=row.place_kind,
        village_id=row.village_id,
        village=beside.villages.get(row.village_id, ""),
        options=tuple(StandOption(option) for option in row.options),
        recruiter_count=row.recruiter_count,
        meal_count=row.meal_count,
        plates=tuple(row.plates),
        recruiters=beside.recruiters.get(number, ()),
        no_jobs=row.no_jobs,
        near_entrance=row.near_entrance,
        note=row.note,
        reason=row.reason,
        approved=row.approved_at is not None,
        position=beside.positions.get(number),
        requested_at=row.requested_at,
        missing=beside.missing.get(number, ()),
        booth=beside.booths.get(row.id, ""),
        answered=beside.answers.get(number, ()),
        insee_code=row.insee_code,
        logo_id=beside.logos.get(number),
        sent_logo=row.logo_id is not None,
        said_interview_count=row.said_interview_count,
    )


def _positions(db: Session, rows: Sequence[Exhibitor]) -> dict[int, int]:
    """The turn of each of those who wait, counted within their village."""
    events = {row.event_id for row in rows if row.state is ExhibitorState.WAITLISTED}
    waiting = db.exec(
        select(Exhibitor.id, Exhibitor.event_id, Exhibitor.village_id)
        .where(col(Exhibitor.event_id).in_(events), col(Exhibitor.state) == ExhibitorState.WAITLISTED)
        .order_by(col(Exhibitor.queued_at), col(Exhibitor.id))
    )
    turns: Counter[tuple[int, int | None]] = Counter()
    positions = {}
    for exhibitor_id, event_id, village_id in waiting:
        turns[event_id, village_id] += 1
        positions[exhibitor_id or 0] = turns[event_id, village_id]
    return positions


def _set(rows: Sequence[Exhibitor], column: str) -> set[object]:
    return {getattr(row, column) for row in rows if getattr(row, column) is not None}

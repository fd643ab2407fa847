"""Questions about people: which record stands for a person, and who a record is."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_
from alpes_events.people.identity import PersonIn, display_telephone, name_key
from alpes_events.people.models import Candidate, Sex


class UnknownCandidate(NotFound):
    """No such candidate."""

    def __init__(self) -> None:
        super().__init__(N_("Cette personne n’est pas, ou n’est plus, dans nos fichiers."))


@dataclass(frozen=True)
class CandidateView:
    """A candidate as staff read them. `telephone` is written as people read it."""

    id: int
    family_name: str
    given_name: str
    email: str
    telephone: str
    birth_on: date | None
    sex: Sex | None
    insee_code: str | None
    commune_name: str
    postal_code: str
    priority_district: str | None
    outside_priority_districts: bool
    language: str
    created_at: datetime
    last_active_at: datetime
    merged_into: int | None
    erasure_announced_at: datetime | None
    erased: bool

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()


def candidate_view(row: Candidate) -> CandidateView:
    """The row as staff read it."""
    assert row.id is not None
    return CandidateView(
        id=row.id,
        family_name=row.family_name,
        given_name=row.given_name,
        email=row.email or "",
        telephone=display_telephone(row.telephone),
        birth_on=row.birth_on,
        sex=row.sex,
        insee_code=row.insee_code,
        commune_name=row.commune_name or "",
        postal_code=row.postal_code or "",
        priority_district=row.priority_district,
        outside_priority_districts=row.outside_priority_districts,
        language=row.language,
        created_at=row.created_at,
        last_active_at=row.last_active_at,
        merged_into=row.merged_into,
        erasure_announced_at=row.erasure_announced_at,
        erased=row.erased_at is not None,
    )


def the_candidate(db: Session, candidate_id: int) -> Candidate:
    """The row with this id, or `UnknownCandidate`; an erased person is unknown too."""
    row = db.get(Candidate, candidate_id)
    if row is None or row.erased_at is not None:
        raise UnknownCandidate
    return row


def canonical(db: Session, row: Candidate) -> Candidate:
    """The record that stands for this one after merges: itself, or the end of the chain."""
    seen = {row.id}
    while row.merged_into is not None and row.merged_into not in seen:
        seen.add(row.merged_into)
        row = db.get_one(Candidate, row.merged_into)
    return row


def same_person(db: Session, person: PersonIn) -> Candidate | None:
    """The record of `person` (already clean), when it is certain: the same name in any order, with the same e-mail
    address, or with the same telephone and no e-mail address that differs. Of several, the first that stands for itself
    under the address typed.

    Somebody who gives a new address with a known telephone gets a record of their own, proposed for merging: else the
    confirmation would leave for an address they did not type.
    """
    contacts = [
        *([col(Candidate.email) == person.email] if person.email else []),
        *([col(Candidate.telephone) == person.telephone] if person.telephone else []),
    ]
    if not contacts:
        return None
    key = name_key(person.given_name, person.family_name)
    rows = db.exec(select(Candidate).where(or_(*contacts)).order_by(col(Candidate.id))).all()
    certain = [
        row for row in rows if name_key(row.given_name, row.family_name) == key and person.email in {"", row.email}
    ]
    own = [kept for kept in (canonical(db, row) for row in certain) if kept.email == (person.email or kept.email)]
    return own[0] if own else canonical(db, certain[0]) if certain else None

"""The organisation described anew by a coordinator: who it is, and its rules."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlmodel import Session

from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import composed
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.territory.models import Organisation, SecondFactorRule
from alpes_events.territory.organisation import NoOrganisation
from alpes_events.versions.commands import keep_former

ORGANISATION = ("organisation", "1")
"""Whose former versions those of the organisation are."""

_LONGEST = {
    "name": 150,
    "short_name": 50,
    "tagline": 150,
    "address": 300,
    "telephone": 30,
    "email": 254,
    "opening_hours": 200,
    "transport": 300,
    "accessibility": 300,
    "legal_number": 100,
    "publication_director": 150,
    "host": 300,
    "data_protection_contact": 300,
}
_RANGES = {
    "offer_hours": (1, 720),
    "cut_off_hours": (0, 720),
    "retention_months": (1, 120),
    "retention_notice_days": (1, 365),
    "evidence_months": (0, 240),
    "small_cell_threshold": (0, 100),
    "internal_small_cell_threshold": (0, 100),
}


class BadOrganisation(BadInput):
    """Something of the organisation that cannot be right; `field` names it."""


@dataclass(frozen=True)
class OrganisationDraft:
    """What coordinators may change. Territory, time zone and the domain of calendar entries stay as they were set."""

    name: str
    short_name: str
    tagline: str
    address: str
    telephone: str
    email: str
    opening_hours: str
    offer_hours: int
    cut_off_hours: int
    retention_months: int
    retention_notice_days: int
    evidence_months: int
    small_cell_threshold: int
    internal_small_cell_threshold: int
    transport: str
    accessibility: str
    legal_number: str
    publication_director: str
    host: str
    data_protection_contact: str
    ranks_people: bool

    @classmethod
    def of(cls, row: Organisation) -> "OrganisationDraft":
        """The draft that the stored organisation would come from."""
        return cls(**{item.name: getattr(row, item.name) for item in fields(cls)})


def revise_organisation(
    db: Session, draft: OrganisationDraft, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Make the organisation as the draft says. Gives the names of what changed. Raises `BadOrganisation`."""
    row = db.get(Organisation, 1)
    if row is None:
        raise NoOrganisation
    wanted = {name: composed(value) if isinstance(value, str) else value for name, value in asdict(draft).items()}
    _check(wanted)
    before = asdict(OrganisationDraft.of(row))
    changed = tuple(name for name, value in wanted.items() if before[name] != value)
    if changed:
        keep_former(db, ORGANISATION, before, now=now, account_id=account_id)
        row.sqlmodel_update({name: wanted[name] for name in changed})
        db.add(row)
        facts = {"changed": list(changed)}
        kind = EntryKind.ORGANISATION_REVISED
        record(db, kind, subject=("organisation", 1), now=now, account_id=account_id, facts=facts)
    return changed


def ask_second_factor(db: Session, rule: SecondFactorRule, *, now: datetime, account_id: int | None) -> None:
    """Say of whom of staff a second factor is asked. The same again changes nothing."""
    row = db.get(Organisation, 1)
    if row is None:
        raise NoOrganisation
    if row.second_factor == rule:
        return
    row.second_factor = rule
    db.add(row)
    facts = {"changed": ["second_factor"]}
    kind = EntryKind.ORGANISATION_REVISED
    record(db, kind, subject=("organisation", 1), now=now, account_id=account_id, facts=facts)


def check_organisation(draft: OrganisationDraft) -> None:
    """Refuse an organisation without a name, with a text that is too long or a number out of range, as
    `BadOrganisation`.
    """
    _check(asdict(draft))


def _check(wanted: dict[str, str | int]) -> None:
    for name in ("name", "short_name"):
        if not wanted[name]:
            raise BadOrganisation(N_("Donnez un nom à l’organisation."), field=name)
    for name, longest in _LONGEST.items():
        if len(str(wanted[name])) > longest:
            raise BadOrganisation(
                N_("Ce texte est trop long : %(longest)d signes au plus."), field=name, longest=longest
            )
    for name, (least, most) in _RANGES.items():
        value = wanted[name]
        if not isinstance(value, int) or not least <= value <= most:
            raise BadOrganisation(N_("Écrivez un nombre de %(least)d à %(most)d."), field=name, least=least, most=most)

"""Changes to contacts of companies: who left stays, who is erased names nobody any more."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.companies.contact_queries import ContactView, contact_view, contacts_of_company, the_contact
from alpes_events.companies.models import CompanyContact, ContactRole
from alpes_events.companies.queries import records_of_company, standing_company, the_company, the_establishment
from alpes_events.companies.trail import record_company
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_, supported
from alpes_events.people.identity import (
    BadPerson,
    clean_email,
    clean_name,
    clean_telephone,
    search_name,
)


class ContactThere(Refusal):
    """The company has a contact with this e-mail address already."""

    def __init__(self, *, contact_id: int, name: str) -> None:
        super().__init__(N_("Cette adresse est déjà celle de %(name)s, dans la même entreprise."), name=name)
        self.contact_id = contact_id


@dataclass(frozen=True)
class ContactDraft:
    """A contact as written. Only the family name is needed."""

    family_name: str
    given_name: str = ""
    email: str = ""
    telephone: str = ""
    role: ContactRole = ContactRole.OTHER
    establishment_id: int | None = None
    language: str = "fr"


def add_contact(db: Session, company_id: int, draft: ContactDraft, *, now: datetime, account_id: int | None) -> int:
    """Add somebody at a company and give their id. Raises `BadInput` by field, `ContactThere`."""
    the_company(db, company_id)
    row = CompanyContact(
        company_id=company_id,
        family_name="",
        given_name="",
        search_name="",
        role=draft.role,
        created_at=now,
        last_active_at=now,
    )
    _write(db, row, draft)
    _record(db, row, now=now, account_id=account_id)
    return row.id or 0


def find_or_add_contact(
    db: Session, company_id: int, draft: ContactDraft, *, now: datetime, account_id: int | None
) -> int:
    """The contact with this e-mail address at the company, else with this very name, or a new one. Gives their id."""
    clean = clean_contact(draft)
    known = next((one for one in contacts_of_company(db, company_id) if _same(one, clean)), None)
    return add_contact(db, company_id, draft, now=now, account_id=account_id) if known is None else known.id


def revise_contact(
    db: Session, contact_id: int, draft: ContactDraft, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Make a contact say what the draft says. Gives the names of what changed. Raises like `add_contact`."""
    row = the_contact(db, contact_id)
    changed = _write(db, row, draft)
    if changed:
        row.last_active_at = max(now, row.last_active_at)
        _record(db, row, now=now, account_id=account_id, changed=changed)
    return changed


def contact_left(db: Session, contact_id: int, *, left: bool, now: datetime, account_id: int | None) -> None:
    """They do not work there any more, or do again after all. Nothing of theirs is lost."""
    row = the_contact(db, contact_id)
    if (row.left_at is not None) is left:
        return
    row.left_at = now if left else None
    _record(db, row, now=now, account_id=account_id, changed=("left_at",))


def erase_contact(db: Session, contact_id: int, *, now: datetime, account_id: int | None) -> None:
    """Forget who this is: the row stays and names nobody, so that the company and the figures stand.

    Raises `UnknownContact`, also for one erased before.
    """
    row = the_contact(db, contact_id)
    row.family_name = row.given_name = row.search_name = ""
    row.email = row.telephone = None
    row.language = "fr"
    row.left_at, row.erased_at = row.left_at or now, now
    _record(db, row, now=now, account_id=account_id, changed=("erased_at",))


def contacts_are_active(db: Session, email: str, *, now: datetime) -> None:
    """Whoever reads mail at this address did something: their clock of retention starts again."""
    rows = db.exec(select(CompanyContact).where(CompanyContact.email == email, col(CompanyContact.erased_at).is_(None)))
    for row in rows:
        row.last_active_at = max(now, row.last_active_at)
        db.add(row)


def clean_contact(draft: ContactDraft) -> ContactDraft:
    """The draft with clean names, e-mail address and telephone (E.164). Raises `BadInput` with the field."""
    return replace(
        draft,
        family_name=clean_name(draft.family_name, field="family_name"),
        given_name=clean_name(draft.given_name, field="given_name") if draft.given_name.strip() else "",
        email=clean_email(draft.email),
        telephone=clean_telephone(draft.telephone),
        language=supported(draft.language),
    )


def _write(db: Session, row: CompanyContact, draft: ContactDraft) -> tuple[str, ...]:
    clean = clean_contact(draft)
    records = records_of_company(db, standing_company(db, the_company(db, row.company_id)).id or 0)
    _check_email(db, row, clean, records)
    if clean.establishment_id is not None:
        place = the_establishment(db, clean.establishment_id)
        if place.company_id not in records:
            raise BadPerson(N_("Choisissez un établissement de cette entreprise."), field="establishment_id")
    wanted = {
        "family_name": clean.family_name,
        "given_name": clean.given_name,
        "search_name": search_name(clean.given_name, clean.family_name),
        "email": clean.email or None,
        "telephone": clean.telephone or None,
        "role": clean.role,
        "establishment_id": clean.establishment_id,
        "language": clean.language,
    }
    changed = tuple(name for name, value in wanted.items() if getattr(row, name) != value and name != "search_name")
    row.sqlmodel_update(wanted)
    db.add(row)
    db.flush()
    return changed


def _check_email(db: Session, row: CompanyContact, clean: ContactDraft, records: tuple[int, ...]) -> None:
    if not clean.email:
        return
    there = db.exec(
        select(CompanyContact).where(
            col(CompanyContact.company_id).in_(records),
            CompanyContact.email == clean.email,
            col(CompanyContact.id).is_distinct_from(row.id),
        )
    ).first()
    if there is not None:
        raise ContactThere(contact_id=there.id or 0, name=contact_view(there).name)


def _same(known: ContactView, wanted: ContactDraft) -> bool:
    if wanted.email and known.email:
        return known.email == wanted.email
    return search_name(known.given_name, known.family_name) == search_name(wanted.given_name, wanted.family_name)


def _record(
    db: Session,
    row: CompanyContact,
    *,
    now: datetime,
    account_id: int | None,
    changed: tuple[str, ...] = (),
) -> None:
    db.add(row)
    db.flush()
    facts: dict[str, Fact] = {"contact_id": row.id, "changed": list(changed)}
    record_company(db, EntryKind.COMPANY_REVISED, row.company_id, facts, now=now, account_id=account_id)

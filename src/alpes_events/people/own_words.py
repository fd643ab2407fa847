"""What a person says of themselves and may set right by themselves: each correction is kept in the journal (G3)."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, select

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.accounts import the_account
from alpes_events.people.candidate_account import follow_email
from alpes_events.people.commands import change_email, change_language, revise_candidate
from alpes_events.people.identity import PersonIn, display_telephone
from alpes_events.people.models import Account, Candidate, Role
from alpes_events.people.queries import UnknownCandidate, canonical, the_candidate
from alpes_events.people.records import records_of


class AddressServesElsewhere(Refusal):
    """The address signs in an account that could not open this record: the person would be locked out."""

    def __init__(self) -> None:
        super().__init__(
            N_("Cette adresse sert déjà à un autre compte : choisissez-en une autre, ou appelez-nous. Rien n’a changé.")
        )


def own_record(db: Session, account_id: int) -> Candidate:
    """The record of the account itself, not those that share its mailbox. `UnknownCandidate` without one."""
    number = the_account(db, account_id).candidate_id
    if number is None:
        raise UnknownCandidate
    return canonical(db, the_candidate(db, number))


def as_said(row: Candidate) -> PersonIn:
    """What is known of the person, as they would have said it."""
    return PersonIn(
        family_name=row.family_name,
        given_name=row.given_name,
        email=row.email or "",
        telephone=display_telephone(row.telephone),
        insee_code=row.insee_code or "",
        commune_name=row.commune_name or "",
        postal_code=row.postal_code or "",
        birth_on=row.birth_on,
        sex=row.sex,
        priority_district=row.priority_district or "",
        outside_priority_districts=row.outside_priority_districts,
        language=row.language,
    )


def correct(db: Session, account_id: int, said: PersonIn, *, now: datetime) -> tuple[str, ...]:
    """Make the person's record say what they say. Their e-mail address is not changed here (`change_own_email`).

    Gives the fields that changed. What an advisor knows of their district goes when they moved. Raises like
    `revise_candidate`.
    """
    row = own_record(db, account_id)
    known = as_said(row)
    moved = not _same_home(known, said)
    said = replace(
        said,
        email=known.email,
        insee_code=said.insee_code if moved else known.insee_code,
        postal_code=said.postal_code if moved else known.postal_code,
        priority_district="" if moved else known.priority_district,
        outside_priority_districts=known.outside_priority_districts and not moved,
        language=known.language,
    )
    assert row.id is not None
    changed = revise_candidate(db, row.id, said, now=now, account_id=account_id)
    _follow_name(db, account_id, said, changed)
    return changed


def speak(db: Session, account_id: int, language: str, *, now: datetime) -> None:
    """From now on the person is written to in this language."""
    row = own_record(db, account_id)
    assert row.id is not None
    change_language(db, row.id, language, now=now, account_id=account_id)
    account = the_account(db, account_id)
    account.language = language
    db.add(account)


def change_own_email(db: Session, account_id: int, email: str, *, now: datetime) -> bool:
    """The person proved that they read mail at `email`: it becomes their address, and every browser is signed out.

    Gives whether the account takes it; when another account has it already, that one opens this record from now on.
    Raises `AddressServesElsewhere`.
    """
    row = own_record(db, account_id)
    there = db.exec(select(Account).where(Account.email == email)).first()
    if there is not None and (there.role is not Role.CANDIDATE or there.disabled_at is not None):
        raise AddressServesElsewhere
    assert row.id is not None
    change_email(db, row.id, email, now=now, account_id=account_id)
    own_id = the_account(db, account_id).candidate_id or row.id
    left = [number for number in records_of(db, row.id) if db.get_one(Candidate, number).email == email]
    for candidate_id in dict.fromkeys((own_id, row.id, *left)):
        follow_email(db, candidate_id, email, now=now)
    db.flush()
    return the_account(db, account_id).disabled_at is None


def _same_home(known: PersonIn, said: PersonIn) -> bool:
    if said.insee_code:
        return said.insee_code == known.insee_code
    same_code = not said.postal_code or said.postal_code == known.postal_code
    return said.commune_name == known.commune_name and same_code


def _follow_name(db: Session, account_id: int, said: PersonIn, changed: tuple[str, ...]) -> None:
    if {"given_name", "family_name"} & set(changed):
        account = the_account(db, account_id)
        account.name = f"{said.given_name} {said.family_name}".strip()[:150]
        db.add(account)

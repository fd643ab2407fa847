"""The sign-ups of one event as a sheet, each with who signed the person up."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import UnknownEvent
from alpes_events.agenda.models import Event, EventSession
from alpes_events.attendance.answers import answer_table
from alpes_events.attendance.models import Registration
from alpes_events.attendance.reference import shown
from alpes_events.intake.exported_words import (
    AGE_WORDS,
    CHANNEL_WORDS,
    PRESENCE_WORDS,
    SEX_WORDS,
    STATE_WORDS,
    Words,
)
from alpes_events.language.cells import Cell, Sheet
from alpes_events.language.sentence import N_
from alpes_events.people.identity import display_telephone
from alpes_events.people.models import Account, Candidate
from alpes_events.territory.organisation import current_organisation

REGISTRATION_HEADINGS = (
    N_("référence"),
    N_("événement"),
    N_("date de l’événement"),
    N_("séance"),
    N_("nom"),
    N_("prénom"),
    N_("e-mail"),
    N_("téléphone"),
    N_("date de naissance"),
    N_("sexe"),
    N_("commune"),
    N_("code postal"),
    N_("code INSEE"),
    N_("du territoire"),
    N_("en quartier prioritaire"),
    N_("tranche d’âge"),
    N_("état"),
    N_("présence"),
    N_("pointé le"),
    N_("inscrit le"),
    N_("inscrit par"),
    N_("compte"),
    N_("structure"),
)


def event_named(db: Session, text: str) -> int:
    """The event of this number or address (slug). Raises `UnknownEvent`."""
    condition = col(Event.id) == int(text) if text.isascii() and text.isdigit() else col(Event.slug) == text
    found = db.exec(select(Event.id).where(condition)).first()
    if found is None:
        raise UnknownEvent
    return found


def registrations_sheet(db: Session, event_id: int, *, language: str, registered_by: int | None = None) -> Sheet:
    """Everybody who signed up for an event or a session of it, whatever became of it, by name; or those only whom one
    account signed up.
    """
    words, zone = Words(language), ZoneInfo(current_organisation(db).time_zone)
    event = db.get(Event, event_id)
    if event is None:
        raise UnknownEvent
    answers = answer_table(db, event_id)
    rows: list[list[Cell]] = []
    for registration, person, session_title, account in _sign_ups(db, event_id, registered_by):
        row = _registration_cells(registration, person, words, zone)
        row[1:4] = [event.title, _local(event.starts_at, zone).date(), session_title or ""]
        row += [account.email, account.structure] if account else ["", ""]
        row += answers.row(registration.id or 0)
        rows.append(row)
    headings = [words(heading) for heading in REGISTRATION_HEADINGS] + answers.headings
    return Sheet(words(N_("Inscriptions")), headings, rows)


def _registration_cells(registration: Registration, person: Candidate, words: Words, zone: ZoneInfo) -> list[Cell]:
    marked = registration.presence_at
    return [
        shown(registration.reference),
        "",
        None,
        "",
        person.family_name,
        person.given_name,
        person.email or "",
        display_telephone(person.telephone),
        person.birth_on,
        words.of(person.sex, SEX_WORDS),
        person.commune_name or "",
        person.postal_code or "",
        registration.insee_code or "",
        words.flag(registration.in_territory),
        words.flag(registration.in_priority_district),
        words.of(registration.age_band, AGE_WORDS),
        words.of(registration.state, STATE_WORDS),
        words.of(registration.presence, PRESENCE_WORDS),
        None if marked is None else _local(marked, zone),
        _local(registration.created_at, zone),
        words.of(registration.channel, CHANNEL_WORDS),
    ]


def answers_sheet(sheet: Sheet, *, after: int) -> list[list[Cell]]:
    """The answers that stand behind column `after` of a sheet of sign-ups: reference, question, answer."""
    questions = list(enumerate(sheet.heading[after:], start=after))
    return [[row[0], label, row[at]] for row in sheet.rows for at, label in questions if row[at]]


def _sign_ups(
    db: Session, event_id: int, registered_by: int | None
) -> list[tuple[Registration, Candidate, str | None, Account | None]]:
    mine = () if registered_by is None else (col(Registration.registered_by) == registered_by,)
    rows = db.exec(
        select(Registration, Candidate, EventSession.title, Account)
        .join(Candidate, col(Registration.candidate_id) == col(Candidate.id))
        .join(EventSession, col(Registration.session_id) == col(EventSession.id), isouter=True)
        .join(Account, col(Registration.registered_by) == col(Account.id), isouter=True)
        .where(col(Registration.event_id) == event_id, *mine)
        .order_by(col(Candidate.search_name), col(Registration.id))
    ).all()
    return list(rows)


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone)

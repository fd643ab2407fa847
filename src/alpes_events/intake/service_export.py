"""Service acts as a sheet that can be imported again: one row an act, with whom it was for."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from alpes_events.database.page import every_row
from alpes_events.intake.exported_words import SEX_WORDS, Words
from alpes_events.intake.service_rows import SERVICE_COLUMNS
from alpes_events.language.cells import Cell, Sheet
from alpes_events.language.sentence import N_, say
from alpes_events.people.identity import display_telephone
from alpes_events.people.models import Candidate
from alpes_events.people.records import standing_records
from alpes_events.services.kinds import ActKind, Unit, the_act_kind
from alpes_events.services.listing import ActChoice, ActLine, listed_acts
from alpes_events.services.quantities import UNIT_WORDS, written_quantity

_LEFT_OUT = frozenset({"identifier", "language", "district"})
_COLUMNS = tuple(one for one in SERVICE_COLUMNS if one.field not in _LEFT_OUT)


def services_sheet(db: Session, choice: ActChoice, *, language: str) -> Sheet:
    """The acts chosen, the latest day first."""
    lines = every_row(lambda *, part: listed_acts(db, choice, part=part).page)
    return acts_sheet(db, lines, language=language)


def acts_sheet(db: Session, lines: Iterable[ActLine], *, language: str) -> Sheet:
    """These acts, with what is known of each person."""
    shown = list(lines)
    people = standing_records(db, {one.person_id for one in shown if one.person_id is not None})
    words = Words(language)
    rows = [_row(one, people.get(one.person_id or 0), words, language) for one in shown]
    heading = [one.heading for one in _COLUMNS]
    return Sheet(say(N_("Services")).in_language(language), heading, rows)


def _row(line: ActLine, person: Candidate | None, words: Words, language: str) -> list[Cell]:
    act, kind = line.act, the_act_kind(line.act.kind)
    said: dict[str, Cell] = {
        "kind": kind.named(language),
        "happened_on": act.happened_on,
        "ended_on": act.ended_on,
        "group": act.group_name,
        "organisation": act.organisation,
        "place": act.place,
        "detail": _named(kind, act.detail, language),
        "result": kind.results[act.result].named(language) if act.result in kind.results else act.result,
        "quantity": _quantity(act.quantity, kind.unit),
        "unit": words(UNIT_WORDS[kind.unit]),
    }
    if person is not None:
        said |= _person(person, words)
    return [said.get(one.field, "") for one in _COLUMNS]


def _person(person: Candidate, words: Words) -> dict[str, Cell]:
    birth: date | None = person.birth_on
    return {
        "family_name": person.family_name,
        "given_name": person.given_name,
        "email": person.email or "",
        "telephone": display_telephone(person.telephone),
        "birth_on": birth,
        "sex": words.of(person.sex, SEX_WORDS),
        "insee_code": person.insee_code or "",
        "commune_name": person.commune_name or "",
        "postal_code": person.postal_code or "",
    }


def _named(kind: ActKind, code: str, language: str) -> str:
    return kind.details[code].named(language) if code in kind.details else code


def _quantity(quantity: int, unit: Unit) -> Cell:
    if unit is Unit.MINUTE:
        return written_quantity(quantity, unit)
    return quantity / 100 if unit is Unit.CENT else quantity

"""Rows of the file `services`, read into records: a service of any kind, and whom it was for. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from alpes_events.intake.columns import Column, column, needed
from alpes_events.intake.issues import BadCell
from alpes_events.intake.keys import import_key
from alpes_events.intake.person_rows import NAME_COLUMNS, SITUATION_COLUMNS, person_of
from alpes_events.intake.row import Row
from alpes_events.intake.values import Words
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_, say
from alpes_events.people.identity import PersonIn
from alpes_events.services.drafts import ActDraft
from alpes_events.services.kinds import ActKind, BadAct, Choice, Unit, act_kinds
from alpes_events.services.quantities import UNIT_WORDS, read_quantity

_OPTIONAL_NAMES = tuple(replace(one, required=False) for one in NAME_COLUMNS)
SERVICE_COLUMNS: tuple[Column, ...] = (
    column("identifier", "identifiant", "id", "identifier", note=N_("retrouve la même ligne à coup sûr")),
    needed("kind", "service", "type de service", "type", "kind", example="Place à un atelier"),
    needed("happened_on", "jour", "date", "day", example="12/01/2026"),
    column("ended_on", "fin", "date de fin", "end", "until"),
    *_OPTIONAL_NAMES,
    *SITUATION_COLUMNS,
    column("group", "atelier ou groupe", "groupe", "atelier", "group", "workshop", example="Atelier CV"),
    column("organisation", "organisme", "entreprise", "organisation"),
    column("place", "lieu", "site", "place"),
    column("detail", "précision", "détail", "detail"),
    column("result", "résultat", "result"),
    column("quantity", "quantité", "quantity", "montant", "durée", note=N_("12,50 pour des euros, 1 h 30 ou 90 min")),
    column("unit", "unité", "unit", note=N_("euros, heures, titres, cartes, places, personnes ou actes")),
)
_ALSO_UNITS = {
    "acts": Unit.ACT,
    "hours": Unit.MINUTE,
    "minutes": Unit.MINUTE,
    "passes": Unit.PASS,
    "cards": Unit.CARD,
    "people": Unit.PERSON,
}
_UNITS = {
    **{fold(said): unit for unit, word in UNIT_WORDS.items() for said in (word, unit.value)},
    **_ALSO_UNITS,
}


@dataclass(frozen=True)
class ServiceRecord:
    """One act of a file, without its person's number; `person`: whom it was for, None for nobody named."""

    identifier: str
    draft: ActDraft
    person: PersonIn | None

    @property
    def key(self) -> str | None:
        """The key of a row that has an identifier; no other may have it too."""
        return import_key("service", identifier=self.identifier, natural=()) if self.identifier else None


def service_record(row: Row) -> ServiceRecord:
    """The act of a row; what is wrong stands in `row.issues`."""
    kind = _kind(row)
    draft = ActDraft(
        kind.code,
        row.the_day("happened_on"),
        ended_on=row.day("ended_on"),
        group_name=row.text("group"),
        organisation=row.text("organisation"),
        place=row.text("place"),
        detail=_of_list(row.text("detail"), kind.details),
        result=_of_list(row.text("result"), kind.results),
        quantity=_quantity(row, kind),
        unit=_unit(row),
    )
    person = person_of(row)
    named = person.family_name or person.given_name or person.email or person.telephone
    return ServiceRecord(row.text("identifier"), _within(row, draft), person if named else None)


def _kind(row: Row) -> ActKind:
    kinds = act_kinds()
    codes = {fold(said): one.code for one in kinds.values() for said in (one.code, one.label, one.label_en)}
    found = row.choice("kind", Words(codes, tuple(one.label for one in kinds.values())))
    return kinds.get(found) or next(iter(kinds.values()))


def _of_list(text: str, choices: Mapping[str, Choice]) -> str:
    """The code of what is said in words; any other text stays, for the kind to refuse."""
    wanted = fold(text)
    return next(
        (one.code for one in choices.values() if wanted in {fold(one.code), fold(one.label), fold(one.label_en)}), text
    )


def _quantity(row: Row, kind: ActKind) -> int:
    text = row.text("quantity")
    return row.tried("quantity", lambda: _read(text, kind.unit), 1) if text else _unsaid(row, kind)


def _unsaid(row: Row, kind: ActKind) -> int:
    """One, of what comes one by one; an amount or a duration has to be said."""
    if kind.unit in (Unit.CENT, Unit.MINUTE):
        row.note("quantity", say(N_("Il manque cette valeur.")))
    return 1


def _read(text: str, unit: Unit) -> int:
    try:
        return read_quantity(text, unit)
    except BadAct as refusal:
        raise BadCell(refusal.sentence) from refusal


def _unit(row: Row) -> str:
    said = row.text("unit")
    return _UNITS[fold(said)].value if fold(said) in _UNITS else said


_LONGEST = {"group_name": 150, "organisation": 150, "place": 100, "detail": 80}
_COLUMN_OF = {"group_name": "group"}


def _within(row: Row, draft: ActDraft) -> ActDraft:
    """The draft, after what is longer than a line may be was noted."""
    for name, most in _LONGEST.items():
        if len(getattr(draft, name)) > most:
            row.note(_COLUMN_OF.get(name, name), say(N_("C’est trop long : %(most)d caractères au plus."), most=most))
    return draft


def natural(record: ServiceRecord) -> tuple[str, ...]:
    """What the row says, as texts: the same row again says the same."""
    draft, person = record.draft, record.person
    whom = (
        (person.given_name, person.family_name, person.email, person.telephone, _day(person.birth_on))
        if person
        else ("",) * 5
    )
    return (
        draft.kind,
        _day(draft.happened_on),
        _day(draft.ended_on),
        *whom,
        draft.group_name,
        draft.organisation,
        draft.place,
        draft.detail,
        draft.result,
        str(draft.quantity),
    )


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()

"""Rows of a file of hours, read into records. Pure: nothing is looked up but the publics of the clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from alpes_events.clause.eligibility.criteria import Public
from alpes_events.clause.months import last_day
from alpes_events.clause.tables.employment_rows import EmploymentMode
from alpes_events.intake.columns import Headings, match_headings
from alpes_events.intake.hour_columns import HOUR_COLUMNS, MODES, PUBLIC_ALIASES
from alpes_events.intake.hour_row import QuickRow
from alpes_events.intake.issues import RowIssue
from alpes_events.intake.place_name import PlaceName, place_name
from alpes_events.intake.table import Cell, Line, Table, shown
from alpes_events.intake.values import Words, words
from alpes_events.language.folding import fold
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.people.identity import PersonIn, clean_person
from alpes_events.people.models import Sex

_SEXES = words(woman="femme, f, madame, mme, féminin", man="homme, h, m, monsieur, m., masculin")
_ZONE = ZoneInfo("UTC")
_LONGEST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class HourRecord:
    """One row: whose hours, for which lot and company, in which month. « » and None are not said."""

    line: int
    record: int | None
    family_name: str
    given_name: str
    birth_on: date | None
    sex: Sex | None
    place: PlaceName
    authority: str
    operation: str
    operation_commune: str
    operation_inside: bool | None
    reference: str
    contract_starts_on: date | None
    lot: str
    company: str
    siret: str
    employer: str
    mode: EmploymentMode | None
    criterion: str
    rome_code: str
    starts_on: date | None
    ends_on: date | None
    month: date
    minutes: int


@dataclass(frozen=True)
class ReadHours:
    """What a table holds: the records of the good rows, what is wrong with the others, and the headings."""

    records: tuple[HourRecord, ...]
    issues: tuple[RowIssue, ...]
    headings: Headings
    lines: Mapping[int, Line]

    def issue(self, line: int, field: str, sentence: Sentence, typed: str = "") -> RowIssue:
        """A problem of a row that was read well."""
        if field == "family_name" and field not in self.headings.written:
            field = "full_name"
        heading = next((one.heading for one in HOUR_COLUMNS if one.field == field), "")
        return RowIssue(line, self.headings.written.get(field, heading), sentence, typed or self._typed(line, field))

    def _typed(self, line: int, field: str) -> str:
        position, cells = self.headings.positions.get(field), self.lines[line].cells
        return "" if position is None or position >= len(cells) else shown(cells[position])[:_LONGEST_SHOWN]


def read_hours(
    table: Table, publics: Iterable[Public], *, today: date, occupations: frozenset[str] = frozenset()
) -> ReadHours:
    """Read every row; `occupations` are the codes that exist, where they are known.

    Raises `BadFile` for headings that cannot be.
    """
    headings = match_headings(HOUR_COLUMNS, table.headings)
    columns = {one.field: one for one in HOUR_COLUMNS}
    codes = public_words(publics)
    known: dict[tuple[str, type, Cell], object] = {}
    records, issues = [], []
    for line in table.lines:
        row = QuickRow(line, headings, columns, _ZONE)
        row.known, row.occupations = known, occupations
        record = _record(row, codes, family_first=_family_first(headings), today=today)
        if row.issues:
            issues += row.issues
        else:
            records.append(record)
    return ReadHours(tuple(records), tuple(issues), headings, {line.number: line for line in table.lines})


def public_words(publics: Iterable[Public]) -> Words:
    """The words that name a public: its code, its label, and how it is called in the field."""
    by_word: dict[str, str] = {}
    for one in publics:
        names = (one.code, one.criterion.label, one.label_en, *PUBLIC_ALIASES.get(one.code, "").split(", "))
        by_word |= {fold(name): one.code for name in names if name}
    return Words(by_word, tuple(sorted(set(by_word.values()))))


def _record(row: QuickRow, codes: Words, *, family_first: bool, today: date) -> HourRecord:
    family, given = _names(row, family_first=family_first)
    sex, mode = row.choice("sex", _SEXES), row.choice("mode", MODES)
    month, birth_on = row.month(), row.day("birth_on")
    if birth_on is not None and not row.issues and not date(1900, 1, 1) <= birth_on <= today:
        row.note("birth_on", say(N_("Cette date de naissance n’est pas possible : vérifiez l’année.")))
    if month > today:
        row.note("month", say(N_("Ce mois n’est pas encore venu : vérifiez l’année.")))
    starts_on, ends_on = _days(row, month)
    return HourRecord(
        line=row.number,
        record=row.count("record"),
        family_name=family,
        given_name=given,
        birth_on=birth_on,
        sex=Sex(sex) if sex else None,
        place=place_name(row),
        authority=row.text("authority"),
        operation=row.text("operation"),
        operation_commune=row.text("operation_commune"),
        operation_inside=row.flag("operation_inside"),
        reference=row.text("reference"),
        contract_starts_on=row.day("contract_starts_on"),
        lot=row.text("lot"),
        company=row.text("company"),
        siret=row.siret(),
        employer=row.text("employer"),
        mode=EmploymentMode(mode) if mode else None,
        criterion=row.public(codes),
        rome_code=row.rome(),
        starts_on=starts_on,
        ends_on=ends_on,
        month=month,
        minutes=row.minutes(),
    )


def _days(row: QuickRow, month: date) -> tuple[date | None, date | None]:
    """The first and last day of the work contract, if the row gives them: the month worked meets them."""
    first, last = row.day("starts_on"), row.day("ends_on")
    if row.issues:
        return None, None
    if first is not None and last is not None and last < first:
        row.note("ends_on", say(N_("La fin vient avant le début : changez l’une ou l’autre.")))
    elif first is not None and first > last_day(month):
        text = N_("Son contrat de travail commence le %(day)s : elle n’a pas d’heures avant.")
        row.note("starts_on", say(text, day=f"{first:%d/%m/%Y}"))
    elif last is not None and last < month:
        text = N_("Son contrat de travail finit le %(day)s : elle n’a pas d’heures après.")
        row.note("ends_on", say(text, day=f"{last:%d/%m/%Y}"))
    return first, last


def _names(row: QuickRow, *, family_first: bool) -> tuple[str, str]:
    """Family and given name, from their columns or from one that holds both. Checked as anywhere else."""
    family, given = row.text("family_name"), row.text("given_name")
    whole = row.text("full_name")
    if whole and not given:
        family, given = parted(whole if not family else f"{family} {whole}", family_first=family_first)
    field = "family_name" if not whole else "full_name"
    key = ("names", tuple, f"{family}\x1f{given}")
    if key in row.known:
        return row.known[key]  # type: ignore[return-value]
    if not family or not given:
        row.note(field, say(N_("Il faut le nom et le prénom de la personne.")))
        return "", ""
    try:
        clean = clean_person(PersonIn(family, given), today=date.max, contact_required=False)
    except BadInput as refusal:
        row.note(field, refusal.sentence)
        return "", ""
    row.known[key] = (clean.family_name, clean.given_name)
    return clean.family_name, clean.given_name


def parted(whole: str, *, family_first: bool) -> tuple[str, str]:
    """Family and given name of both in one: the words in capitals are the family name; else by the heading's order."""
    parts = whole.split()
    loud = [part for part in parts if len(part) > 1 and part.isupper()]
    if loud and len(loud) < len(parts):
        return " ".join(loud), " ".join(part for part in parts if part not in loud)
    if len(parts) < 2:  # noqa: PLR2004 (a name has two parts)
        return whole, ""
    return (" ".join(parts[:-1]), parts[-1]) if family_first else (" ".join(parts[1:]), parts[0])


def _family_first(headings: Headings) -> bool:
    return fold(headings.written.get("full_name", "")).startswith("nom")

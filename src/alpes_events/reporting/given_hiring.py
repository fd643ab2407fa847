"""Figures of hiring, as the statistics of the year compiled them, and the records behind each."""

from alpes_events.database.page import Page
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.words import CONTRACTS
from alpes_events.language.sentence import say
from alpes_events.reporting.answers import Answers, figure_given
from alpes_events.reporting.record import Opened, Opening, RecordBehind, Shown, people_named
from alpes_events.reporting.shared_rows import SharedRows
from alpes_events.statistics.hiring_behind import HiringRow, hiring_rows_behind
from alpes_events.statistics.hiring_indicators import HIRING_INDICATORS
from alpes_events.statistics.periods import Period
from alpes_events.statistics.queries import Wanted
from alpes_events.statistics.year_report import HIRING_COLUMNS

_WANTED = Wanted.of(HIRING_COLUMNS.values())
_BY_ID = {one.id: one for one in HIRING_INDICATORS}


def of_statistics(rows: SharedRows, year: int) -> Answers:
    """Offers, recruitment and awareness of a year, as last compiled."""
    report = rows.report(year, _WANTED)
    if report is None:
        return {}
    return {(name, ""): figure_given(report.figures.figure(*wanted)) for name, wanted in HIRING_COLUMNS.items()}


def hiring_behind(asked: Opening) -> Opened:
    """One page of today's records behind a figure of hiring."""
    indicator, cut, value = HIRING_COLUMNS[asked.name]
    rows, part, year = asked.rows, asked.part, Period(f"{asked.year:04d}")
    found = hiring_rows_behind(
        rows.db, _BY_ID[indicator], year, cut=cut, part=value, first=part.offset, limit=part.size
    )
    people = people_named(rows.db, [row.person_id for row in found.rows if row.person_id])
    told = (
        RecordBehind(
            row.id,
            row.day,
            *_said(row, asked.language),
            *people.get(row.person_id, (0, "")),
            row.amount,
            *_page(indicator, row),
        )
        for row in found.rows
    )
    return Opened(Page(tuple(told), found.row_count, part), found.differs)


def _said(row: HiringRow, language: str) -> tuple[str, str]:
    """What a row is, and what stands beside; who was hired is named by the person, and their contract says what."""
    contract = say(CONTRACTS[ContractKind(row.contract)]).in_language(language) if row.contract else ""
    named = row.what if row.person_id is None else ""
    return ", ".join(filter(None, (named, contract))) or row.company, row.company if named or contract else ""


def _page(indicator: str, row: HiringRow) -> tuple[Shown | None, int]:
    """On which page the row is shown."""
    if indicator == "companies_made_aware":
        return Shown.COMPANY, row.id
    if indicator == "offers_published":
        return Shown.OFFER, row.id
    return (Shown.RECRUITMENT, row.operation_id) if row.operation_id else (None, 0)

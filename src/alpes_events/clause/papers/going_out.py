"""A document of the clause as a file: what was kept of it when it was numbered, set anew in its form.

Names of people are no part of what is kept: they are set in when the document is opened, as long as they may be read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from alpes_events.clause.documents.contents import Content, kept_content
from alpes_events.clause.documents.documents import Sealed
from alpes_events.clause.documents.proof_pages import printed
from alpes_events.clause.papers.certificate_print import certificate
from alpes_events.clause.papers.shortfall_print import shortfall
from alpes_events.clause.papers.statement_print import statement
from alpes_events.clause.tables.ledger_rows import DocumentKind
from alpes_events.clause.tally.discretion import DocumentKeptApart, is_of_health
from alpes_events.clause.tally.export import (
    TallyForm,
    one_table,
    sheets,
    tally_csv,
    tally_json,
    tally_workbook,
    told_to_machines,
)
from alpes_events.clause.tally.names import person_names, pseudonym
from alpes_events.clause.tally.printing import on_paper
from alpes_events.clause.tally.report import tally_report
from alpes_events.clause.tally.wishes import TallyWishes
from alpes_events.companies.queries import standing_company, the_company

MEDIA_TYPES = {
    TallyForm.CSV: "text/csv; charset=utf-8",
    TallyForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    TallyForm.JSON: "application/json",
    TallyForm.PDF: "application/pdf",
}
_PAPERS = {
    DocumentKind.STATEMENT: statement,
    DocumentKind.SHORTFALL: shortfall,
    DocumentKind.CERTIFICATE: certificate,
}


@dataclass(frozen=True)
class FileOut:
    """A file with its name and type, and how many people its rows tell of; None when it tells of nobody by row."""

    name: str
    media_type: str
    content: bytes
    person_count: int | None


def content_of(db: Session, document: Sealed) -> Content:
    """What a document says, from the ledger within the heads that it recorded."""
    if document.kind is DocumentKind.TALLY:
        return _tally(db, document)
    if document.company_id is not None:
        standing = standing_company(db, the_company(db, document.company_id))
        document = replace(document, company_id=standing.id)
    said = _PAPERS[document.kind](db, document, language=document.wishes["language"])
    return {"said": said, "persons": None, "named": []}


def file_of(db: Session, document: Sealed, *, health: bool) -> FileOut:
    """The file of a document, as it went out; one whose content was not kept yet is made anew.

    `health`: whoever opens it may read criteria of health. Raises `DocumentKeptApart`, `ContentAltered`.
    """
    is_tally = document.kind is DocumentKind.TALLY
    if is_tally and not health and is_of_health(TallyWishes.from_stored(document.wishes)):
        raise DocumentKeptApart(number=document.number)
    content = kept_content(db, document.id, number=document.number) or content_of(db, document)
    form = _form(document)
    said = _named(db, content["said"], content["named"], language=document.wishes["language"])
    match form:
        case TallyForm.CSV:
            out = tally_csv(said)
        case TallyForm.XLSX:
            out = tally_workbook(said, document, language=document.wishes["language"])
        case TallyForm.JSON:
            out = tally_json(said, document)
        case TallyForm.PDF:
            out = printed(said, document)
    count = content["persons"] if is_tally else None
    return FileOut(f"{document.number}.{form.value}", MEDIA_TYPES[form], out, count)


def _form(document: Sealed) -> TallyForm:
    return TallyForm(document.wishes.get("form", TallyForm.PDF))


def _tally(db: Session, document: Sealed) -> Content:
    wishes = TallyWishes.from_stored(document.wishes)
    report = tally_report(db, wishes, heads=document.heads)
    match _form(document):
        case TallyForm.CSV:
            said = one_table(report, document, language=wishes.language)
        case TallyForm.XLSX:
            said = sheets(report, document, language=wishes.language)
        case TallyForm.JSON:
            said = told_to_machines(report)
        case TallyForm.PDF:
            said = on_paper(db, report, document, language=wishes.language)
    return {"said": said, "persons": report.tally.whole.person_count, "named": list(report.named_ids)}


def _named(db: Session, said: Mapping[str, Any], person_ids: list[int], *, language: str) -> Content:
    """The same with the names of these persons where their numbers stood."""
    if not person_ids:
        return dict(said)
    names = {pseudonym(one): name for one, name in person_names(db, person_ids, language=language).items()}
    return {key: _replaced(value, names) for key, value in said.items()}


def _replaced(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list | tuple):
        return [_replaced(one, names) for one in value]
    if isinstance(value, dict):
        return {key: _replaced(one, names) for key, one in value.items()}
    return value

"""What went out of the ledger of hours: the list, and each document as it went out."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField

from alpes_events.clause.documents.documents import Sealed, documents, entries_since, the_document
from alpes_events.clause.ledger.ledger import heads
from alpes_events.clause.numbering import KIND_WORDS
from alpes_events.clause.papers.contract_choices import contract_choices, contract_references
from alpes_events.clause.papers.going_out import file_of
from alpes_events.clause.papers.issuing import make_certificate, make_shortfall, make_statement
from alpes_events.clause.tables.ledger_rows import DocumentKind
from alpes_events.clause.tally.names import company_names
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.account_names import account_names
from alpes_web.forms import StrictForm
from alpes_web.languages import language
from alpes_web.opening import sentence_of
from alpes_web.site import site
from alpes_web.staff.acting import change
from alpes_web.staff.clause_tally import FIRST_YEAR, LAST_YEAR, sees_health, working_companies, years_worked
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_part
from alpes_web.staff.take_away import note_export
from alpes_web.typed import whole_number

clause_documents = Blueprint("clause_documents", __name__, url_prefix="/staff/clause/documents")


@clause_documents.get("")
def table() -> str:
    """Everything that went out, the last first."""
    with site().database.reading() as db:
        page = documents(db, part=asked_part())
        ends = heads(db)
        makers = account_names(db, {one.made_by for one in page.rows if one.made_by is not None})
        references = contract_references(db, {one.contract_id for one in page.rows if one.contract_id is not None})
        companies = company_names(db, {one.company_id for one in page.rows if one.company_id is not None})
    return render_template(
        "staff/clause/documents.html",
        section="clause",
        page=page,
        since={one.id: entries_since(ends, one) for one in page.rows},
        makers=makers,
        kinds=KIND_WORDS,
        kind_of=DocumentKind,
        references=references,
        companies=companies,
    )


class StatementForm(StrictForm):
    """Which contract."""

    contract = HiddenField()


class ShortfallForm(StrictForm):
    """Which contract and company: two numbers with a dash between them."""

    holder = HiddenField()


class CertificateForm(StrictForm):
    """Which company and year."""

    company = HiddenField()
    year = HiddenField()


class NothingChosen(BadInput):
    """A document of nothing."""

    def __init__(self, *, field: str) -> None:
        super().__init__(_CHOOSE[field], field=field)


_CHOOSE = {
    "contract": N_("Choisissez un marché."),
    "holder": N_("Choisissez un marché et une entreprise."),
    "company": N_("Choisissez une entreprise."),
}


@clause_documents.get("/make")
def choose() -> str:
    """What can be made: a statement, a letter, a certificate."""
    return _choices({})


def _choices(chosen: Mapping[str, str], *, refusal: Refusal | None = None) -> str:
    with site().database.reading() as db:
        contracts = contract_choices(db)
        years = years_worked(db)
        companies = working_companies(db)
    return render_template(
        "staff/clause/make.html",
        section="clause",
        contracts=contracts,
        years=years,
        companies=companies,
        chosen=chosen,
        blamed=next(iter(chosen), ""),
        refusal=None if refusal is None else sentence_of(refusal),
    )


@clause_documents.post("/statement")
def statement() -> AnyResponse:
    """Make the statement of a contract."""
    chosen = _chosen(StatementForm())
    contract_id = whole_number(chosen["contract"]) or 0
    return _made(
        chosen,
        lambda db, now: make_statement(db, contract_id, language=language(), now=now, account_id=me().account_id),
    )


@clause_documents.post("/shortfall")
def shortfall() -> AnyResponse:
    """Make the letter to a company whose hours are missing."""
    chosen = _chosen(ShortfallForm())
    contract, _dash, company = chosen["holder"].partition("-")
    contract_id, company_id = whole_number(contract) or 0, whole_number(company) or 0
    return _made(
        chosen,
        lambda db, now: make_shortfall(
            db, contract_id, company_id, language=language(), now=now, account_id=me().account_id
        ),
    )


@clause_documents.post("/certificate")
def certificate() -> AnyResponse:
    """Make the certificate of a company for a year."""
    chosen = _chosen(CertificateForm())
    company_id, year = whole_number(chosen["company"]) or 0, whole_number(chosen["year"], most=LAST_YEAR) or 0
    return _made(
        chosen,
        lambda db, now: make_certificate(
            db, company_id, max(year, FIRST_YEAR), language=language(), now=now, account_id=me().account_id
        ),
    )


def _chosen(form: StrictForm) -> dict[str, str]:
    """What was chosen, by the names of the fields; the first says of what the document is."""
    form.refuse_unknown_fields()
    return {field.name: field.data or "" for field in form if field.name != "csrf_token"}


def _made(chosen: Mapping[str, str], make: Callable[[Session, datetime], Sealed]) -> AnyResponse:
    """The document, or the page again with the sentence that says why not."""
    try:
        for field in chosen:
            if not chosen[field] and field in _CHOOSE:
                raise NothingChosen(field=field)
        with change() as (db, now):
            made = make(db, now)
    except Refusal as refusal:
        return make_response(_choices(chosen, refusal=refusal), refusal.status)
    return _opened(made)


def _opened(made: Sealed) -> AnyResponse:
    return redirect(url_for("clause_documents.file", document_id=made.id), 303)


@clause_documents.get("/<int:document_id>/file")
def file(document_id: int) -> Response:
    """The document as it was when it was numbered, noted in the access audit."""
    with site().database.one_state() as db:
        out = file_of(db, the_document(db, document_id), health=sees_health())
    note_export(("clause_document", document_id), count=out.person_count)
    answer = Response(out.content, mimetype=out.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{out.name}"'
    return answer

"""Assertions of safety over all routes, tables and files, so that the next one is held to them without anyone thinking.

docs/security.md says which test proves which assertion.
"""

import csv
import io
import zipfile
from collections.abc import Iterator

import pytest
from sqlalchemy import ColumnElement, String, Table, cast, literal, update
from werkzeug.test import TestResponse

from alpes_events.attendance.models import Registration
from alpes_events.database.engine import Database
from alpes_events.people.models import Candidate, Role
from alpes_events.settings.deployment import BadSettings, read_settings
from alpes_events.tables import METADATA
from alpes_web import logs
from alpes_web.access import OPEN, ROLES
from alpes_web.policy import POLICY
from tests.support.databases import Templates
from tests.support.lived_in import settle_lived_in_town
from tests.support.routes import Ask
from tests.support.town import town_of
from tests.support.typed_texts import free_texts
from tests.support.visited import Visited, visited
from tests.support.web import Browser, a_site_of_its_own

FORMULA = "=1+1"
STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\0")
GOOD_SECRET = "e5wQ0yXr7u2PpL9sVb4Nc8Kd1Jf6Hg3T"
NOBODY = frozenset(
    {
        "booth",
        "catalogue",
        "commune",
        "contracting_authority",
        "clause_operation",
        "public_contract",
        "clause_lot",
        "lot_company",
        "clause_target",
        "globalisation",
        "globalised_lot",
        "lot_job",
        "lot_ranking",
        "hour_bonus",
        "eligibility_criterion",
        "clause_document_content",
        "hour_chain",
        "hour_declaration",
        "declaration_columns",
        "commune_postal_code",
        "company",
        "compilation",
        "funding_period",
        "report_compilation",
        "compiled_value",
        "counted_event",
        "delivery",
        "demonstration",
        "event",
        "event_session",
        "event_tally",
        "event_template",
        "hall",
        "establishment",
        "job_offer",
        "job_run",
        "journal_entry",
        "leader",
        "message_text",
        "organisation",
        "period_tally",
        "priority_district",
        "interview_day",
        "interview_table",
        "occupation",
        "trained_occupations",
        "occupation_title",
        "question",
        "recruitment_operation",
        "rate_count",
        "seat_pool",
        "series",
        "stand_call",
        "territory",
        "territory_member",
        "upload",
        "venue",
        "village",
        "webhook",
        "webhook_call",
    }
)
"""Tables of things, places and figures. The journal holds ids, codes and numbers; the organisation's contacts are those
that it publishes; the key of a rate count cannot be read back.
"""
OF_THINGS = {
    "company_contact": {"company_id", "establishment_id"},
    "company_domain": {"domain", "company_id", "approved_at"},
    "company_merge": {
        "first_id", "second_id", "score", "reasons", "state", "kept_id", "merged_id", "proposed_at", "decided_at",
    },
    "door_count": {"count_key", "event_id", "half_hour_at", "visitor_count", "territory_count", "counted_at"},
    "errand": {
        "kind", "state", "language", "wishes", "follows", "asked_at", "stop_asked_at", "started_at", "settled_at",
        "cleared_at", "leased_until", "attempt_count", "done_count", "total_count", "counts", "last_error",
    },
    "errand_file": {"errand_id", "role", "media_type", "sha256", "size"},
    "exhibitor": {
        "approved_at", "changed_at", "company_id", "event_id", "form_key", "holds_seat", "in_territory", "insee_code",
        "language", "logo_id", "looking_for", "meal_count", "name", "near_entrance", "no_jobs", "note", "options",
        "place_kind", "queued_at", "reason", "recruiter_count", "reference", "requested_at", "rules_accepted_at",
        "said_interview_count", "self_requested", "state", "village_id",
    },
    "follow_up": {
        "answer", "answered_at", "asked_at", "due_on", "exhibitor_id", "moment", "put_off_count", "put_off_to",
        "reference",
    },
    "attested_count": {
        "indicator", "period", "value", "decimals", "source", "attested_on", "why", "entered_at", "replaced_at",
    },
    "clause_document": {
        "kind", "year", "number", "contract_id", "company_id", "wishes", "heads", "seal", "made_at",
    },
    "report": {"year", "title", "title_en", "template", "audience", "audience_en", "due_on", "made_at", "discarded_at"},
    "report_chapter": {"report_id", "position", "title", "title_en", "state", "due_on", "removed_at"},
    "report_block": {"chapter_id", "position", "kind", "content", "version", "changed_at", "removed_at"},
    "report_comment": {"block_id", "written_at", "settled_at"},
    "report_edition": {"report_id", "number", "content", "sha256", "why", "changes", "published_at"},
    "custom_indicator": {"code", "label", "label_en", "rule", "version", "made_at", "retired_at"},
    "clause_obligation": {
        "lot_id", "kind", "effective_on", "minutes", "method", "parameters", "document", "recorded_at",
    },
    "placement_plan": {"state", "first_on", "last_on", "lots", "figures", "made_at"},
    "company_awareness": {"company_id", "held_on", "subject", "in_territory", "created_at", "withdrawn_at"},
    "former_version": {"subject_kind", "subject_key", "content", "replaced_at"},
    "letter": {"event_id", "form_key", "subject", "text", "subject_en", "text_en", "written_at"},
    "interview": {"event_id", "exhibitor_id", "held_at"},
    "interview_plan": {"event_id", "state", "beside", "version", "made_at", "changed_at", "figures"},
    "ranking_run": {
        "offer_id", "cause", "rules", "offer_digest", "input_digest", "order_digest", "candidate_count",
        "objected_count", "made_at",
    },
    "recruitment_session": {
        "operation_id", "held_on", "event_id", "candidate_count", "territory_count", "created_at", "withdrawn_at",
    },
    "touched_record": {"entry_id", "event_id", "touched_at"},
}  # fmt: skip
"""The columns of tables about people that say nothing of a person."""
NEVER_KEPT = (
    "nationality",
    "nationalite",
    "nir",
    "social_security",
    "securite_sociale",
    "ethnic",
    "religion",
    "health",
)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_changes_only_what_the_policy_says(lived_in_town: Visited, role: Role) -> None:
    """Each change with a good token and a field that no form has: refused for the role (403) or for the field (400)."""
    browser, wrong = lived_in_town.browser(role), []
    token = browser.token("/account")
    for page in (page for page in lived_in_town.pages if not page.is_safe):
        declared = POLICY[page.endpoint]
        status = browser.post(page.path, {"csrf_token": token, "taken": "0"}).status_code
        if (status == 403) is (declared in OPEN or role in ROLES[declared]):
            wrong.append((page.path, declared.value, status))
    assert wrong == []


@pytest.mark.parametrize(
    ("changed", "starts"),
    [
        ({}, True),
        ({"ALPES_SECRET_KEY": ""}, False),
        ({"ALPES_SECRET_KEY": "change-me"}, False),
        ({"ALPES_SECRET_KEY": "a" * 64}, False),
        ({"ALPES_DEBUG": "1"}, False),
        ({"ALPES_BASE_URL": "http://agenda.example.org"}, False),
        ({"ALPES_SECRET_KEY": "", "ALPES_DEMO": "1"}, True),
    ],
)
def test_site_does_not_start_with_a_weak_secret_in_debug_or_without_encryption(
    changed: dict[str, str], *, starts: bool
) -> None:
    settings = {"ALPES_SECRET_KEY": GOOD_SECRET, "ALPES_BASE_URL": "https://agenda.example.org"} | changed
    if not settings["ALPES_SECRET_KEY"]:
        del settings["ALPES_SECRET_KEY"]
    if starts:
        assert read_settings(settings).base_url == settings["ALPES_BASE_URL"]
    else:
        with pytest.raises(BadSettings):
            read_settings(settings)


def test_every_file_of_cells_holds_text_and_no_formula(templates: Templates) -> None:
    wrong, files = [], 0
    with visited(templates, settle_lived_in_town) as site:
        _write_formulas(site.database)
        for role in (None, Role.CANDIDATE, Role.ADMINISTRATOR):
            browser = site.browser(role)
            for page in site.pages:
                for answer in _files(browser, page):
                    found = _formulas(answer.get_data(), answer.mimetype or "")
                    files += found is not None
                    wrong += [(page.path, cell) for cell in found or []]
    assert wrong == []
    assert files >= 8


def _files(browser: Browser, page: Ask) -> Iterator[TestResponse]:
    """What a page answers, and the files that it offers of what it shows."""
    shown = browser.get(page.path) if page.method == "GET" else None
    if shown is not None and shown.status_code == 200:
        yield shown
        if b"as=csv" in shown.get_data():
            yield from (browser.get(f"{page.path}?as={form}") for form in ("csv", "xlsx"))


def _write_formulas(database: Database) -> None:
    with database.writing() as db:
        for name in ("venue", "series", "event", "event_session", "exhibitor", "organisation", "candidate"):
            table = METADATA.tables[name]
            own = literal(FORMULA).concat(cast(_key(table), String))
            db.execute(update(table).values(dict.fromkeys(free_texts(table), own)))
        db.commit()


def _key(table: Table) -> ColumnElement[object]:
    return next(iter(table.primary_key.columns))


def _formulas(content: bytes, kind: str) -> list[str] | None:
    """The cells that a spreadsheet would reckon; None when this is no file of cells."""
    if kind == "text/csv":
        text = content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
        return [cell for cell in cells if cell.startswith(STARTS_OF_FORMULAS)]
    if not kind.endswith("spreadsheetml.sheet"):
        return None
    with zipfile.ZipFile(io.BytesIO(content)) as workbook:
        sheets = [name for name in workbook.namelist() if name.startswith("xl/worksheets/sheet")]
        return [name for name in sheets if b"<f>" in workbook.read(name) or b"<f " in workbook.read(name)]


def test_no_log_of_any_page_holds_who_it_is_about(templates: Templates, capfd: pytest.CaptureFixture[str]) -> None:
    with templates.fresh("sqlite", settle_lived_in_town) as database:
        with database.writing() as db:
            candidate_id = db.get_one(Registration, town_of(database).placed.registration_id).candidate_id
            person = db.get_one(Candidate, candidate_id)
            person.given_name, person.family_name = "Canarienne", "Serinettier"
            person.email, person.telephone = "canarienne@example.org", "+33639980101"
            db.add(person)
            db.commit()
        logs.configure_logs("json")
        site = Visited(a_site_of_its_own(database, demo=True), database)
        site.app.testing = False
        for role in (None, Role.CANDIDATE, Role.ADMINISTRATOR):
            browser = site.browser(role)
            for page in site.pages:
                _ask(browser, page)
    written = "".join(capfd.readouterr()).lower()
    assert written.count('"answered"') > 300
    for canary in ("canarienne", "serinettier", "639980101", "39 98 01 01"):
        assert canary not in written


def _ask(browser: Browser, page: Ask) -> None:
    if page.is_safe:
        browser.get(f"{page.path}?q=Serinettier&email=canarienne@example.org")
    else:
        browser.post(page.path, {"family_name": "Serinettier", "email": "canarienne@example.org"})


def test_every_column_declares_what_it_is_kept_for_or_is_stated_to_be_about_nobody() -> None:
    undeclared = {
        table.name: {column.name for column in table.columns if "declaration" not in column.info} - {"id"}
        for table in METADATA.sorted_tables
    }
    declaring = {
        table.name for table in METADATA.sorted_tables if any("declaration" in one.info for one in table.columns)
    }
    assert {name: left for name, left in undeclared.items() if left and name not in NOBODY} == OF_THINGS
    assert NOBODY & declaring == set()
    assert NOBODY | declaring == set(METADATA.tables)


def test_no_table_keeps_what_must_never_be_kept() -> None:
    kept = [
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.columns
        for word in NEVER_KEPT
        if word in column.name.split("_") or (("_" in word) and word in column.name)
    ]
    assert kept == []

"""Every kind of file that can be imported: its columns, how a row is read, and how a record is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from alpes_events.database.engine import Database
from alpes_events.intake.attested_import import write_attested
from alpes_events.intake.attested_rows import ATTESTED_COLUMNS, attested_record
from alpes_events.intake.awareness_import import write_awareness
from alpes_events.intake.awareness_rows import AWARENESS_COLUMNS, awareness_record
from alpes_events.intake.columns import Column
from alpes_events.intake.company_import import write_company
from alpes_events.intake.company_rows import COMPANY_COLUMNS, company_record
from alpes_events.intake.desk import Desk, Outcome
from alpes_events.intake.event_import import write_event
from alpes_events.intake.event_rows import EVENT_COLUMNS, event_record
from alpes_events.intake.exhibitor_import import write_exhibitor
from alpes_events.intake.fair_import import write_demonstration, write_interview, write_visitors
from alpes_events.intake.fair_rows import (
    DEMONSTRATION_COLUMNS,
    EXHIBITOR_COLUMNS,
    INTERVIEW_COLUMNS,
    VISITOR_COLUMNS,
    demonstration_record,
    exhibitor_record,
    interview_record,
    visitor_record,
)
from alpes_events.intake.hour_columns import HOUR_COLUMNS
from alpes_events.intake.hour_kind import bring_hours
from alpes_events.intake.interview_table_import import write_table
from alpes_events.intake.interview_table_rows import TABLE_COLUMNS, table_record
from alpes_events.intake.offer_import import write_offer
from alpes_events.intake.offer_rows import OFFER_COLUMNS, offer_record
from alpes_events.intake.pathway_import import write_pathway
from alpes_events.intake.pathway_rows import PATHWAY_COLUMNS, pathway_record
from alpes_events.intake.person_import import write_person
from alpes_events.intake.person_rows import PERSON_COLUMNS, person_record
from alpes_events.intake.registration_import import write_attendance, write_registration
from alpes_events.intake.registration_rows import (
    ATTENDANCE_COLUMNS,
    REGISTRATION_COLUMNS,
    attendance_record,
    registration_record,
)
from alpes_events.intake.report import ImportReport, Options, Run
from alpes_events.intake.row import Row
from alpes_events.intake.service_import import write_service
from alpes_events.intake.service_rows import SERVICE_COLUMNS, service_record
from alpes_events.intake.table import Table
from alpes_events.language.cells import csv_document

Whole = Callable[[Database, Table, Options, Run], ImportReport]


@dataclass(frozen=True)
class ImportKind:
    """One kind of file. `write` takes what `read` gives; `whole` takes all rows together instead, where one tells what
    another means.
    """

    name: str
    columns: tuple[Column, ...]
    read: Callable[[Row], Any]
    write: Callable[[Session, Desk, Any], Outcome]
    whole: Whole | None = None

    def template(self, known: Mapping[str, str] | None = None) -> bytes:
        """A CSV file with the headings and one example, to fill in; `known` gives values by field."""
        values = known or {}
        example = [values.get(one.field, one.example) for one in self.columns]
        return csv_document([one.heading for one in self.columns], [example])


def _together(*_row: object) -> Any:
    raise AssertionError("the rows of this file are taken together")


KINDS: dict[str, ImportKind] = {
    kind.name: kind
    for kind in (
        ImportKind("events", EVENT_COLUMNS, event_record, write_event),
        ImportKind("people", PERSON_COLUMNS, person_record, write_person),
        ImportKind("companies", COMPANY_COLUMNS, company_record, write_company),
        ImportKind("awareness", AWARENESS_COLUMNS, awareness_record, write_awareness),
        ImportKind("registrations", REGISTRATION_COLUMNS, registration_record, write_registration),
        ImportKind("attendance", ATTENDANCE_COLUMNS, attendance_record, write_attendance),
        ImportKind("exhibitors", EXHIBITOR_COLUMNS, exhibitor_record, write_exhibitor),
        ImportKind("demonstrations", DEMONSTRATION_COLUMNS, demonstration_record, write_demonstration),
        ImportKind("tables", TABLE_COLUMNS, table_record, write_table),
        ImportKind("interviews", INTERVIEW_COLUMNS, interview_record, write_interview),
        ImportKind("offers", OFFER_COLUMNS, offer_record, write_offer),
        ImportKind("pathways", PATHWAY_COLUMNS, pathway_record, write_pathway),
        ImportKind("services", SERVICE_COLUMNS, service_record, write_service),
        ImportKind("visitors", VISITOR_COLUMNS, visitor_record, write_visitors),
        ImportKind("hours", HOUR_COLUMNS, _together, _together, bring_hours),
        ImportKind("attested", ATTESTED_COLUMNS, attested_record, write_attested),
    )
}

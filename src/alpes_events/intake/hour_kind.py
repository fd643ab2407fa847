"""Hours among the other kinds of files: a facilitator's are validated, a coordinator's declared."""

from alpes_events.clause.eligibility.facilitating import facilitates
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.database.engine import Database
from alpes_events.intake.hour_import import HourReport, import_hours
from alpes_events.intake.hour_options import HourOptions
from alpes_events.intake.report import Options, Run
from alpes_events.intake.table import Table


def bring_hours(database: Database, table: Table, options: Options, run: Run) -> HourReport:
    """Import a table of hours as whoever asks for it may."""
    chosen = HourOptions(
        account=_account_of(database, run.account_id),
        dry_run=options.dry_run,
        all_or_nothing=options.all_or_nothing,
        at_once=max(1, options.at_once),
    )
    steps = {"matching" if options.dry_run else "progress": run.progress}
    return import_hours(
        database, table, now=run.now, options=chosen, account_id=run.account_id, go_on=run.go_on, **steps
    )


def _account_of(database: Database, account_id: int | None) -> HourAccount:
    """Only facilitators decide on hours; from a terminal, whoever runs the platform."""
    with database.reading() as db:
        return HourAccount.VALIDATED if facilitates(db, account_id) else HourAccount.DECLARED

"""The long work that people ask for on the site, done here: which module does each kind."""

from collections.abc import Mapping

from alpes_events.clause.planning.planning_errand import plan_of_lots
from alpes_events.errands.models import ErrandKind
from alpes_events.errands.performing import Worker
from alpes_events.errands.work import Perform
from alpes_events.intake.export_errands import every_event, sign_ups_of_year
from alpes_events.intake.hour_export import hours_of_year
from alpes_events.intake.import_errand import check_file, import_file
from alpes_events.interviews.convocations_errand import convocations_of_event
from alpes_events.interviews.proposing_errand import timetable_of_event
from alpes_events.statistics.year_errand import figures_of_year
from alpes_scheduler.desk import Desk

KINDS: Mapping[ErrandKind, Perform] = {
    ErrandKind.CHECK: check_file,
    ErrandKind.IMPORT: import_file,
    ErrandKind.SIGN_UPS: sign_ups_of_year,
    ErrandKind.EVENTS: every_event,
    ErrandKind.FIGURES: figures_of_year,
    ErrandKind.HOURS: hours_of_year,
    ErrandKind.CONVOCATIONS: convocations_of_event,
    ErrandKind.TIMETABLE: timetable_of_event,
    ErrandKind.PLACEMENTS: plan_of_lots,
}


def run_errands(desk: Desk) -> int:
    """Do the errands that are due. Gives how many ended."""
    return Worker(desk.database, KINDS, desk.clock, leaving=desk.leaving.is_set).perform_due()

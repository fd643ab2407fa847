"""One figure opens for readers without counting whole years, where it cannot be of few people."""

from alpes_events.database.engine import Database
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Role
from alpes_events.reporting.custom import catalogue_of
from alpes_events.reporting.evaluating import Evaluation
from alpes_events.reporting.hiding import hidden_around, hidden_in, may_be_hidden
from tests.support.in_schemes import entered, left
from tests.support.report_figures import FIGURE, YEAR, figures_in_town
from tests.support.staff import Desk, statements
from tests.support.stories import NOW, somebody

ATTESTED, PERSONS = FIGURE, "mde.mobility.transit_pass_persons"


def test_what_is_hidden_of_a_figure_is_what_is_hidden_of_its_year(organised: Database) -> None:
    with organised.writing() as db:
        figures_in_town(db, find_or_create_candidate(db, somebody(1), now=NOW))
        for number, reason in enumerate(("health", "moved", "gave_up", "employment"), start=2):
            left(db, entered(db, number), reason, proof="Contrat", job_months=6)
        evaluation = Evaluation(db, catalogue_of(db))
        whole = hidden_in(evaluation, YEAR, threshold=5)
        assert {PERSONS, "plie.exits"} <= whole.now
        for rule in evaluation.catalogue.values():
            names = {one.id for one in evaluation.of_definition(rule, YEAR)}
            part = hidden_around(evaluation, rule, YEAR, threshold=5)
            assert (part.now & names, part.before & names) == (whole.now & names, whole.before & names)
        assert not all(may_be_hidden(rule, evaluation.catalogue) for rule in evaluation.catalogue.values())


def test_figure_of_no_people_opens_for_readers_in_fewer_questions(organised: Database) -> None:
    with organised.writing() as db:
        figures_in_town(db, find_or_create_candidate(db, somebody(1), now=NOW))
        db.commit()
    reader, counts = Desk(organised, Role.READER), []
    for name in (ATTESTED, PERSONS):
        with statements(organised) as asked:
            assert reader.get(f"/staff/reports/figures/{YEAR}/{name}").status_code == 200
        counts.append(len(asked))
    assert counts[0] < counts[1] / 2

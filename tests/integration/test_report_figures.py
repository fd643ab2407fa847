"""Figures of one's own, the records behind a figure, and what may be shown outside."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session, select

from alpes_events.attested.commands import attest
from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.reporting.behind import opens, records_behind
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.compiled import ReportNotCompiled, compiled_year
from alpes_events.reporting.compiling import count_year, keep_compilation
from alpes_events.reporting.custom import IndicatorDraft, catalogue_of
from alpes_events.reporting.definition import BadDefinition, Basis, Definition, Measure, Op
from alpes_events.reporting.evaluating import Evaluation
from alpes_events.reporting.own_figures import (
    IndicatorNeeded,
    UnknownIndicator,
    bring_back,
    define,
    redefine,
    retire,
    the_indicator,
    version_subject,
)
from alpes_events.reporting.trying import tried
from alpes_events.services.acts import note_acts
from alpes_events.services.drafts import ActDraft
from alpes_events.versions.queries import former_versions
from tests.support.report_figures import FIGURE, YEAR, a_count, passes, worked_out
from tests.support.stories import NOW, an_organisation, somebody

BY: dict[str, Any] = {"now": NOW, "account_id": None}


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A writing session where two people got three passes in January and one in February."""
    an_organisation(database)
    with database.writing() as session:
        people = [find_or_create_candidate(session, somebody(number), now=NOW) for number in (1, 2)]
        days = (date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 6), date(2026, 2, 3))
        who = (people[0], people[0], people[1], people[1])
        note_acts(
            session,
            [ActDraft("transit_pass", day, candidate_id=one) for day, one in zip(days, who, strict=True)],
            **BY,
        )
        yield session


def defined(db: Session, draft: IndicatorDraft) -> int:
    tried(db, "own.tried", draft, (YEAR,))
    return define(db, draft, **BY)


def value_of(db: Session, name: str) -> object:
    """What a figure is in the year; « gone » where nothing has its name."""
    figure = count_year(db, YEAR).figures.get(name)
    return "gone" if figure is None else figure.printed


def test_figure_of_ones_own_counts_like_the_others_and_a_change_makes_a_version(db: Session) -> None:
    number = defined(db, passes())
    name = "own.titres_de_transport_remis_en_janvier"
    assert (value_of(db, name), catalogue_of(db)[name].version) == (3, 1)
    everywhere = passes(label="Titres de transport remis en janvier")
    redefine(db, number, everywhere, **BY)
    assert catalogue_of(db)[name].version == 1
    both = IndicatorDraft("Personnes", "", "acts", Measure.PERSONS, {"kind": ("transit_pass",)})
    redefine(db, number, both, **BY)
    assert (value_of(db, name), catalogue_of(db)[name].version) == (2, 2)
    (former,) = former_versions(db, version_subject(number))
    assert (former.content["version"], former.content["label"]) == (1, "Titres de transport remis en janvier")


def test_two_figures_of_one_label_have_two_names(db: Session) -> None:
    first, second = defined(db, passes()), defined(db, passes())
    assert the_indicator(db, first).code != the_indicator(db, second).code


def test_figure_worked_out_from_ones_own_is_counted_and_keeps_it_from_being_retired(db: Session) -> None:
    number = defined(db, passes())
    name = "own." + the_indicator(db, number).code
    share = defined(db, worked_out(Op.PERCENT, name, "mde.mobility.transit_passes"))
    assert value_of(db, "own.un_calcul") == 75
    with pytest.raises(IndicatorNeeded):
        retire(db, number, **BY)
    retire(db, share, **BY)
    retire(db, number, **BY)
    assert (value_of(db, name), value_of(db, "own.un_calcul")) == ("gone", "gone")
    with pytest.raises(BadDefinition):
        bring_back(db, share, **BY)
    bring_back(db, number, **BY)
    bring_back(db, share, **BY)
    assert value_of(db, "own.un_calcul") == 75


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (worked_out(Op.SUM, "mde.no_such_figure"), "n’existe pas"),
        (worked_out(Op.PERCENT, "mde.mobility.transit_passes"), "un chiffre de plus"),
        (worked_out(Op.RATIO, "mde.mobility.transit_passes", FIGURE), "vaut 0 en 2026"),
        (worked_out(Op.SUM, "mde.events.{}.visitors"), "est une liste"),
        (worked_out(Op.SUM_EACH, FIGURE), "n’est pas une liste"),
        (worked_out(Op.SUM), "au moins un chiffre"),
        (worked_out(Op.SUM, FIGURE, label=" "), "Donnez un nom"),
        (worked_out(Op.SUM, "plie.participants", "mde.clause.hours_total"), "même unité"),
        (IndicatorDraft("Titulaires", "", "acts", Measure.PERSONS, unit="hour"), "en personnes"),
        (passes(digits=9), "décimales"),
        (passes(unit="league"), "unité"),
        (IndicatorDraft("Quantités", "", "acts", Measure.SUM), "même unité"),
        (IndicatorDraft("Rien", "", "acts", Measure.MEAN), "ce qui est compté"),
        (IndicatorDraft("Rien", "", "moons"), "ce qui est compté"),
        (IndicatorDraft("Entrée", "", "acts", where={"entered": ("year",)}), "conditions"),
        (IndicatorDraft("Santé", "", "enrolments", Measure.PERSONS, {"criterion": ("RQTH",)}), "santé"),
    ],
)
def test_figure_that_cannot_be_is_refused_in_a_sentence_and_nothing_is_kept(
    db: Session, draft: IndicatorDraft, said: str
) -> None:
    attest(db, a_count("0"), **BY)
    with pytest.raises(BadDefinition, match=said):
        defined(db, draft)
    assert catalogue_of(db) == catalogue()


def test_circle_is_refused_with_the_way_round(db: Session) -> None:
    first = defined(db, worked_out(Op.SUM, "mde.mobility.transit_passes", label="Un"))
    defined(db, worked_out(Op.SUM, "own.un", label="Deux"))
    with pytest.raises(BadDefinition, match="« Un » → « Deux »"):
        redefine(db, first, worked_out(Op.SUM, "own.deux", label="Un"), **BY)
    assert value_of(db, "own.deux") == 4


def test_nobody_changes_a_figure_that_is_not_there(db: Session) -> None:
    with pytest.raises(UnknownIndicator):
        retire(db, 999, **BY)


def test_records_behind_are_as_many_as_the_figure_says_page_by_page(db: Session) -> None:
    evaluation, seen = Evaluation(db, catalogue()), 0
    for figure in evaluation.of_year(YEAR).values():
        if opens(figure.definition, figure.member) and figure.rows:
            pages = [
                records_behind(
                    db, evaluation, figure.definition, figure.member, YEAR, part=Part(number, 3), now=NOW, language="fr"
                ).page
                for number in (1, 2)
            ]
            assert {page.count for page in pages} == {figure.rows}
            assert sum(len(page.rows) for page in pages) == min(6, figure.rows)
            assert all(row.person for page in pages for row in page.rows)
            seen += 1
    assert seen >= 2


def test_records_that_tell_of_health_are_counted_and_not_opened() -> None:
    rule = Definition("x", "x", "x", "person", Basis.COUNTED, "enrolments", Measure.PERSONS)
    told = Definition("x", "x", "x", "person", Basis.COUNTED, "enrolments", where={"criterion": ("RQTH",)})
    assert (opens(rule, ""), opens(told, "")) == (True, False)
    by_reason = next(one for one in catalogue().values() if one.each == "reason")
    opened = [opens(by_reason, reason) for reason in ("health", "moved", "gave_up")]
    assert opened == [False, False, True]


def test_compiled_year_hides_few_people_and_tells_the_rest(db: Session) -> None:
    with pytest.raises(ReportNotCompiled):
        compiled_year(db, YEAR, threshold=5, language="fr")
    keep_compilation(db, count_year(db, YEAR), now=NOW)
    year = compiled_year(db, YEAR, threshold=5, language="fr")
    counted = count_year(db, YEAR).figures
    assert {name: one.figure for name, one in year.figures.items()} == counted
    people, passes_given = (
        year.figures["mde.mobility.transit_pass_persons"],
        year.figures["mde.mobility.transit_passes"],
    )
    assert (people.hidden, passes_given.hidden, passes_given.figure.printed) == (True, True, Decimal(4))
    assert not any(one.hidden for one in compiled_year(db, YEAR, threshold=0, language="fr").figures.values())


def test_figure_of_ones_own_leaves_a_line_in_the_journal_at_each_change(db: Session) -> None:
    number = defined(db, passes())
    redefine(db, number, passes(digits=1), **BY)
    retire(db, number, **BY)
    bring_back(db, number, **BY)
    rows = db.exec(select(JournalEntry).where(JournalEntry.kind == EntryKind.INDICATOR_CHANGED))
    told = [(row.subject_kind, row.subject_id, row.facts["changed"], row.facts["version"]) for row in rows]
    assert told == [
        ("custom_indicator", number, ["made"], 1),
        ("custom_indicator", number, ["rule"], 2),
        ("custom_indicator", number, ["retired"], 2),
        ("custom_indicator", number, ["brought_back"], 2),
    ]

"""Attested counts: one value for a figure and period, with its source; a correction says why and keeps the former."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import Session, select

from alpes_events.attested.commands import AttestedDraft, attest, correct_attested
from alpes_events.attested.models import AttestedCount
from alpes_events.attested.refusals import AttestedAlready, BadAttested, UnknownAttested
from alpes_events.database.engine import Database
from alpes_events.reporting.attested_list import attested_lines, named_by
from alpes_events.reporting.attested_values import attested_values
from alpes_events.reporting.attesting import attest_figure, correct_figure
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.definition import BadDefinition
from alpes_events.reporting.evaluating import Evaluation
from tests.support.stories import NOW, an_organisation

DAY = date(2026, 1, 20)


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A writing session in an organisation."""
    an_organisation(database)
    with database.writing() as session:
        yield session


def a_count(
    value: str = "679", *, name: str = "ml.new_registrations", period: str = "2025", **said: object
) -> AttestedDraft:
    """A count as somebody attests it."""
    given = {"source": "i-Milo", "attested_on": DAY} | said
    return AttestedDraft(name, period, Decimal(value), **given)  # type: ignore[arg-type]


def test_count_twice_for_one_period_is_refused_and_a_correction_keeps_the_former(db: Session) -> None:
    attest(db, a_count(), now=NOW, account_id=None)
    with pytest.raises(AttestedAlready):
        attest(db, a_count("680"), now=NOW, account_id=None)
    with pytest.raises(BadAttested):
        correct_attested(db, a_count("680"), why="", now=NOW, account_id=None)
    correct_attested(db, a_count("680"), why="oubli de décembre", now=NOW, account_id=None)
    rows = db.exec(select(AttestedCount).order_by(AttestedCount.id)).all()  # type: ignore[arg-type]
    assert [(row.value, row.replaced_at is None, row.why) for row in rows] == [
        (679, False, ""),
        (680, True, "oubli de décembre"),
    ]
    assert Evaluation(db, catalogue()).of_year(2025)["ml.new_registrations"].value == 680


def test_correction_of_what_nobody_attested_is_refused(db: Session) -> None:
    with pytest.raises(UnknownAttested):
        correct_attested(db, a_count(), why="oubli", now=NOW, account_id=None)


@pytest.mark.parametrize(
    "wrong",
    [
        a_count(period="25"),
        a_count(period="0223"),
        a_count(period="1989-12"),
        a_count(period="2037"),
        a_count(period="2025-13"),
        a_count(source=" "),
        a_count(attested_on=NOW.date() + timedelta(days=1)),
        a_count("NaN"),
        a_count("1e20"),
        a_count("0.12345"),
    ],
)
def test_count_that_cannot_be_is_refused(db: Session, wrong: AttestedDraft) -> None:
    with pytest.raises(BadAttested):
        attest(db, wrong, now=NOW, account_id=None)


def test_evolution_rests_on_both_years_and_is_not_known_without_one(db: Session) -> None:
    attest(db, a_count("679"), now=NOW, account_id=None)
    change = "ml.new_registrations_change_pct"
    assert Evaluation(db, catalogue()).of_year(2025)[change].printed is None
    attest(db, a_count("631", period="2024"), now=NOW, account_id=None)
    assert Evaluation(db, catalogue()).of_year(2025)[change].printed == Decimal("7.61")
    attest(db, a_count("0", name="ml.interviews", period="2024"), now=NOW, account_id=None)
    attest(db, a_count("5", name="ml.interviews"), now=NOW, account_id=None)
    assert Evaluation(db, catalogue()).of_year(2025)["ml.interviews_change_pct"].printed is None


def test_members_of_an_attested_list_come_by_their_names(db: Session) -> None:
    for scheme, amount in (("Fonds d’aide", "29986.5"), ("Repas", "13.5")):
        attest(db, a_count(amount, name=f"ml.financial_aid.{scheme}.amount_eur"), now=NOW, account_id=None)
    figures = Evaluation(db, catalogue()).of_year(2025)
    assert figures["ml.financial_aid.Repas.amount_eur"].printed == Decimal(14)
    assert figures["ml.financial_aid_total.amount_eur"].value == 30000


def by_month(db: Session, *months: int, name: str = "ml.interviews") -> object:
    """The figure of 2025 after ten of it were attested for each of these months."""
    for month in months:
        attest_figure(db, a_count("10", name=name, period=f"2025-{month:02d}"), now=NOW, account_id=None)
    figure = Evaluation(db, catalogue()).of_year(2025)[name]
    return figure.value, figure.rows


def test_twelve_months_of_what_adds_up_make_the_year_and_eleven_say_what_is_missing(db: Session) -> None:
    assert by_month(db, *range(1, 12)) == (None, None)
    assert attested_values(db, 2025)["ml.interviews"].missing == ("12",)
    assert still_to_attest(db, "ml.interviews") == [("12",)]
    assert by_month(db, 12) == (120, 12)
    assert still_to_attest(db, "ml.interviews") == []


def still_to_attest(db: Session, name: str) -> list[Sequence[str]]:
    """Each line of 2025 that asks for the figure, with the months that it says are missing."""
    lines = [one for chapter in attested_lines(db, 2025, language="fr") for one in chapter.lines]
    return [one.missing for one in lines if one.name == name and one.count is None]


def test_year_that_is_attested_whole_stands_before_its_months(db: Session) -> None:
    by_month(db, *range(1, 13))
    attest_figure(db, a_count("125", name="ml.interviews"), now=NOW, account_id=None)
    assert by_month(db) == (125, 1)


@pytest.mark.parametrize("name", ["ml.young_in_contact", "ml.employment.women_pct"])
def test_month_of_what_does_not_add_up_is_refused_and_never_summed(db: Session, name: str) -> None:
    with pytest.raises(BadAttested, match="année entière"):
        by_month(db, 3, name=name)
    for month in range(1, 13):
        attest(db, a_count("10", name=name, period=f"2025-{month:02d}"), now=NOW, account_id=None)
        assert by_month(db, name=name) == (None, None)
        assert still_to_attest(db, name) == [()]


@pytest.mark.parametrize(
    ("value", "name", "said"),
    [
        ("-12", "ml.interviews", "négatif"),
        ("-12", "ml.financial_aid.Repas.amount_eur", "négatif"),
        ("12.5", "ml.interviews", "nombre entier"),
        ("12.5", "ml.young_in_contact", "nombre entier"),
    ],
)
def test_nobody_attests_less_than_nothing_nor_a_part_of_a_person(db: Session, value: str, name: str, said: str) -> None:
    with pytest.raises(BadAttested, match=said):
        attest_figure(db, a_count(value, name=name), now=NOW, account_id=None)
    attest_figure(db, a_count("12", name=name), now=NOW, account_id=None)
    with pytest.raises(BadAttested, match=said):
        correct_figure(db, a_count(value, name=name), why="oubli", now=NOW, account_id=None)


def test_share_has_decimals_and_an_amount_has_cents(db: Session) -> None:
    attest_figure(db, a_count("41.5", name="ml.employment.women_pct"), now=NOW, account_id=None)
    attest_figure(db, a_count("13.50", name="ml.financial_aid.Repas.amount_eur"), now=NOW, account_id=None)


def test_figure_that_is_counted_here_is_not_attested_and_the_sentence_says_so() -> None:
    with pytest.raises(BadDefinition, match="se compte ou se calcule ici"):
        named_by("plie.participants", catalogue(), language="fr")
    with pytest.raises(BadDefinition, match="Aucun chiffre"):
        named_by("plie.nothing", catalogue(), language="fr")


def test_figure_that_is_counted_here_says_so_by_its_label_too() -> None:
    label = catalogue()["mde.offers.published"].label
    with pytest.raises(BadDefinition, match="se compte ou se calcule ici"):
        named_by(label, catalogue(), language="fr")


@pytest.mark.parametrize("period", ["2027", "2026-02"])
def test_count_of_days_to_come_is_refused_and_a_target_is_not(db: Session, period: str) -> None:
    with pytest.raises(BadAttested, match="commencé"):
        attest_figure(db, a_count("12", name="ml.interviews", period=period), now=NOW, account_id=None)
    attest_figure(db, a_count("12", name="ml.interviews", period="2026-01"), now=NOW, account_id=None)
    attest_figure(db, a_count("12", name="ml.interviews@target", period="2027"), now=NOW, account_id=None)
    sooner = a_count("12", name="ml.interviews", period="2026-01", attested_on=date(2025, 12, 31))
    with pytest.raises(BadAttested, match="commencé"):
        correct_figure(db, sooner, why="plus tôt", now=NOW, account_id=None)

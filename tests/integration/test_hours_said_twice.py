"""Hours of a person that two ways brought: nothing counts twice without somebody having said so."""

from contextlib import suppress
from itertools import permutations

import pytest
from sqlmodel import Session

from alpes_events.clause.declaring.deciding import Counting, undo_decision, validate_lines
from alpes_events.clause.declaring.declaration_refusals import CountedAlready, ToConfirm
from alpes_events.clause.declaring.declared import declaration_view
from alpes_events.clause.declaring.declaring import Flag, seen_key
from alpes_events.clause.declaring.roster import employed_by_ids
from alpes_events.clause.ledger.balances import Balance, balances_by_lot
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.tables.declaration_rows import LineState
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.companies.models import Company
from alpes_events.database.engine import Database
from alpes_events.intake.csv_file import read_csv
from alpes_events.intake.hour_import import HourReport, import_hours
from alpes_events.intake.hour_options import HourOptions
from alpes_events.language.refusal import Refusal
from alpes_events.people.merge_proposals import propose_pair
from alpes_events.people.merging import accept_merge
from alpes_events.people.models import Role
from tests.support.clause import FEBRUARY, a_site, employs, works
from tests.support.declaring import HOUR, hours_of, opens_for, sends
from tests.support.errands import an_account
from tests.support.stories import NOW


def line_ids(db: Session, declaration_id: int) -> list[int]:
    return [line.id for line in declaration_view(db, declaration_id).lines]


def facilitator(db: Session) -> int:
    return an_account(db, email="facile@example.org", role=Role.FACILITATOR)


@pytest.mark.parametrize(("counting", "validated"), [(Counting.ADDED, 160 * HOUR), (Counting.REPLACED, 100 * HOUR)])
def test_hours_that_the_ledger_has_already_count_again_only_when_it_is_said_how(
    organised: Database, counting: Counting, validated: int
) -> None:
    with organised.writing() as db:
        site = a_site(db)
        declaration_id, who = opens_for(db, site)
        works(db, who, 60 * HOUR)
        line = hours_of(who, 100)
        with pytest.raises(ToConfirm) as asked:
            sends(db, declaration_id, line)
        assert asked.value.flags[0][-1] is Flag.COUNTED
        sends(db, declaration_id, line, seen=tuple(seen_key(line, flag) for flag in asked.value.flags[0]))
        ids, by = line_ids(db, declaration_id), facilitator(db)
        with pytest.raises(CountedAlready) as told:
            validate_lines(db, declaration_id, ids, now=NOW, account_id=by)
        assert told.value.line_ids == set(ids)
        validate_lines(db, declaration_id, ids, counting=counting, now=NOW, account_id=by)
        assert balances_by_lot(db)[site.lot_id].validated == validated
        undo_decision(db, declaration_id, ids[0], now=NOW, account_id=by)
        assert verify(db).findings == ()


def test_hours_that_came_after_the_line_was_sent_are_pointed_out_before_it_is_decided(organised: Database) -> None:
    with organised.writing() as db:
        declaration_id, who = opens_for(db, a_site(db))
        sends(db, declaration_id, hours_of(who, 50))
        works(db, who, 50 * HOUR)
        (line,) = declaration_view(db, declaration_id).lines
        assert line.flags == (Flag.COUNTED,)
        with pytest.raises(CountedAlready):
            validate_lines(db, declaration_id, [line.id], now=NOW, account_id=facilitator(db))


def test_hours_of_another_month_contract_or_person_are_no_doubles(organised: Database) -> None:
    with organised.writing() as db:
        here = a_site(db, 1)
        declaration_id, who = opens_for(db, here)
        person = db.get_one(EmploymentContract, who).candidate_id
        elsewhere = employs(db, a_site(db, 2), candidate_id=person)
        works(db, who, 40 * HOUR, month=FEBRUARY)
        works(db, elsewhere, 40 * HOUR)
        works(db, employs(db, here, 2), 40 * HOUR)
        works(db, who, 40 * HOUR, account=HourAccount.PLANNED)
        sends(db, declaration_id, hours_of(who, 50))
        validate_lines(db, declaration_id, line_ids(db, declaration_id), now=NOW, account_id=facilitator(db))
        assert balances_by_lot(db)[here.lot_id].validated == (40 + 40 + 50) * HOUR


def test_record_that_was_merged_is_the_same_person(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        declaration_id, who = opens_for(db, site, 1)
        double = employs(db, site, 2)
        works(db, double, 50 * HOUR)
        kept, gone = (db.get_one(EmploymentContract, one).candidate_id for one in (who, double))
        proposal = propose_pair(db, kept, gone, now=NOW)
        accept_merge(db, proposal, kept_id=kept, now=NOW, account_id=None)
        with pytest.raises(ToConfirm) as asked:
            sends(db, declaration_id, hours_of(who, 50))
        assert asked.value.flags == {0: (Flag.COUNTED,)}


def test_hours_declared_by_a_file_are_pointed_out_too(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        declaration_id, who = opens_for(db, site)
        works(db, who, 50 * HOUR, account=HourAccount.DECLARED)
        line = hours_of(who, 55)
        sends(db, declaration_id, line, seen=(seen_key(line, Flag.FILED),))
        ids = line_ids(db, declaration_id)
        validate_lines(db, declaration_id, ids, counting=Counting.REPLACED, now=NOW, account_id=facilitator(db))
        assert balances_by_lot(db)[site.lot_id] == Balance(declared=55 * HOUR, validated=55 * HOUR)


def test_full_month_is_counted_over_all_companies_and_ways(organised: Database) -> None:
    with organised.writing() as db:
        here, there = a_site(db, 1), a_site(db, 2)
        first, second = opens_for(db, here), opens_for(db, there)
        works(db, employs(db, a_site(db, 3)), 60 * HOUR)
        sends(db, first[0], hours_of(first[1], 60, until_on=hours_of(1).from_on.replace(day=15)))
        with pytest.raises(ToConfirm) as asked:
            sends(db, second[0], hours_of(second[1], 60, from_on=hours_of(1).from_on.replace(day=16)))
        assert asked.value.flags == {0: (Flag.OVERTIME,)}


def test_flags_of_a_decision_know_the_lines_that_still_wait(organised: Database) -> None:
    with organised.writing() as db:
        declaration_id, who = opens_for(db, a_site(db))
        lines = [hours_of(who, 100), hours_of(who, 90)]
        seen = [seen_key(line, flag) for line in lines for flag in (Flag.OVERTIME, Flag.TWICE)]
        sends(db, declaration_id, *lines, seen=tuple(seen))
        first, _second = line_ids(db, declaration_id)
        validate_lines(db, declaration_id, [first], now=NOW, account_id=facilitator(db))
        (decided,) = (one for one in declaration_view(db, declaration_id).lines if one.state is LineState.VALIDATED)
        assert set(decided.flags) == {Flag.OVERTIME, Flag.TWICE}


HEAD = "nom;prénom;marché;opération;maître d’ouvrage;entreprise;mois;heures"


def brings(database: Database, who: int, hours: str, **options: object) -> HourReport:
    """A file that says so many hours of somebody in January."""
    with database.reading() as db:
        (one,) = employed_by_ids(db, [who]).values()
        company = db.get_one(EmploymentContract, who).company_id
        name, site = f"{one.family_name};{one.given_name}", f"{one.ground.reference};{one.operation}"
        row = f"{name};{site};Ville 1;{db.get_one(Company, company).name};01/2026;{hours}"
    chosen = HourOptions(**options)  # type: ignore[arg-type]
    return import_hours(database, read_csv(f"{HEAD}\n{row}".encode()), now=NOW, options=chosen)


@pytest.mark.parametrize("account", [HourAccount.VALIDATED, HourAccount.DECLARED])
def test_row_of_a_file_whose_hours_wait_in_a_declaration_is_refused(organised: Database, account: HourAccount) -> None:
    with organised.writing() as db:
        declaration_id, who = opens_for(db, a_site(db))
        sends(db, declaration_id, hours_of(who, 100))
        db.commit()
    report = brings(organised, who, "90", account=account, corrects=True)
    assert (report.added, report.refused) == (0, 1)
    assert "en attente" in report.issues[0].sentence.in_language("fr")


@pytest.mark.parametrize(("hours", "there", "refused"), [("100", 1, 0), ("90", 0, 1)])
def test_row_that_a_declaration_validated_adds_nothing_and_corrects_nothing(
    organised: Database, hours: str, there: int, refused: int
) -> None:
    with organised.writing() as db:
        site = a_site(db)
        declaration_id, who = opens_for(db, site)
        sends(db, declaration_id, hours_of(who, 100))
        validate_lines(db, declaration_id, line_ids(db, declaration_id), now=NOW, account_id=facilitator(db))
        db.commit()
    report = brings(organised, who, hours, corrects=True)
    assert (report.added, report.there, report.refused) == (0, there, refused)
    with organised.reading() as db:
        assert balances_by_lot(db)[site.lot_id].validated == 100 * HOUR


def test_row_of_another_employment_contract_does_not_count_what_a_declaration_validated(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        declaration_id, who = opens_for(db, site)
        person = db.get_one(EmploymentContract, who).candidate_id
        again = employs(db, site, candidate_id=person)
        sends(db, declaration_id, hours_of(again, 100))
        validate_lines(db, declaration_id, line_ids(db, declaration_id), now=NOW, account_id=facilitator(db))
        db.commit()
    report = brings(organised, who, "100")
    assert (report.added, report.refused) == (0, 1)
    assert "déjà validées" in report.issues[0].sentence.in_language("fr")


def test_file_that_gives_more_than_a_full_month_over_all_companies_says_so(organised: Database) -> None:
    with organised.writing() as db:
        here, there = a_site(db, 1), a_site(db, 2)
        who = employs(db, here)
        person = db.get_one(EmploymentContract, who).candidate_id
        works(db, employs(db, there, candidate_id=person), 100 * HOUR)
        db.commit()
    quiet, loud = brings(organised, who, "51", dry_run=True), brings(organised, who, "52")
    said = [[one for one in report.warnings if one.column == "heures"] for report in (quiet, loud)]
    assert (loud.added, [[one.line for one in issues] for issues in said]) == (1, [[], [2]])
    assert "152" in said[1][0].sentence.in_language("fr")


@pytest.mark.parametrize("order", list(permutations(("file", "send", "decide", "file again"))))
def test_same_hours_count_once_in_whatever_order_a_file_and_a_declaration_bring_them(
    organised: Database, order: tuple[str, ...]
) -> None:
    with organised.writing() as db:
        site = a_site(db)
        declaration_id, who = opens_for(db, site)
        by = facilitator(db)
        db.commit()
    for act in order:
        if act.startswith("file"):
            brings(organised, who, "100", corrects=True)
            continue
        with organised.writing() as db, suppress(Refusal):
            line = hours_of(who, 100)
            if act == "send":
                sends(db, declaration_id, line, seen=(seen_key(line, Flag.COUNTED),))
            else:
                validate_lines(db, declaration_id, line_ids(db, declaration_id), now=NOW, account_id=by)
            db.commit()
    with organised.reading() as db:
        assert balances_by_lot(db)[site.lot_id].validated == 100 * HOUR * may_count(order)


def may_count(order: tuple[str, ...]) -> int:
    """Whether something counts at all: a file that came before the line was sent, or a decision after it."""
    before_sent = order[: order.index("send")]
    return int(any(act.startswith("file") for act in before_sent) or "decide" in order[order.index("send") :])

"""Monthly declarations: written, sent, changed, decided; the ledger says what was declared and what counts."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.clause.declaring.deciding import refuse_lines, undo_decision, validate_lines
from alpes_events.clause.declaring.declaration_refusals import (
    BadLines,
    BadMonth,
    LineDecided,
    NobodyNamed,
    NothingDeclared,
    NotToDecide,
    OtherCompanysContract,
    ReasonNeeded,
    SaidInDeclaration,
    SentAlready,
    SomebodyWorked,
    ToConfirm,
    UnknownLine,
)
from alpes_events.clause.declaring.declarations import renew_link, write_draft
from alpes_events.clause.declaring.declared import DeclarationState, declaration_of_reference, declaration_view
from alpes_events.clause.declaring.declaring import Flag, LineDraft, seen_key
from alpes_events.clause.declaring.line_entries import correct_entry
from alpes_events.clause.declaring.missing import company_months, missing
from alpes_events.clause.declaring.naming import name_person
from alpes_events.clause.declaring.sending import send_declaration
from alpes_events.clause.ledger.balances import Balance, balances_by_lot
from alpes_events.clause.ledger.hours import correct_hours
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.refusals import OwnCompany
from alpes_events.clause.tables.declaration_rows import DeclaredLine, HourDeclaration, LineState
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourEntry
from alpes_events.companies.commands import add_company
from alpes_events.companies.contacts import ContactDraft, add_contact
from alpes_events.companies.draft import CompanyDraft
from alpes_events.companies.merging import merge_by_hand
from alpes_events.database.engine import Database
from alpes_events.messages.declaration_mail import send_link
from alpes_events.people.models import Role
from tests.support.clause import FEBRUARY, JANUARY, Site, a_site, employs, works
from tests.support.declaring import HOUR, WAY, hours_of, opens, opens_for, sends
from tests.support.errands import an_account
from tests.support.stories import NOW


def ids_of(db: Session, declaration_id: int) -> list[int]:
    return [line.id for line in declaration_view(db, declaration_id).lines]


def balance(db: Session, site: Site) -> Balance:
    return balances_by_lot(db).get(site.lot_id, Balance())


def facilitator(db: Session) -> int:
    return an_account(db, email="facile@example.org", role=Role.FACILITATOR)


def test_month_is_opened_once_whoever_asks(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        employs(db, site)
        assert opens(db, site) == opens(db, site)
        assert len(db.exec(select(HourDeclaration)).all()) == 1


@pytest.mark.parametrize("month", [date(2026, 4, 1), date(2025, 12, 1)])
def test_month_to_come_or_before_any_contract_is_refused(organised: Database, month: date) -> None:
    with organised.writing() as db:
        site = a_site(db)
        employs(db, site)
        with pytest.raises(BadMonth):
            opens(db, site, month)


def test_draft_is_kept_and_enters_nothing(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        who = employs(db, site)
        declaration_id = opens(db, site)
        for hours in (90, 95):
            write_draft(db, declaration_id, [hours_of(who, hours)], way=WAY, now=NOW, account_id=None)
        view = declaration_view(db, declaration_id)
        assert (view.state, view.minutes) == (DeclarationState.WRITTEN, 95 * HOUR)
        assert balance(db, site) == Balance()


def test_sending_enters_what_is_declared_and_the_same_again_enters_nothing(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        who = employs(db, site)
        declaration_id = opens(db, site)
        write_draft(db, declaration_id, [hours_of(who)], way=WAY, now=NOW, account_id=None)
        for _ in range(2):
            sends(db, declaration_id, hours_of(who))
        assert balance(db, site) == Balance(declared=100 * HOUR)
        assert len(db.exec(select(HourEntry)).all()) == 1
        assert declaration_view(db, declaration_id).state is DeclarationState.RECEIVED
        with pytest.raises(SentAlready):
            write_draft(db, declaration_id, [hours_of(who)], way=WAY, now=NOW, account_id=None)


def test_change_after_sending_is_a_correction(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        who, other = employs(db, site, 1), employs(db, site, 2)
        declaration_id = opens(db, site)
        sends(db, declaration_id, hours_of(who), hours_of(other, 50))
        sends(db, declaration_id, hours_of(who, 80))
        assert balance(db, site) == Balance(declared=80 * HOUR)
        states = db.exec(select(DeclaredLine.state).order_by(col(DeclaredLine.id))).all()
        assert states == [LineState.SENT, LineState.WITHDRAWN]
        entries = db.exec(select(HourEntry.minutes).order_by(col(HourEntry.sequence))).all()
        assert sorted(entries) == sorted([6000, 3000, -6000, -3000, 4800])
        assert verify(db).findings == ()


def test_nobody_worked_is_an_answer_and_not_beside_hours(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        who = employs(db, site)
        declaration_id = opens(db, site)
        with pytest.raises(NothingDeclared):
            sends(db, declaration_id)
        with pytest.raises(SomebodyWorked):
            sends(db, declaration_id, hours_of(who), nobody=True)
        sends(db, declaration_id, nobody=True)
        view = declaration_view(db, declaration_id)
        assert (view.state, view.nobody_worked) == (DeclarationState.DECIDED, True)
        sends(db, declaration_id, hours_of(who))
        assert (declaration_view(db, declaration_id).nobody_worked, balance(db, site).declared) == (False, 6000)


def test_what_is_unusual_is_sent_once_it_was_confirmed_and_stays_with_the_line(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        who = employs(db, site)
        declaration_id, much = opens(db, site), hours_of(who, 160)
        with pytest.raises(ToConfirm) as asked:
            sends(db, declaration_id, much)
        assert asked.value.flags == {0: (Flag.OVERTIME,)}
        sends(db, declaration_id, much, seen=(seen_key(much, Flag.OVERTIME),))
        assert db.exec(select(DeclaredLine.flags)).one() == ["overtime"]


def test_person_of_another_company_does_not_exist(organised: Database) -> None:
    with organised.writing() as db:
        site, other = a_site(db, 1), a_site(db, 2)
        employs(db, site, 1)
        stranger = employs(db, other, 2)
        declaration_id = opens(db, site)
        with pytest.raises(BadLines):
            sends(db, declaration_id, hours_of(stranger))
        assert balance(db, other) == Balance()


def test_person_whom_two_companies_declare_is_pointed_out_to_both(organised: Database) -> None:
    with organised.writing() as db:
        here, there = a_site(db, 1), a_site(db, 2)
        first, second = opens_for(db, here), opens_for(db, there)
        sends(db, first[0], hours_of(first[1], 70))
        with pytest.raises(ToConfirm) as asked:
            sends(db, second[0], hours_of(second[1], 70))
        assert asked.value.flags == {0: (Flag.ELSEWHERE,)}
        line = hours_of(second[1], 70)
        sends(db, second[0], line, seen=(seen_key(line, Flag.ELSEWHERE),))
        for declaration_id, _who in (first, second):
            assert [line.flags for line in declaration_view(db, declaration_id).lines] == [(Flag.ELSEWHERE,)]


def test_somebody_unknown_waits_without_an_entry_until_they_are_named(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        who, account_id = employs(db, site), facilitator(db)
        declaration_id = opens(db, site)
        stranger = LineDraft(JANUARY, date(2026, 1, 31), 60 * HOUR, person_words="Nour Ba")
        sends(db, declaration_id, stranger, seen=(seen_key(stranger, Flag.UNKNOWN),))
        (line_id,) = ids_of(db, declaration_id)
        assert balance(db, site) == Balance()
        with pytest.raises(NobodyNamed):
            validate_lines(db, declaration_id, [line_id], now=NOW, account_id=account_id)
        with pytest.raises(OtherCompanysContract):
            name_person(db, declaration_id, line_id, employs(db, a_site(db, 2), 2), now=NOW, account_id=account_id)
        name_person(db, declaration_id, line_id, who, now=NOW, account_id=account_id)
        assert balance(db, site) == Balance(declared=60 * HOUR)
        validate_lines(db, declaration_id, [line_id], now=NOW, account_id=account_id)
        assert balance(db, site) == Balance(declared=60 * HOUR, validated=60 * HOUR)


def test_person_named_by_mistake_gives_their_hours_to_the_right_one(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        wrong, right = employs(db, site, 1), employs(db, site, 2)
        declaration_id, account_id = opens(db, site), facilitator(db)
        sends(db, declaration_id, hours_of(wrong))
        (line_id,) = ids_of(db, declaration_id)
        name_person(db, declaration_id, line_id, right, now=NOW, account_id=account_id)
        standing = db.exec(select(HourEntry.employment_id, HourEntry.minutes).order_by(col(HourEntry.sequence))).all()
        assert [tuple(one) for one in standing] == [(wrong, 6000), (wrong, -6000), (right, 6000)]


def test_lines_are_validated_and_refused_one_by_one_with_a_reason(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        lines = [hours_of(employs(db, site, number), 10 * number) for number in (1, 2, 3)]
        declaration_id, account_id = opens(db, site), facilitator(db)
        sends(db, declaration_id, *lines)
        first, second, third = sorted(ids_of(db, declaration_id))
        validate_lines(db, declaration_id, [first, third], now=NOW, account_id=account_id)
        with pytest.raises(ReasonNeeded):
            refuse_lines(db, declaration_id, [second], " … ", now=NOW, account_id=account_id)
        refuse_lines(db, declaration_id, [second], "Feuille d’heures absente", now=NOW, account_id=account_id)
        assert balance(db, site) == Balance(declared=60 * HOUR, validated=40 * HOUR, refused=20 * HOUR)
        view = declaration_view(db, declaration_id)
        assert view.state is DeclarationState.DECIDED
        assert [line.reason for line in view.lines if line.state is LineState.REFUSED] == ["Feuille d’heures absente"]
        with pytest.raises(NotToDecide):
            validate_lines(db, declaration_id, [second], now=NOW, account_id=account_id)


def test_refused_hours_are_declared_anew_and_validated_ones_are_not_changed(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        good, bad = employs(db, site, 1), employs(db, site, 2)
        declaration_id, account_id = opens(db, site), facilitator(db)
        sends(db, declaration_id, hours_of(good), hours_of(bad))
        lines = {
            line.person.employment_id: line.id for line in declaration_view(db, declaration_id).lines if line.person
        }
        validate_lines(db, declaration_id, [lines[good]], now=NOW, account_id=account_id)
        refuse_lines(db, declaration_id, [lines[bad]], "Non", now=NOW, account_id=account_id)
        with pytest.raises(LineDecided):
            sends(db, declaration_id, hours_of(good, 90, line_id=lines[good]))
        sends(db, declaration_id, hours_of(bad, 40))
        assert balance(db, site) == Balance(declared=240 * HOUR, validated=100 * HOUR, refused=100 * HOUR)
        assert declaration_view(db, declaration_id).state is DeclarationState.RECEIVED


def test_decision_that_is_undone_is_a_correction_and_the_line_waits_again(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        declaration_id, who = opens_for(db, site)
        account_id = facilitator(db)
        sends(db, declaration_id, hours_of(who))
        (line_id,) = ids_of(db, declaration_id)
        for _ in range(2):
            validate_lines(db, declaration_id, [line_id], now=NOW, account_id=account_id)
            undo_decision(db, declaration_id, line_id, now=NOW, account_id=account_id)
        assert balance(db, site) == Balance(declared=100 * HOUR)
        refuse_lines(db, declaration_id, [line_id], "Non", now=NOW, account_id=account_id)
        undo_decision(db, declaration_id, line_id, now=NOW, account_id=account_id)
        assert balance(db, site) == Balance(declared=100 * HOUR)
        assert verify(db).findings == ()


def test_hours_of_a_declaration_are_corrected_in_it_and_not_in_the_ledger(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        declaration_id, who = opens_for(db, site)
        account_id = facilitator(db)
        sends(db, declaration_id, hours_of(who))
        validate_lines(db, declaration_id, ids_of(db, declaration_id), now=NOW, account_id=account_id)
        for sequence in (1, 2):
            with pytest.raises(SaidInDeclaration) as refused:
                correct_entry(db, site.contract_id, sequence, 90 * HOUR, now=NOW, account_id=account_id)
            assert refused.value.declaration_id == declaration_id
        by_hand = works(db, who, 5 * HOUR)
        correct_entry(db, *by_hand, 4 * HOUR, now=NOW, account_id=account_id)
        assert balance(db, site).validated == 104 * HOUR


def test_decision_whose_entry_was_corrected_before_is_undone_with_what_stands(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        declaration_id, who = opens_for(db, site)
        account_id = facilitator(db)
        sends(db, declaration_id, hours_of(who))
        (line_id,) = ids_of(db, declaration_id)
        validate_lines(db, declaration_id, [line_id], now=NOW, account_id=account_id)
        correct_hours(db, site.contract_id, 2, 90 * HOUR, now=NOW, account_id=account_id)
        undo_decision(db, declaration_id, line_id, now=NOW, account_id=account_id)
        assert balance(db, site) == Balance(declared=100 * HOUR)


def test_nobody_decides_for_the_company_that_employs_in_the_place_of_another(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        declaration_id, who = opens_for(db, site)
        temp = add_company(db, CompanyDraft("Intérim Nord"), now=NOW, account_id=None)
        db.get_one(EmploymentContract, who).employer_id = temp
        account_id = facilitator(db)
        contact = ContactDraft(given_name="F", family_name="Acile", email="facile@example.org")
        add_contact(db, temp, contact, now=NOW, account_id=None)
        sends(db, declaration_id, hours_of(who))
        (line_id,) = ids_of(db, declaration_id)
        for decide in (
            lambda: validate_lines(db, declaration_id, [line_id], now=NOW, account_id=account_id),
            lambda: refuse_lines(db, declaration_id, [line_id], "Non", now=NOW, account_id=account_id),
            lambda: works(db, who, 60, account_id=account_id),
        ):
            with pytest.raises(OwnCompany):
                decide()


def test_nobody_decides_for_their_own_company_but_may_send_and_correct(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        declaration_id, who = opens_for(db, site)
        account_id = facilitator(db)
        contact = ContactDraft(given_name="F", family_name="Acile", email="facile@example.org")
        add_contact(db, site.company_id, contact, now=NOW, account_id=None)
        for hours in (100, 90):
            send_declaration(db, declaration_id, [hours_of(who, hours)], way=WAY, now=NOW, account_id=account_id)
        (line_id,) = ids_of(db, declaration_id)
        with pytest.raises(OwnCompany):
            validate_lines(db, declaration_id, [line_id], now=NOW, account_id=account_id)
        with pytest.raises(OwnCompany):
            refuse_lines(db, declaration_id, [line_id], "Non", now=NOW, account_id=account_id)
        assert balance(db, site) == Balance(declared=90 * HOUR)


def test_line_of_another_declaration_does_not_exist(organised: Database) -> None:
    with organised.writing() as db:
        here, there = a_site(db, 1), a_site(db, 2)
        first, second = opens_for(db, here), opens_for(db, there, 2)
        sends(db, first[0], hours_of(first[1]))
        sends(db, second[0], hours_of(second[1]))
        (line_id,) = ids_of(db, second[0])
        account_id = facilitator(db)
        with pytest.raises(UnknownLine):
            validate_lines(db, first[0], [line_id], now=NOW, account_id=account_id)
        with pytest.raises(UnknownLine):
            refuse_lines(db, first[0], [line_id], "Non", now=NOW, account_id=account_id)


def test_link_that_was_renewed_opens_nothing_and_a_decided_month_closes_it_later(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        declaration_id, who = opens_for(db, site)
        before = declaration_view(db, declaration_id).reference
        renew_link(db, declaration_id, now=NOW, account_id=None)
        assert declaration_of_reference(db, before) is None
        sends(db, declaration_id, hours_of(who))
        validate_lines(db, declaration_id, ids_of(db, declaration_id), now=NOW, account_id=facilitator(db))
        ends_at = declaration_view(db, declaration_id).ends_at
        assert ends_at is not None
        assert (ends_at - NOW).days == 92


def test_link_of_a_company_that_never_declares_ends_unless_it_is_sent_again(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        declaration_id, _who = opens_for(db, site, 1)
        contact = ContactDraft(given_name="F", family_name="Acile", email="facile@example.org")
        add_contact(db, site.company_id, contact, now=NOW, account_id=None)
        ends_at = declaration_view(db, declaration_id).ends_at
        assert NOW < ends_at <= NOW + timedelta(days=92)
        send_link(db, declaration_id, now=ends_at)
        assert declaration_view(db, declaration_id).ends_at == ends_at + timedelta(days=92)


def test_company_is_missing_until_it_has_sent_whatever_its_record(organised: Database) -> None:
    with organised.writing() as db:
        here, there = a_site(db, 1), a_site(db, 2)
        declaration_id, who = opens_for(db, here)
        employs(db, there, 2)
        a_site(db, 3)
        names = [(one.company, one.person_count) for one in missing(db, JANUARY)]
        assert names == [("Bâtiment 1", 1), ("Bâtiment 2", 1)]
        merge_by_hand(db, there.company_id, here.company_id, now=NOW, account_id=None)
        assert [(one.company, one.person_count) for one in missing(db, JANUARY)] == [("Bâtiment 2", 2)]
        sends(db, declaration_id, hours_of(who))
        assert (missing(db, JANUARY), [one.state for one in company_months(db, JANUARY)]) == (
            [],
            [DeclarationState.RECEIVED],
        )
        assert [one.company for one in missing(db, FEBRUARY)] == ["Bâtiment 2"]

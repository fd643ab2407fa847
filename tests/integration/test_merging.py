"""Merging: likely pairs are proposed once, a merge is a link that can be undone, and counts follow the links."""

import threading
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import delete, distinct
from sqlmodel import Session, col, func, select

from alpes_events.attendance.double_sign_ups import double_sign_ups
from alpes_events.attendance.models import Registration
from alpes_events.attendance.reference_search import person_of_reference
from alpes_events.attendance.release import cancel_registration
from alpes_events.database.engine import Database
from alpes_events.journal.models import JournalEntry
from alpes_events.people.candidate_account import account_to_sign_in, candidates_of
from alpes_events.people.commands import find_or_create_candidate, revise_candidate
from alpes_events.people.identity import PersonIn
from alpes_events.people.merge_proposals import propose_all_merges, propose_merges, propose_pair
from alpes_events.people.merge_queries import open_proposal_count, open_proposals, undoable_merges
from alpes_events.people.merging import (
    AlreadyMerged,
    NotMerged,
    TooLateToUndo,
    UnknownProposal,
    accept_merge,
    refuse_merge,
    undo_merge,
)
from alpes_events.people.models import Candidate, MergeProposal
from alpes_events.people.own_words import change_own_email
from alpes_events.people.queries import UnknownCandidate, canonical, the_candidate
from alpes_events.people.records import canonical_id, canonical_ids, merged_records, records_of
from alpes_events.people.search import find_people
from alpes_events.statistics.models import TouchedRecord
from alpes_events.statistics.touched import note_touched
from tests.support.databases import Templates
from tests.support.stories import NOW, an_event, an_organisation, signs_up

ZOE = PersonIn("Lefèvre", "Zoé", email="zoe.lefevre@example.org", telephone="06 39 98 00 01")
AGAIN = PersonIn("ZOE", "LEFEVRE", email="z.lefevre@example.com", telephone="+33 6 39 98 00 01")


def _two_records(db: Session, now: datetime) -> tuple[int, int, int]:
    """Zoé twice, and the proposal to merge her."""
    zoe = find_or_create_candidate(db, ZOE, now=now)
    again = find_or_create_candidate(db, AGAIN, now=now)
    assert propose_merges(db, again, now=now) == 1
    return zoe, again, db.exec(select(MergeProposal.id)).one() or 0


def test_person_who_signs_up_twice_is_proposed_once_with_reasons(database: Database, now: datetime) -> None:
    with database.writing() as db:
        zoe, again, _proposal = _two_records(db, now)
        sister = find_or_create_candidate(db, replace(ZOE, given_name="Inès"), now=now)
        assert propose_merges(db, sister, now=now) == 0
        assert propose_merges(db, zoe, now=now) == 0
        assert propose_all_merges(db, now=now) == 0
        (view,) = open_proposals(db)
        assert (view.first.id, view.second.id, view.certain, open_proposal_count(db)) == (zoe, again, True, 1)
        assert [reason.label for reason in view.reasons if (reason.points or 0) > 0] == [
            "Le même nom, à la place de l’autre",
            "Le même nom, à la place de l’autre",
            "Même téléphone",
        ]


def test_proposal_finds_what_only_one_thing_has_in_common(database: Database, now: datetime) -> None:
    born = date(1990, 3, 2)
    pairs = [
        (ZOE, replace(ZOE, family_name="Lefebvre", email="")),
        (
            PersonIn("Kowalski", "Ana", email="ana.kowalski@example.org"),
            PersonIn("Kowalsky", "Ana", email="ana.kowalski@exmaple.org"),
        ),
        (
            PersonIn("Traoré", "Awa", email="awa@example.org", birth_on=born),
            PersonIn("Traore", "Awa", telephone="0639980002", birth_on=date(1990, 2, 3)),
        ),
    ]
    with database.writing() as db:
        for first, second in pairs:
            find_or_create_candidate(db, first, now=now)
            assert propose_merges(db, find_or_create_candidate(db, second, now=now), now=now) == 1


def test_refused_pair_stays_refused_until_staff_say_otherwise(database: Database, now: datetime) -> None:
    with database.writing() as db:
        zoe, again, proposal = _two_records(db, now)
        refuse_merge(db, proposal, now=now, account_id=None)
        assert propose_all_merges(db, now=now) == 0
        assert open_proposals(db) == []
        assert propose_pair(db, again, zoe, now=now) == proposal
        assert accept_merge(db, proposal, kept_id=zoe, now=now, account_id=None) == zoe
        with pytest.raises(AlreadyMerged):
            refuse_merge(db, proposal, now=now, account_id=None)
        with pytest.raises(UnknownProposal):
            refuse_merge(db, 999, now=now, account_id=None)


def test_merge_moves_no_row_and_is_undone_within_thirty_days(database: Database, now: datetime) -> None:
    with database.writing() as db:
        zoe, again, proposal = _two_records(db, now)
        with pytest.raises(NotMerged):
            undo_merge(db, proposal, now=now, account_id=None)
        accept_merge(db, proposal, kept_id=again, now=now, account_id=None)
        assert canonical(db, the_candidate(db, zoe)).id == again
        assert [view.id for view in undoable_merges(db, now=now + timedelta(days=29))] == [proposal]
        with pytest.raises(TooLateToUndo, match="30 jours"):
            undo_merge(db, proposal, now=now + timedelta(days=30), account_id=None)
        undo_merge(db, proposal, now=now + timedelta(days=29), account_id=None)
        assert canonical_ids(db, [zoe, again]) == {zoe: zoe, again: again}
        accept_merge(db, proposal, kept_id=zoe, now=now, account_id=None)
        assert records_of(db, zoe) == (zoe, again)
        kinds = db.exec(select(JournalEntry.kind, JournalEntry.subject_id).order_by(col(JournalEntry.id))).all()
        assert kinds == [("CandidatesMerged", again), ("MergeUndone", again), ("CandidatesMerged", zoe)]


def test_chains_of_merges_end_at_one_record_and_never_in_a_circle(database: Database, now: datetime) -> None:
    with database.writing() as db:
        ids = [
            find_or_create_candidate(db, replace(ZOE, email=f"zoe{number}@example.org"), now=now) for number in range(4)
        ]
        a, b, c, d = ids
        ab, bc, cd, ad = (propose_pair(db, *pair, now=now) for pair in ((a, b), (b, c), (c, d), (a, d)))
        accept_merge(db, ab, kept_id=b, now=now, account_id=None)
        accept_merge(db, bc, kept_id=c, now=now, account_id=None)
        accept_merge(db, cd, kept_id=d, now=now, account_id=None)
        assert canonical_ids(db, ids) == dict.fromkeys(ids, d)
        with pytest.raises(AlreadyMerged):
            accept_merge(db, ad, kept_id=a, now=now, account_id=None)
        undo_merge(db, bc, now=now, account_id=None)
        assert canonical_ids(db, ids) == {a: b, b: b, c: d, d: d}
        with pytest.raises(UnknownCandidate):
            accept_merge(db, ad, kept_id=999, now=now, account_id=None)
        assert accept_merge(db, ad, kept_id=c, now=now, account_id=None) == d
        assert canonical_ids(db, ids) == dict.fromkeys(ids, d)


def test_merges_at_the_same_moment_make_no_circle(templates: Templates) -> None:
    with templates.fresh("postgresql") as database:
        with database.writing() as db:
            a, b, c = (
                find_or_create_candidate(db, replace(ZOE, email=f"zoe{number}@example.org"), now=NOW)
                for number in range(3)
            )
            wishes = [(propose_pair(db, *pair, now=NOW), pair[0]) for pair in ((a, b), (b, c), (c, a))]
            db.commit()
        barrier = threading.Barrier(len(wishes))

        def merge(proposal: int, kept_id: int) -> None:
            with database.writing() as db, suppress(AlreadyMerged):
                db.exec(select(MergeProposal.id)).all()
                barrier.wait()
                accept_merge(db, proposal, kept_id=kept_id, now=NOW, account_id=None)
                db.commit()

        threads = [threading.Thread(target=merge, args=wish) for wish in wishes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with database.reading() as db:
            links = db.exec(select(Candidate.merged_into).order_by(col(Candidate.id))).all()
            assert len(set(canonical_ids(db, [a, b, c]).values())) == 1
    assert links.count(None) == 1


def test_counts_take_the_record_that_stands(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        for number in (1, 2, 3):
            signs_up(db, an_event(db, capacity=None), number)
        first, second, third = db.exec(select(Registration.candidate_id).order_by(col(Registration.id))).all()
        for pair in ((first, second), (second, third)):
            accept_merge(db, propose_pair(db, *pair, now=NOW), kept_id=pair[1], now=NOW, account_id=None)
        merged = merged_records()
        person = canonical_id(col(Registration.candidate_id), merged)
        statement = (
            select(func.count(distinct(person)), func.count())
            .select_from(Registration)
            .outerjoin(merged, merged.c.id == col(Registration.candidate_id))
        )
        assert db.exec(statement).one() == (1, 3)


def test_merge_and_its_undoing_have_the_figures_of_both_records_counted_anew(database: Database, now: datetime) -> None:
    with database.writing() as db:
        zoe, again, proposal = _two_records(db, now)
        for change in (
            lambda: accept_merge(db, proposal, kept_id=zoe, now=now, account_id=None),
            lambda: undo_merge(db, proposal, now=now, account_id=None),
        ):
            db.execute(delete(TouchedRecord))
            change()
            entry = db.exec(select(JournalEntry).order_by(col(JournalEntry.id).desc())).first()
            assert entry is not None
            note_touched(db, entry, now)
            assert set(db.exec(select(TouchedRecord.candidate_id))) == {zoe, again}


def test_two_sign_ups_of_one_event_come_to_light(database: Database) -> None:
    an_organisation(database)
    with database.writing() as db:
        event_id = an_event(db, capacity=1)
        placed, waiting = signs_up(db, event_id, 1), signs_up(db, event_id, 2)
        kept, other = db.exec(select(Registration.candidate_id).order_by(col(Registration.id))).all()
        assert double_sign_ups(db, kept) == []
        accept_merge(db, propose_pair(db, kept, other, now=NOW), kept_id=kept, now=NOW, account_id=None)
        (double,) = double_sign_ups(db, kept)
        assert [line.reference for line in double.sign_ups] == [placed.reference, waiting.reference]
        assert person_of_reference(db, f" {waiting.reference.lower()[:3]}-{waiting.reference[3:]}") == kept
        assert person_of_reference(db, "AAAAAAAAA") is None
        assert signs_up(db, event_id, 2).repeated
        cancel_registration(db, double.sign_ups[1].registration_id, by="staff", now=NOW, account_id=None)
        assert double_sign_ups(db, kept) == []


def test_staff_find_people_however_they_type(database: Database, now: datetime) -> None:
    with database.writing() as db:
        zoe, again, proposal = _two_records(db, now)
        accept_merge(db, proposal, kept_id=zoe, now=now, account_id=None)
        hugo = find_or_create_candidate(db, PersonIn("D’Haëne", "Hugo", telephone="03 20 00 00 09"), now=now)

        def found(text: str) -> list[int]:
            return [person.id for person in find_people(db, text).people]

        for text in (
            "zoe",
            "LEFÈVRE z",
            "lef zoé",
            "z.lefevre@",
            "0639980001",
            "+33 6.39.98.00.01",
            "980001",
            str(again),
        ):
            assert found(text) == [zoe]
        assert found("haene") == found("d'haene hugo") == found("32000000") == [hugo]
        assert found("  ") == [hugo, zoe]
        nearly = find_people(db, "hugo dhaeme")
        assert ([person.id for person in nearly.people], nearly.forgiving) == ([], False)
        nearly = find_people(db, "lefrvre zoee")
        assert ([person.id for person in nearly.people], nearly.forgiving, nearly.page_count) == ([zoe], True, 1)
        assert found("inconnue") == found("nobody@example.org") == found("99999") == []


@pytest.mark.parametrize("by_staff", [True, False])
def test_mailbox_that_was_left_opens_no_record_merged_into_the_file(
    database: Database, now: datetime, by_staff: bool
) -> None:
    """Both records had the address; the person changed it after the merge."""
    new = "zoe.nouvelle@example.org"
    with database.writing() as db:
        zoe, again, proposal = _two_records(db, now)
        db.get_one(Candidate, again).email = ZOE.email
        accept_merge(db, proposal, kept_id=zoe, account_id=None, now=now)
        account_id = account_to_sign_in(db, ZOE.email, now=now)
        assert account_id is not None
        if by_staff:
            revise_candidate(db, zoe, replace(ZOE, email=new), now=now, account_id=None)
        else:
            assert change_own_email(db, account_id, new, now=now)
        db.commit()
        assert account_to_sign_in(db, ZOE.email, now=now) is None
        assert account_to_sign_in(db, new, now=now) == account_id
        assert candidates_of(db, account_id) == (zoe,)
        assert {db.get_one(Candidate, number).email for number in (zoe, again)} == {new}


def test_account_of_a_merged_record_that_has_the_new_address_stays_open(database: Database, now: datetime) -> None:
    """The person takes, in their own space, the address of their other record: that record's account goes on."""
    with database.writing() as db:
        zoe, again, proposal = _two_records(db, now)
        one, other = account_to_sign_in(db, ZOE.email, now=now), account_to_sign_in(db, AGAIN.email, now=now)
        assert one is not None
        assert other is not None
        accept_merge(db, proposal, kept_id=zoe, account_id=None, now=now)
        assert not change_own_email(db, one, AGAIN.email, now=now)
        db.commit()
        assert account_to_sign_in(db, AGAIN.email, now=now) == other
        assert account_to_sign_in(db, ZOE.email, now=now) is None
        assert candidates_of(db, other) == (zoe,)
        assert db.get_one(Candidate, again).email == AGAIN.email


def test_of_two_records_with_the_typed_address_the_one_that_stands_under_it_is_found(
    database: Database, now: datetime
) -> None:
    """The first was merged into a record with another address: the confirmation goes to the address typed."""
    with database.writing() as db:
        zoe, again, proposal = _two_records(db, now)
        accept_merge(db, proposal, kept_id=again, account_id=None, now=now)
        third = Candidate(**db.get_one(Candidate, zoe).model_dump(exclude={"id", "merged_into"}))
        db.add(third)
        db.flush()
        found = find_or_create_candidate(db, ZOE, now=now)
        db.commit()
        assert found == third.id

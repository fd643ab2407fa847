"""What a person is told of their own work under the clause, and when the names of strangers go."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.assessing import assess_person
from alpes_events.clause.tables.declaration_rows import DeclaredLine, LineState
from alpes_events.clause.tables.employment_rows import EmploymentContract, FollowedSituation, LaterSituation
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.clause.tables.proof_rows import DisabilityProof, EligibilityProof, Issuer
from alpes_events.clause.tally.names import public_names
from alpes_events.database.engine import Database
from alpes_events.occupations.queries import named_codes
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.privacy.own_document import own_document
from alpes_events.privacy.short_lived import LONGEST, forget_short_lived
from tests.support.clause import FEBRUARY, STARTS_ON, a_site, employs, works
from tests.support.declaring import HOUR, hours_of, opens_for, sends
from tests.support.pdf import pages_of
from tests.support.stories import NOW, somebody


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "fr",
            (
                "Vos contrats de travail en clause sociale",
                "École 1 – 2026-01, Bâtiment 1",
                "30 h (janvier 2026 : 20 h, février 2026 : 10 h)",
                "Vos justificatifs pour la clause sociale",
                "Cherche depuis longtemps",
                "Mission Locale",
                "Votre droit à la clause sociale",
                "La clause vous est ouverte",
                "Nous vous avons proposé à l’entreprise",
                "En formation",
            ),
        ),
        ("en", ("Your employment contracts under the social clause", "30 h (January 2026: 20 h, February 2026: 10 h)")),
    ],
)
def test_person_reads_their_work_under_the_clause_with_what_tells_of_health(
    organised: Database, language: str, told: tuple[str, ...]
) -> None:
    with organised.writing() as db:
        site = a_site(db)
        person = find_or_create_candidate(db, somebody(1), now=NOW)
        db.add(DisabilityProof(candidate_id=person, code="OETH", issued_on=date(2025, 12, 1), noted_at=NOW))
        db.add(
            EligibilityProof(
                candidate_id=person,
                code="OTHER",
                issued_on=date(2025, 12, 2),
                issuer=Issuer.MISSION_LOCALE,
                opinion="Cherche depuis longtemps",
                noted_at=NOW,
            )
        )
        db.add(
            Placement(
                candidate_id=person,
                lot_id=site.lot_id,
                company_id=site.company_id,
                state=PlacementState.PROPOSED,
                created_at=NOW,
                moved_at=NOW,
            )
        )
        db.flush()
        assess_person(db, person, site.contract_id, on=STARTS_ON, now=NOW, account_id=None)
        who = employs(db, site, criterion_code="OETH", candidate_id=person)
        db.add(
            FollowedSituation(employment_id=who, months=6, situation=LaterSituation.TRAINING, noted_on=date(2026, 7, 1))
        )
        works(db, who, 20 * HOUR)
        works(db, who, 10 * HOUR, month=FEBRUARY)
        works(db, who, 5 * HOUR, account=HourAccount.PLANNED)
        db.get_one(EmploymentContract, who).rome_code = "F1703"
        db.flush()
        trade = named_codes(db, ["F1703"])["F1703"]
        health = public_names(db, language=language)["OETH"]
        text = " ".join(" ".join(pages_of(own_document(db, person, language=language, now=NOW))).split())
        db.rollback()
    assert "%(" not in text
    for words in told:
        assert words in text, words
    assert trade in text
    assert trade != "F1703"
    assert text.count(health) == 3, "the document, what was found, the contract"


def test_declared_hours_wait_only_until_they_are_decided(organised: Database) -> None:
    """What was validated or refused waits no more, and a month that counts without a declaration takes none away."""
    with organised.writing() as db:
        person = find_or_create_candidate(db, somebody(1), now=NOW)
        who = employs(db, a_site(db), candidate_id=person)
        works(db, who, 20 * HOUR, account=HourAccount.DECLARED)
        works(db, who, 12 * HOUR)
        works(db, who, 3 * HOUR, account=HourAccount.REFUSED)
        works(db, who, 7 * HOUR, month=FEBRUARY)
        text = " ".join(" ".join(pages_of(own_document(db, person, language="fr", now=NOW))).split())
        works(db, who, 5 * HOUR)
        decided = " ".join(" ".join(pages_of(own_document(db, person, language="fr", now=NOW))).split())
        db.rollback()
    assert "Heures déclarées, en attente 5 h (janvier 2026 : 5 h)" in text
    assert "en attente" not in decided


def test_person_without_the_clause_is_told_nothing_of_it(organised: Database) -> None:
    with organised.writing() as db:
        person = find_or_create_candidate(db, somebody(1), now=NOW)
        text = " ".join(pages_of(own_document(db, person, language="fr", now=NOW)))
        db.rollback()
    assert "Vos contrats de travail" not in text
    assert "Vos justificatifs" not in text


def test_names_of_strangers_go_a_year_after_they_were_written(organised: Database) -> None:
    """The hours stay, and so does the name of somebody who was recognised: an erasure reaches that one."""
    with organised.writing() as db:
        declaration_id, who = opens_for(db, a_site(db))
        sends(db, declaration_id, hours_of(who, 60))
        known = db.exec(select(DeclaredLine)).one()
        shared = known.model_dump(exclude={"id", "person_words", "employment_id", "state"})
        db.add(DeclaredLine(**shared, person_words="Camille Inconnue", state=LineState.SENT))
        db.add(DeclaredLine(**shared, person_words="Retiré", employment_id=who, state=LineState.WITHDRAWN))
        known.person_words = "Reconnue"
        db.flush()
        before = [row.minutes for row in db.exec(select(DeclaredLine).order_by(col(DeclaredLine.id)))]
        forget_short_lived(db, now=NOW + LONGEST)
        assert _words(db) == ["Reconnue", "Camille Inconnue", "Retiré"]
        forget_short_lived(db, now=NOW + LONGEST + timedelta(days=1))
        assert _words(db) == ["Reconnue", "", ""]
        assert [row.minutes for row in db.exec(select(DeclaredLine).order_by(col(DeclaredLine.id)))] == before
        assert forget_short_lived(db, now=NOW + LONGEST + timedelta(days=1)) == 0
        db.rollback()


def _words(db: Session) -> list[str]:
    db.expire_all()
    return [row.person_words for row in db.exec(select(DeclaredLine).order_by(col(DeclaredLine.id)))]

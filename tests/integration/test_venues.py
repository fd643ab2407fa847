"""Venues are written once and found again by name and commune."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from alpes_events.agenda.venues import BadVenue, VenueDraft, find_or_add_venue, revise_venue, the_venue
from alpes_events.database.engine import Database
from tests.support.stories import NOW


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def test_venue_is_found_again_by_name_and_commune(db: Session) -> None:
    venue_id = find_or_add_venue(db, VenueDraft("Salle des Fêtes", insee_code="59328"))
    assert find_or_add_venue(db, VenueDraft("salle des fetes", address="3 rue X", insee_code="59328")) == venue_id
    assert find_or_add_venue(db, VenueDraft("Salle des Fêtes", insee_code="59368")) != venue_id
    assert the_venue(db, venue_id).commune_name == "Lambersart"
    assert the_venue(db, venue_id).address == ""


def test_venue_outside_the_list_keeps_its_commune_by_name(db: Session) -> None:
    venue_id = find_or_add_venue(db, VenueDraft("Hall", commune_name="Tournai", postal_code="7500"))
    assert find_or_add_venue(db, VenueDraft("HALL", commune_name="tournai")) == venue_id
    revise_venue(
        db, venue_id, VenueDraft("Hall", commune_name="Tournai", transport="Gare à 5 min"), now=NOW, account_id=None
    )
    assert the_venue(db, venue_id).transport == "Gare à 5 min"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (VenueDraft("  "), "name"),
        (VenueDraft("x" * 151), "name"),
        (VenueDraft("Salle", address="x" * 301), "address"),
        (VenueDraft("Salle", insee_code="75056"), "commune_name"),
    ],
)
def test_venue_that_cannot_be_is_refused_by_field(db: Session, draft: VenueDraft, field: str) -> None:
    with pytest.raises(BadVenue) as refused:
        find_or_add_venue(db, draft)
    assert refused.value.field == field

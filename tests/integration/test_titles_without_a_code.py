"""An offer without a code is compared by what its title leaves no doubt of; a code brings the version it is of."""

import pytest

from alpes_events.database.engine import Database
from alpes_events.hiring.commands import revise_offer
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.offer_draft import OfferDraft
from alpes_events.hiring.project import ProjectDraft
from alpes_events.hiring.ranking import explanation, offers_for
from alpes_events.occupations.models import Occupation
from alpes_events.occupations.queries import proposals, sure_codes
from alpes_matching.ranking import State
from tests.integration.test_ranking import TODAY, _person
from tests.support.hiring import an_offer
from tests.support.staff import statements
from tests.support.stories import NOW

SURE, UNSURE = "Serveuse", "Vendeur"


def _occupation(database: Database, title: str) -> tuple[State, str, JobOffer]:
    with database.writing() as db:
        offer_id = an_offer(db, title=title)
        person = _person(db, 1, ProjectDraft(rome_codes=("G1803",)))
        found = explanation(db, offer_id, person, today=TODAY)
        assert found is not None
        reason = next(one for one in found.reasons if one.criterion == "occupation")
        assert [(offer.id, told.total) for offer, told in offers_for(db, person, today=TODAY)] == [
            (offer_id, found.total)
        ]
        return reason.state, reason.sentence.french, db.get_one(JobOffer, offer_id)


def test_title_that_is_sure_counts_and_nothing_is_written(organised: Database) -> None:
    state, sentence, offer = _occupation(organised, SURE)
    assert (state, sentence) == (State.KNOWN, "Le métier de l’offre est recherché.")
    assert offer.rome_code is None


def test_title_that_is_not_sure_counts_neither_for_nor_against(organised: Database) -> None:
    assert _occupation(organised, UNSURE)[0] is State.NOT_ASKED


def test_many_titles_are_looked_at_with_one_question(organised: Database) -> None:
    titles = [SURE, UNSURE, SURE, "", "Cariste", *(f"Serveuse {number}" for number in range(30))]
    with organised.reading() as db, statements(organised) as sent:
        found = sure_codes(db, titles)
    assert sum(one.startswith("SELECT") for one in sent) == 1
    with organised.reading() as db:
        for title, code in found.items():
            told = proposals(db, title)
            assert (told.proposals[0].code, told.ask) == (code, False)
    assert found[SURE] == "G1803"
    assert UNSURE not in found


@pytest.mark.parametrize(("version", "kept"), [("4.60", "4.60"), ("", None)])
def test_code_brings_the_version_of_the_import(organised: Database, version: str, kept: str | None) -> None:
    with organised.writing() as db:
        db.add(Occupation(code="G1803", label="Vente en alimentation", parent_code="G1803", version=version))
        db.flush()
        offer = db.get_one(JobOffer, an_offer(db, rome_code="G1803"))
        other = db.get_one(JobOffer, an_offer(db, rome_code="K2204"))
        assert (offer.rome_version, other.rome_version) == (kept, None)
        told = db.get_one(JobOffer, an_offer(db, rome_code="G1803", rome_version="3"))
        assert told.rome_version == "3"
        assert revise_offer(db, offer.id or 0, OfferDraft.of(offer), now=NOW, account_id=None) == ()

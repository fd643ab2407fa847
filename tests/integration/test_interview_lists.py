"""The lists on paper: each exhibitor its own interviews by time, and a name only where its owner agreed."""

import pytest

from alpes_events.attendance.models import Registration
from alpes_events.database.engine import Database
from alpes_events.fair.models import Exhibitor
from alpes_events.interviews.booking import Slot
from alpes_events.people.models import Role
from alpes_web.links import Purpose, signed
from tests.support.meetings import a_fair, comes, wishes
from tests.support.pdf import pages_of
from tests.support.posts import Clock
from tests.support.timetables import a_table, books
from tests.support.web import SETTINGS, Browser, a_site, text_of


class Lists:
    """A job dating: Filature meets two people, of whom the first shows their name to it; the bakery meets the first."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.writing() as db:
            self.event_id, (self.mill, self.bakery) = a_fair(db, "Filature", "Boulangerie")
            self.me, self.you = comes(db, self.event_id, 1), comes(db, self.event_id, 2)
            wishes(db, self.me, (self.mill, True), self.bakery)
            db.commit()
        self.browser = Browser(a_site(database, now=Clock()))

    def publish(self) -> None:
        with self.database.writing() as db:
            table, other = a_table(db, self.event_id, self.mill), a_table(db, self.event_id, self.bakery)
            mine, yours = Slot(self.me, self.mill, table, 0, 10), Slot(self.you, self.mill, table, 10, 20)
            books(db, self.event_id, mine, yours, Slot(self.me, self.bakery, other, 20, 30))
            db.commit()

    def address(self, stand: int) -> str:
        with self.database.reading() as db:
            reference = db.get_one(Exhibitor, stand).reference or ""
        return f"/stand/{signed(reference, purpose=Purpose.STAND, key=SETTINGS.secret_key)}/interviews.pdf"

    def end_of(self, registration_id: int) -> str:
        with self.database.reading() as db:
            return db.get_one(Registration, registration_id).reference[-3:]


@pytest.fixture
def lists(organised: Database) -> Lists:
    """On each database."""
    return Lists(organised)


def test_a_stand_prints_its_own_interviews_and_reads_only_who_agreed(lists: Lists) -> None:
    lists.publish()
    [mill] = pages_of(lists.browser.get(lists.address(lists.mill)).data)
    [bakery] = pages_of(lists.browser.get(lists.address(lists.bakery)).data)
    assert "Filature" in mill
    assert "14 h – 14 h 10" in mill
    assert "Prénomb Nomb" in mill
    assert f"Référence finissant par {lists.end_of(lists.you)}" in mill
    assert "Prénomb" not in bakery
    assert "Filature" not in bakery
    assert f"Référence finissant par {lists.end_of(lists.me)}" in bakery


def test_staff_print_a_page_for_each_exhibitor_once_times_are_published(lists: Lists) -> None:
    staff = Browser(lists.browser.app)
    staff.sign_in(Role.COORDINATOR)
    address = f"/staff/events/{lists.event_id}/interviews.pdf"
    refused = staff.get(address)
    assert refused.status_code == 409
    assert "publiez d’abord les horaires" in text_of(refused)
    lists.publish()
    pages = pages_of(staff.get(address).data)
    assert [page.split()[0] for page in pages] == ["Boulangerie", "Filature"]
    assert len(pages_of(staff.get(f"{address}?stand={lists.mill}").data)) == 1

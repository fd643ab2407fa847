"""Pictures that nothing shows any more leave; those that are shown, or that somebody may go back to, stay."""

from datetime import timedelta

from sqlmodel import Session, select

from alpes_events.companies.logo import give_logo, keep_logo
from alpes_events.companies.models import Company
from alpes_events.database.engine import Database
from alpes_events.pictures.models import Upload
from alpes_events.privacy.pictures import SHOWN_BY, sweep_pictures
from alpes_events.tables import METADATA
from alpes_events.versions.models import FormerVersion
from tests.support.drawn import picture
from tests.support.hiring import a_company
from tests.support.stands import settle_stands
from tests.support.stories import NOW, an_event

LATER = NOW + timedelta(days=3)


def kept(db: Session) -> set[int]:
    return {one or 0 for one in db.exec(select(Upload.id))}


def test_picture_that_nothing_shows_is_removed_after_two_days(organised: Database) -> None:
    with organised.writing() as db:
        settle_stands(db, an_event(db))
        company_id = a_company(db)
        give_logo(db, company_id, picture(across=60), name="a.png", now=NOW, account_id=None)
        shown = kept(db)
        loose = keep_logo(db, picture(across=70), name="b.png", now=NOW)
        assert sweep_pictures(db, now=NOW + timedelta(days=1)) == 0
        assert kept(db) == shown | {loose}
        assert sweep_pictures(db, now=LATER) == 1
        assert kept(db) == shown
        assert sweep_pictures(db, now=LATER) == 0


def test_replaced_logo_stays_while_a_former_version_may_bring_it_back(organised: Database) -> None:
    with organised.writing() as db:
        company_id = a_company(db)
        give_logo(db, company_id, picture(across=60), name="a.png", now=NOW, account_id=None)
        first = db.get_one(Company, company_id).logo_id
        give_logo(db, company_id, picture(across=70), name="b.png", now=NOW, account_id=None)
        assert sweep_pictures(db, now=LATER) == 0
        assert first in kept(db)
        for version in db.exec(select(FormerVersion)):
            db.delete(version)
        db.flush()
        assert sweep_pictures(db, now=LATER) == 1
        assert kept(db) == {db.get_one(Company, company_id).logo_id}


def test_every_column_that_leads_to_a_picture_keeps_it() -> None:
    leading = {
        (table.name, column.name)
        for table in METADATA.tables.values()
        for column in table.columns
        if any(key.target_fullname == "upload.id" for key in column.foreign_keys)
    }
    assert leading == {("event", "picture_id"), ("company", "logo_id"), ("exhibitor", "logo_id")}
    assert len(SHOWN_BY) == len(leading)

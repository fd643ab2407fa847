"""Pages by which the organisation answers for its site: they say what it said of itself, and invent nothing."""

import pytest

from alpes_events.database.engine import Database
from alpes_events.database.rows import About
from alpes_events.people.models import Role
from alpes_events.privacy.processing import record_of_processing
from alpes_events.territory.models import Organisation
from alpes_events.territory.said_of_itself import OWED, missing_of
from alpes_web.accessibility import measured
from tests.support.staff import Desk
from tests.support.web import Browser, a_site, text_of

SAID = {
    "publication_director": "Camille Exemple, présidente",
    "host": "Hébergeur Exemple, 1 rue de l’Invention, 59000 Lille",
    "data_protection_contact": "donnees@example.org",
    "legal_number": "Association, SIRET 000 000 000 00000",
}


def say_nothing(database: Database) -> None:
    with database.writing() as db:
        row = db.get_one(Organisation, 1)
        for name in (*OWED, *SAID):
            setattr(row, name, "")
        db.add(row)
        db.commit()


def test_coordinator_is_told_what_is_missing_until_it_is_said_and_then_it_is_published(organised: Database) -> None:
    say_nothing(organised)
    desk = Desk(organised)
    assert "la direction de la publication, l’hébergeur" in text_of(desk.get("/staff/settings"))
    assert "Il manque encore" in text_of(desk.get("/legal"))
    public = Browser(a_site(organised))
    assert "Il manque encore" not in text_of(public.get("/legal"))
    assert "Direction de la publication" not in text_of(public.get("/legal"))
    told = SAID | {"address": "1 rue Vraie, Lille", "telephone": "03 20 00 00 00", "email": "a@example.org"}
    assert desk.fill("/staff/settings", "short_name", **told).status_code == 303
    assert "la loi demande" not in text_of(desk.get("/staff/settings"))
    shown = text_of(public.get("/legal"))
    assert all(words in shown for words in SAID.values() if words != "donnees@example.org")


@pytest.mark.parametrize("name", OWED)
def test_each_thing_owed_is_missed_while_it_is_not_said(organised: Database, name: str) -> None:
    with organised.reading() as db:
        row = db.get_one(Organisation, 1)
        for owed in OWED:
            setattr(row, owed, "" if owed == name else "dit")
        assert missing_of(row) == (OWED[name],)


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.READER])
def test_those_who_cannot_complete_it_are_not_asked_to(organised: Database, role: Role) -> None:
    say_nothing(organised)
    assert "Il manque encore" not in text_of(Desk(organised, role).get("/legal"))


def test_level_of_accessibility_is_the_same_on_its_page_and_in_every_footer(organised: Database) -> None:
    words = f"Accessibilité : {measured().level}"
    public, desk = Browser(a_site(organised)), Desk(organised)
    assert all(words in text_of(public.get(path)) for path in ("/", "/accessibility", "/legal"))
    assert words in text_of(desk.get("/staff/settings"))


def test_privacy_notice_tells_each_use_of_candidates_data_under_the_organisation_s_own_terms(
    organised: Database,
) -> None:
    with organised.writing() as db:
        row = db.get_one(Organisation, 1)
        row.retention_months, row.retention_notice_days = 17, 45
        db.add(row)
        db.commit()
    shown = text_of(Browser(a_site(organised)).get("/your-data")).lower()
    for activity in record_of_processing():
        assert (activity.purpose in shown) == (activity.about is not About.STAFF), activity.purpose
    assert "17 mois après le dernier contact actif, annoncé 45 jours avant" in shown


def test_record_of_processing_holds_every_activity_and_column(organised: Database) -> None:
    shown = text_of(Desk(organised).get("/staff/settings/record-of-processing"))
    for activity in record_of_processing():
        assert activity.purpose.lower() in shown.lower()
        assert all(column in shown for column in activity.columns)


def test_page_on_the_order_of_places_tells_the_organisation_s_own_rules(organised: Database) -> None:
    with organised.writing() as db:
        row = db.get_one(Organisation, 1)
        row.offer_hours, row.cut_off_hours = 36, 1
        db.add(row)
        db.commit()
    shown = text_of(Browser(a_site(organised)).get("/order-of-places"))
    assert "36 heures pour répondre" in shown
    assert "Dans la dernière heure avant le début" in shown

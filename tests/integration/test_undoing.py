"""One change is taken back, without those that others made since; or a version of the history is brought back whole."""

from datetime import date

from sqlmodel import col, select

from alpes_events.agenda.models import Series
from alpes_events.database.engine import Database
from alpes_events.messages.models import MessageText
from alpes_events.territory.models import Organisation, TerritoryMember
from alpes_events.versions.models import FormerVersion
from tests.support.staff import Desk, a_series, way_back
from tests.support.web import text_of


def test_rules_of_one_page_leave_those_of_the_others_and_are_taken_back(organised: Database) -> None:
    desk = Desk(organised)
    back = way_back(desk, desk.fill("/staff/settings/waiting-list", "offer_hours", offer_hours="48"))
    with organised.reading() as db:
        row = db.get_one(Organisation, 1)
    assert (row.offer_hours, row.cut_off_hours, row.retention_months) == (48, 2, 24)
    assert "Elle a 48 heures pour répondre" in text_of(desk.get("/staff/settings/waiting-list"))
    desk.press(back, "/staff/settings/waiting-list")
    with organised.reading() as db:
        assert db.get_one(Organisation, 1).offer_hours == 24


def test_change_of_rules_is_taken_back_without_those_that_others_made_since(organised: Database) -> None:
    desk, waiting = Desk(organised), "/staff/settings/waiting-list"
    back = way_back(desk, desk.fill(waiting, "offer_hours", offer_hours="48", cut_off_hours="6"))
    desk.fill("/staff/settings/retention", "retention_months", retention_months="36")
    desk.fill(waiting, "offer_hours", offer_hours="72")
    answer = desk.press(back, waiting)
    assert answer.location == waiting
    page = text_of(desk.get(waiting))
    assert "C’est de nouveau comme avant." in page
    assert "laissé tel quel : Heures pour répondre à une place proposée." in page
    assert rules(organised) == (72, 2, 36)


def test_change_that_another_one_followed_everywhere_is_not_taken_back(organised: Database) -> None:
    desk, waiting = Desk(organised), "/staff/settings/waiting-list"
    back = way_back(desk, desk.fill(waiting, "offer_hours", offer_hours="48"))
    desk.fill(waiting, "offer_hours", offer_hours="72")
    assert desk.press(back, "/staff/settings").location == waiting
    page = text_of(desk.get(waiting))
    assert "Rien n’est annulé" in page
    assert "comme avant" not in page
    assert rules(organised) == (72, 2, 24)


def test_change_taken_back_twice_is_taken_back_once(organised: Database) -> None:
    desk, months = Desk(organised), "/staff/settings/retention"
    back = way_back(desk, desk.fill(months, "retention_months", retention_months="36"))
    again = way_back(desk, desk.press(back, months))
    twice = desk.press(back, months)
    assert (twice.location, way_back(desk, twice)) == (months, "")
    assert rules(organised) == (24, 2, 24)
    assert desk.press(again, "/staff/settings").location == months
    assert rules(organised) == (24, 2, 36)


def rules(database: Database) -> tuple[int, int, int]:
    """The hours to answer, those before the beginning, the months a file is kept."""
    with database.reading() as db:
        row = db.get_one(Organisation, 1)
    return row.offer_hours, row.cut_off_hours, row.retention_months


def test_old_name_of_a_series_comes_back_beside_the_description_written_since(organised: Database) -> None:
    series_id = a_series(organised)
    desk, path = Desk(organised), f"/staff/settings/series/{series_id}"
    back = way_back(desk, desk.fill(path, "short_name", name="Ose ton Job"))
    desk.fill(path, "short_name", description="Pour tous")
    desk.press(back, path)
    with organised.reading() as db:
        series = db.get_one(Series, series_id)
    assert (series.name, series.description) == ("Décroche ton Job", "Pour tous")


def test_version_of_the_history_comes_back_whole(organised: Database) -> None:
    series_id = a_series(organised)
    desk, path = Desk(organised), f"/staff/settings/series/{series_id}"
    desk.fill(path, "short_name", name="Ose ton Job")
    desk.fill(path, "short_name", description="Pour tous")
    with organised.reading() as db:
        oldest = db.exec(select(FormerVersion.id).order_by(col(FormerVersion.id))).first()
    desk.press(f"/staff/former/{oldest}", path)
    with organised.reading() as db:
        series = db.get_one(Series, series_id)
    assert (series.name, series.description) == ("Décroche ton Job", "")


def test_unknown_version_brings_nothing_back(organised: Database) -> None:
    desk = Desk(organised)
    for address in ("/staff/former/99", "/staff/former/undo?change=99", "/staff/former/undo?change=x"):
        assert desk.press(address, "/staff/settings").status_code == 404


def test_words_of_both_languages_are_taken_back_together(organised: Database) -> None:
    desk, path = Desk(organised), "/staff/messages/texts/confirmed"
    desk.fill(path, "fr_subject", act="keep", fr_subject="À bientôt")
    kept = desk.fill(path, "fr_subject", act="keep", fr_subject="Merci", fr_opening="Bonjour", en_subject="Thanks")
    back = way_back(desk, kept)
    desk.fill(path, "fr_subject", act="keep", fr_opening="Bonjour {prénom}")
    desk.press(back, path)
    assert "laissé tel quel : Premières phrases." in text_of(desk.get(path))
    with organised.reading() as db:
        said = {row.language: (row.subject, row.opening) for row in db.exec(select(MessageText))}
    assert said == {"fr": ("À bientôt", "Bonjour {prénom}"), "en": ("", "")}


def an_end(database: Database, member_id: int) -> date | None:
    with database.reading() as db:
        return db.get_one(TerritoryMember, member_id).until_on


def test_end_of_a_commune_is_taken_back_and_that_again(organised: Database) -> None:
    desk, page = Desk(organised), "/staff/settings/territory"
    with organised.reading() as db:
        member_id = db.exec(select(TerritoryMember.id)).first() or 0
    path = f"{page}/{member_id}/end"
    back = way_back(desk, desk.fill(path, "until_on", until_on="2026-07-01"))
    again = way_back(desk, desk.press(back, path))
    assert an_end(organised, member_id) is None
    assert way_back(desk, desk.press(back, path)) == ""
    assert "C’est déjà comme avant." in text_of(desk.get(desk.press(back, path).location))
    desk.press(again, path)
    assert an_end(organised, member_id) == date(2026, 7, 1)


def test_end_of_a_commune_that_was_moved_since_is_left(organised: Database) -> None:
    desk, page = Desk(organised), "/staff/settings/territory"
    with organised.reading() as db:
        member_id = db.exec(select(TerritoryMember.id)).first() or 0
    path = f"{page}/{member_id}/end"
    back = way_back(desk, desk.fill(path, "until_on", until_on="2026-07-01"))
    desk.fill(path, "until_on", until_on="2026-12-31")
    answer = desk.press(back, path)
    assert "Rien n’est annulé : cela a été changé de nouveau depuis" in text_of(desk.get(answer.location))
    assert an_end(organised, member_id) == date(2026, 12, 31)


def test_commune_that_was_given_an_end_since_it_was_added_stays(organised: Database) -> None:
    desk, page = Desk(organised), "/staff/settings/territory"
    added = way_back(desk, desk.fill(f"{page}/add/59317", "from_on", from_on="2026-06-01"))
    with organised.reading() as db:
        member_id = db.exec(select(TerritoryMember.id).where(TerritoryMember.insee_code == "59317")).one() or 0
    desk.fill(f"{page}/{member_id}/end", "until_on", until_on="2027-01-01")
    assert "Rien n’est annulé" in text_of(desk.get(desk.press(added, f"{page}/name").location))
    assert an_end(organised, member_id) == date(2027, 1, 1)
    desk.fill(f"{page}/{member_id}/end", "until_on", until_on="")
    assert "C’est de nouveau comme avant." in text_of(desk.get(desk.press(added, f"{page}/name").location))
    with organised.reading() as db:
        assert db.get(TerritoryMember, member_id) is None

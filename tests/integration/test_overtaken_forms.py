"""Two people on one form: what somebody else saved meanwhile is shown, chosen, and never written over unseen."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from alpes_events.agenda.models import Series
from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from alpes_events.territory.models import Organisation
from tests.integration.test_forms_generated import pages_of, typed_names
from tests.integration.test_web_generated import DECLARED_WRITES
from tests.support.forms import PageForm, form_of, forms_of
from tests.support.routes import Ask, dump
from tests.support.staff import Desk, a_series
from tests.support.visited import Visited
from tests.support.web import Browser, text_of

NOT_ABOUT_SOMETHING_STORED = {
    "clause_jobs.new": "a new offer of a lot's work, of one post",
    "clause_contracts.new": "a new contract, of one lot, with the usual months",
    "clause_sizing.page": "a sizing, with the usual numbers and today's date",
    "employer_offers.new": "a new offer, of one post",
    "interview_tables.for_all": "a table for each who has none, while the event lasts",
    "interview_tables.new": "a new table, while the event lasts",
    "report_attested.new": "a count that is new, for the year of its page",
    "report_own.make": "a figure that is new, tried on the last year that has records",
    "staff_applications.hire": "a contract that is new, with today's date",
    "staff_company_awareness.new": "a talk with a company that is new, with today's date",
    "staff_company_speakers.invite": "an invitation to a contact, whose address stands there",
    "staff_exports.page": "the year of a file",
    "staff_life.repeat": "how often an event comes back",
    "staff_offers.new": "a new offer, of one post",
    "staff_plan.new_hall": "a new hall, with an example",
    "staff_services.new": "a service that is new, with today's date",
    "staff_sessions.new": "a new session, on the day of its event",
    "staff_templates.keep": "a template made of the event as it is stored",
    "staff_territory.add": "a commune from today on",
}
"""Forms that stand filled in, and are about nothing that somebody wrote before; each with what they are."""

SENT_WITH_THEIR_LINES = frozenset({"clause_declarations.lines", "employer_hours.page"})
"""Forms of many lines, which carry a digest of them all (`test_hours_pages` tells what comes of it)."""


def two_desks(database: Database) -> tuple[Desk, Desk]:
    """A coordinator, and an administrator who has the same page open."""
    return Desk(database), Desk(database, Role.ADMINISTRATOR)


def said(database: Database, series_id: int) -> tuple[str, str, str]:
    with database.reading() as db:
        row = db.get_one(Series, series_id)
    return row.name, row.short_name, row.description


def test_changes_of_two_fields_are_both_kept_once_they_were_seen(organised: Database) -> None:
    series_id = a_series(organised)
    (one, other), path = two_desks(organised), f"/staff/settings/series/{series_id}"
    opened = one.fields(path, "short_name")
    other.fill(path, "short_name", description="Pour tous")
    answer = one.post(path, {**opened, "name": "Ose ton Job"})
    assert (answer.status_code, said(organised, series_id)) == (422, ("Décroche ton Job", "", "Pour tous"))
    page = text_of(answer)
    assert "Rien n’est encore enregistré" in page
    assert "Dernier enregistrement : Personne administrator" in page
    assert "Description Avant rien Maintenant Pour tous Repris ci-dessous." in page
    back = form_of(answer.get_data(as_text=True), holding="short_name")
    assert (back["name"], back["description"]) == ("Ose ton Job", "Pour tous")
    assert one.post(path, back).status_code == 303
    assert said(organised, series_id) == ("Ose ton Job", "", "Pour tous")


@pytest.mark.parametrize(("kept", "name"), [({}, "Ose ton Job"), ({"keep_theirs": "name"}, "Réussis ton Job")])
def test_field_that_both_changed_is_chosen(organised: Database, kept: dict[str, str], name: str) -> None:
    series_id = a_series(organised)
    (one, other), path = two_desks(organised), f"/staff/settings/series/{series_id}"
    opened = one.fields(path, "short_name")
    other.fill(path, "short_name", name="Réussis ton Job")
    answer = one.post(path, {**opened, "name": "Ose ton Job", "short_name": "OTJ"})
    assert answer.status_code == 422
    assert "Avant Décroche ton Job Maintenant Réussis ton Job Vous Ose ton Job" in text_of(answer)
    back = form_of(answer.get_data(as_text=True), holding="short_name")
    assert back["name"] == "Ose ton Job"
    assert one.post(path, {**back, **kept}).status_code == 303
    assert said(organised, series_id) == (name, "OTJ", "")


def test_third_change_while_the_second_is_read_is_shown_too(organised: Database) -> None:
    series_id = a_series(organised)
    (one, other), path = two_desks(organised), f"/staff/settings/series/{series_id}"
    opened = one.fields(path, "short_name")
    other.fill(path, "short_name", description="Pour tous")
    back = form_of(one.post(path, {**opened, "name": "Ose ton Job"}).get_data(as_text=True), holding="short_name")
    other.fill(path, "short_name", description="Pour tous et toutes")
    answer = one.post(path, back)
    assert "Avant Pour tous Maintenant Pour tous et toutes" in text_of(answer)
    one.post(path, form_of(answer.get_data(as_text=True), holding="short_name"))
    assert said(organised, series_id) == ("Ose ton Job", "", "Pour tous et toutes")


def test_same_change_made_twice_is_no_surprise(organised: Database) -> None:
    series_id = a_series(organised)
    (one, other), path = two_desks(organised), f"/staff/settings/series/{series_id}"
    opened = one.fields(path, "short_name")
    other.fill(path, "short_name", name="Ose ton Job")
    assert one.post(path, {**opened, "name": "Ose ton Job"}).status_code == 303


def test_rules_of_another_page_do_not_disturb(organised: Database) -> None:
    (one, other), path = two_desks(organised), "/staff/settings/waiting-list"
    opened = one.fields(path, "offer_hours")
    other.fill("/staff/settings/retention", "retention_months", retention_months="36")
    assert one.post(path, {**opened, "offer_hours": "48"}).status_code == 303
    with organised.reading() as db:
        row = db.get_one(Organisation, 1)
    assert (row.offer_hours, row.retention_months) == (48, 36)


def test_what_cannot_be_what_was_shown_stops_nobody(organised: Database) -> None:
    series_id = a_series(organised)
    desk, path = Desk(organised), f"/staff/settings/series/{series_id}"
    for number, odd in enumerate(("", "{", "[]", "[" * 100_000, '{"name":1}', "null")):
        assert desk.fill(path, "short_name", name=f"Job {number}", as_shown=odd).status_code == 303


def test_of_several_who_save_in_the_same_moment_nobody_is_written_over(organised: Database) -> None:
    series_id = a_series(organised)
    path = f"/staff/settings/series/{series_id}"
    desks = [Desk(organised) for _ in range(4)]
    opened = [desk.fields(path, "short_name") for desk in desks]
    together = Barrier(len(desks))

    def save(number: int) -> int:
        together.wait()
        return desks[number].post(path, {**opened[number], "description": f"Mot {number}"}).status_code

    with ThreadPoolExecutor(len(desks)) as pool:
        answers = list(pool.map(save, range(len(desks))))
    assert answers.count(303) == 1
    assert set(answers) <= {303, 409, 422}
    assert said(organised, series_id)[2] == f"Mot {answers.index(303)}"


def stands_filled(content: str, form: PageForm) -> list[str]:
    """The fields in which something is written already that can be written otherwise."""
    return [name for name in typed_names(content, form) if form.fields[name]]


def filled_forms(site: Visited, browser: Browser, role: Role) -> list[tuple[Ask, PageForm, list[str]]]:
    """Each form of a page that stands filled in."""
    found, passed = [], SENT_WITH_THEIR_LINES | NOT_ABOUT_SOMETHING_STORED.keys()
    for page in pages_of(site, role):
        answer = browser.get(page.path)
        content = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        for form in forms_of(content):
            names = stands_filled(content, form)
            if form.method.lower() == "post" and names and page.endpoint not in passed:
                found.append((page, form, names))
    return found


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EMPLOYER])
def test_each_form_about_something_stored_carries_what_it_showed(lived_in_town: Visited, role: Role) -> None:
    browser = lived_in_town.browser(role)
    found = filled_forms(lived_in_town, browser, role)
    bare = [f"{page.endpoint}: {names}" for page, form, names in found if not form.fields.get("as_shown")]
    assert not bare, "\n".join(bare)
    assert len(found) > {Role.ADMINISTRATOR: 15, Role.EMPLOYER: 1}[role]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EMPLOYER])
def test_each_such_form_comes_back_when_somebody_else_saved_meanwhile(lived_in_town: Visited, role: Role) -> None:
    browser, blind = lived_in_town.browser(role), []
    found = [one for one in filled_forms(lived_in_town, browser, role) if one[1].fields.get("as_shown")]
    before = dump(lived_in_town.database, without=DECLARED_WRITES)
    for page, form, names in found:
        if not any(overtaken(browser, page, form, name) for name in names):
            blind.append(f"{page.endpoint}: {names}")
    assert not blind, "\n".join(blind)
    assert dump(lived_in_town.database, without=DECLARED_WRITES) == before


def overtaken(browser: Browser, page: Ask, form: PageForm, name: str) -> bool:
    """Whether a form that says `name` otherwise, and was shown another value of it than is stored now, comes back."""
    shown = json.loads(str(form.fields["as_shown"]))
    whole = name.split("-", maxsplit=1)[0]
    if whole not in shown:
        return False
    another = {"as_shown": json.dumps({**shown, whole: f"{shown[whole]}0"}), name: f"{form.fields[name]}1"}
    answer = browser.post(form.action or page.path, {**form.fields, **another})
    return answer.status_code == 422 and 'id="overtaken"' in answer.get_data(as_text=True)

"""Laws of every form, whoever adds one: sent empty or wrong it says where and why, first, and keeps what was typed."""

import re
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from alpes_events.people.models import Role
from alpes_web.access import OPEN, ROLES
from alpes_web.policy import POLICY
from tests.support.forms import PageForm, forms_of
from tests.support.page import read_page
from tests.support.routes import Ask
from tests.support.visited import Visited
from tests.support.web import Browser

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_SUMMARY = re.compile(r'<div class="sum[^"]*"([^>]*)>(.*?)</div>', re.DOTALL)
_TARGET = re.compile(r'href="#([^"]+)"')
_CONTROL = re.compile(r"<(?:input|textarea)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_UNSEEN = {"hidden", "submit", "radio", "checkbox", "file", "password"}
_WRONG = "Zz 9 @ ??"
OWN = {
    "given_name": {"given-name"},
    "family_name": {"family-name"},
    "email": {"email", "username"},
    "telephone": {"tel"},
    "postal_code": {"postal-code"},
    "birth_on": {"bday"},
    "password": {"current-password", "new-password"},
    "code": {"one-time-code"},
}
"""What a browser may fill in about the person who sits before it (WCAG 1.3.5), by the name of the field."""


def pages_of(site: Visited, role: Role | None) -> list[Ask]:
    return [page for page in site.pages if page.method == "GET" and _mine(page, role)]


def _mine(page: Ask, role: Role | None) -> bool:
    declared = POLICY[page.endpoint]
    return declared in OPEN if role is None else declared not in OPEN and role in ROLES[declared]


def controls_of(content: str) -> dict[str, dict[str, str]]:
    """The controls of a page by name, with their attributes."""
    found = [dict(_ATTRIBUTE.findall(given)) for given in _CONTROL.findall(content)]
    return {given["name"]: given for given in found if "name" in given}


def typed_names(content: str, form: PageForm) -> list[str]:
    """The fields of the form in which something can be typed."""
    controls = controls_of(content)
    shown = [name for name in form.fields if name in controls and controls[name].get("type", "") not in _UNSEEN]
    return [name for name in shown if not name.startswith("csrf")]


def sent(browser: Browser, page: Ask, *, typed: str) -> Iterator[tuple[str, TestResponse, dict[str, str]]]:
    """Each form of a page with `typed` in each of its fields: where it went, and what was answered."""
    shown = browser.get(page.path)
    content = shown.get_data(as_text=True) if shown.mimetype == "text/html" else ""
    for form in forms_of(content):
        names = typed_names(content, form)
        if form.method.lower() != "post" or not names:
            continue
        answers = dict.fromkeys(names, typed)
        kept = {name: value for name, value in form.fields.items() if name not in names}
        yield form.action or page.path, browser.post(form.action or page.path, {**kept, **answers}), answers


def what_is_missing(content: str) -> list[str]:
    """What a page with mistakes owes to whoever made them."""
    title, summary = _TITLE.search(content), _SUMMARY.search(content)
    wrong = []
    if title is None or not title[1].strip().startswith("Erreur"):
        wrong.append("its title does not begin with « Erreur »")
    if summary is None:
        told_at_once = re.search(r'role="alert" tabindex="-1" autofocus', content)
        return wrong if told_at_once else [*wrong, "no summary"]
    if "autofocus" not in summary[1] or 'tabindex="-1"' not in summary[1]:
        wrong.append("the summary does not take the focus")
    targets = _TARGET.findall(summary[2])
    if not targets or set(targets) - set(read_page(content).ids):
        wrong.append(f"the summary leads to {targets}, which are not there")
    if 'aria-invalid="true"' not in content:
        wrong.append("no field is marked")
    return wrong


@pytest.mark.parametrize("role", [None, Role.CANDIDATE, Role.ADMINISTRATOR])
@pytest.mark.parametrize("typed", ["", _WRONG])
def test_a_form_with_mistakes_says_so_first_and_keeps_the_answers(
    lived_in_town: Visited, role: Role | None, typed: str
) -> None:
    browser, wrong, seen = lived_in_town.browser(role), [], 0
    for page in pages_of(lived_in_town, role):
        for path, answer, answers in sent(browser, page, typed=typed):
            if answer.status_code != 422:
                wrong += [f"{path}: {answer.status_code}"] if answer.status_code not in {200, 303} else []
                wrong += [f"{path}: mistakes, and 200"] if "aria-invalid" in answer.get_data(as_text=True) else []
                continue
            seen, content = seen + 1, answer.get_data(as_text=True)
            wrong += [f"{path}: {what}" for what in what_is_missing(content)]
            controls = controls_of(content)
            standing: dict[str, object] = {}
            for form in forms_of(content):
                standing |= form.fields
            lost = [name for name in answers if controls[name].get("type") in {"text", "email", "tel", "search"}]
            wrong += [f"{path}: {name} is lost" for name in lost if typed and standing.get(name) != typed]
    assert not wrong, "\n".join(wrong)
    assert seen > {None: 3, Role.CANDIDATE: -1, Role.ADMINISTRATOR: 12}[role]


@pytest.mark.parametrize("role", [None, Role.CANDIDATE])
def test_browsers_are_told_what_they_may_fill_in(lived_in_town: Visited, role: Role | None) -> None:
    browser, wrong = lived_in_town.browser(role), []
    for page in pages_of(lived_in_town, role):
        answer = browser.get(page.path)
        if answer.mimetype == "text/html":
            for name, given in controls_of(answer.get_data(as_text=True)).items():
                if given.get("type") != "hidden" and given.get("autocomplete", "") not in OWN.get(
                    name, {given.get("autocomplete", "")}
                ):
                    wrong.append((page.path, name, given.get("autocomplete")))
    assert wrong == []

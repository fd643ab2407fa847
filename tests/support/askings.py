"""The ways to ask for one page: its own searches, filters and orders, found on the page itself."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.support.page import Form, read_page

WORDS = ("rendez-vous", "personne", "example.org", "zzqx")
"""What is typed into the fields of a search: rows of every table answer to one of the first, nothing to the last."""
DAYS = {"from": "2026-01-01", "until": "2026-12-31", "day": "2026-03-12"}
"""What is typed where a day is asked for."""


def askings(path: str, content: str) -> list[str]:
    """The addresses at which the page at `path` is asked for with words, filters or another order: one of a kind."""
    page = read_page(content)
    seen: set[frozenset[str]] = set()
    found = []
    for link in page.links:
        names = frozenset(name for name, _ in parse_qsl(urlsplit(link).query)) - {"lang"}
        if urlsplit(link).path in {path, ""} and names and "page" not in names and names not in seen:
            seen.add(names)
            found.append(f"{path}?{urlsplit(link).query}")
    for form in page.forms:
        if form.method == "get" and urlsplit(form.action or path).path == path:
            found += [f"{path}?{urlencode(filled)}" for filled in _filled(form)]
    return list(dict.fromkeys(found))


def _filled(form: Form) -> Iterator[dict[str, str]]:
    """A form with each of its lists at its last choice, one after the other; with each word; with all at once."""
    standing = {name: choices[0] if choices else "" for name, choices in form.fields.items()}
    days = {name: day for name, day in DAYS.items() if name in form.fields}
    last = {name: choices[-1] for name, choices in form.fields.items() if choices and name not in form.typed}
    for name, choice in last.items():
        yield standing | {name: choice}
    if form.typed - set(days):
        for word in WORDS:
            yield standing | dict.fromkeys(form.typed, word) | days
        yield standing | last | dict.fromkeys(form.typed, WORDS[0]) | days
    if days:
        yield standing | days

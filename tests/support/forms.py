"""The forms of a page as a browser would send them: every field with the value that stands in it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class PageForm:
    """One form: where it goes, and its fields. Boxes that are not ticked are left out, as browsers do."""

    action: str
    method: str
    fields: dict[str, object] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[PageForm] = []
        self._open: PageForm | None = None
        self._area: str | None = None
        self._list: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = PageForm(given.get("action", ""), given.get("method", "get"))
            self.found.append(self._open)
        if self._open is None:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            self._take(name, given)
        elif tag == "textarea":
            self._area = name
            self._open.fields[name] = ""
        elif tag == "select":
            self._list = name
        elif tag == "option" and self._list and ("selected" in given or self._list not in self._open.fields):
            self._open.fields[self._list] = given.get("value", "")

    def _take(self, name: str, given: dict[str, str]) -> None:
        assert self._open is not None
        if given.get("type") in {"checkbox", "radio"}:
            if "checked" in given:
                standing = self._open.fields.get(name)
                value = given.get("value", "y")
                self._open.fields[name] = [*standing, value] if isinstance(standing, list) else [value]
        elif given.get("type") != "file":
            self._open.fields[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._area is not None:
            self._open.fields[self._area] = str(self._open.fields[self._area]) + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._open is not None and self._area is not None:
            # the parser of HTML drops a line break right after the tag
            self._open.fields[self._area] = str(self._open.fields[self._area]).removeprefix("\r\n").removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._list = None
        elif tag == "form":
            self._open = None


def forms_of(page: str) -> list[PageForm]:
    """Every form of a page."""
    reader = _Forms()
    reader.feed(page)
    return reader.found


def form_of(page: str, *, holding: str) -> dict[str, object]:
    """The fields of the form that has a field called `holding`."""
    return next(form.fields for form in forms_of(page) if holding in form.fields)

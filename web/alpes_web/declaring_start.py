"""What the form of a month's hours begins with: the lines that are written, then who has nothing yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, StringField
from wtforms.widgets import HiddenInput

from alpes_events.clause.declaring.declared import DeclarationView
from alpes_events.clause.declaring.roster import Employed
from alpes_events.clause.months import last_day
from alpes_events.clause.tables.declaration_rows import LineState
from alpes_events.language.sentence import N_
from alpes_web.declaring_form import MOST_LINES, DeclaringForm, SeenKeys
from alpes_web.forms import AtMost
from alpes_web.hours_field import HoursField
from alpes_web.staff.fields import DayField, IdField, TypedField
from alpes_web.typed import whole_number


@dataclass(frozen=True)
class Start:
    """What a line of the form begins with."""

    employment_id: int | None
    from_on: date
    until_on: date
    minutes: int | None = None
    person_words: str = ""
    overtime: bool = False
    line_id: int | None = None


def sent_form(people: Mapping[int, Employed], month: date, body: Mapping[str, str]) -> DeclaringForm:
    """The form as it was sent."""
    return _built(people, month, _count(body))()


def longer_form(people: Mapping[int, Employed], month: date, body: MultiDict[str, str]) -> DeclaringForm:
    """The form as it was sent, with one more line for somebody who is not in the list."""
    count = _count(body)
    if count >= MOST_LINES:
        return _built(people, month, count)()
    more = MultiDict(body)
    more["shown"] = str(count + 1)
    more[f"from_on_{count}"], more[f"until_on_{count}"] = month.isoformat(), last_day(month).isoformat()
    return _built(people, month, count + 1)(formdata=more)


def _count(body: Mapping[str, str]) -> int:
    return whole_number(body.get("shown", ""), most=MOST_LINES) or 0


def form_of(
    view: DeclarationView,
    people: Mapping[int, Employed],
    starts: Iterable[Start],
    *,
    raw: Mapping[str, str] | None = None,
) -> DeclaringForm:
    """A form with these lines; `raw` are texts of fields as they were written elsewhere, shown as typed."""
    listed = list(starts)[:MOST_LINES]
    data: dict[str, Any] = {"shown": str(len(listed)), "version": view.version, "nobody": view.nobody_worked}
    for at, one in enumerate(listed):
        data |= {
            f"who_{at}": one.employment_id,
            f"line_{at}": one.line_id,
            f"hours_{at}": one.minutes,
            f"overtime_{at}": one.overtime,
            f"from_on_{at}": one.from_on,
            f"until_on_{at}": one.until_on,
            f"person_words_{at}": one.person_words,
        }
    built = _built(people, view.month, len(listed))
    form = built(formdata=None, data=data)
    if not raw:
        return form
    typed = built(formdata=MultiDict(_texts(form) | dict(raw)))
    for name in raw:
        typed[name].validate(typed)
    return typed


def starts_of(view: DeclarationView, people: Iterable[Employed]) -> list[Start]:
    """The lines that a page begins with: what is written and not decided, then who has nothing yet."""
    listed = list(people)
    order = {one.employment_id: at for at, one in enumerate(listed)}
    kept = [
        Start(
            None if line.person is None else line.person.employment_id,
            line.from_on,
            line.until_on,
            line.minutes,
            line.person_words,
            overtime=line.overtime,
            line_id=line.id,
        )
        for line in view.open_lines
    ]
    counted = {
        line.person.employment_id
        for line in view.lines
        if line.person is not None and line.state is not LineState.REFUSED
    }
    blank = [
        Start(one.employment_id, *one.ground.days_of(view.month)) for one in listed if one.employment_id not in counted
    ]
    return sorted([*kept, *blank], key=lambda one: order.get(one.employment_id or 0, len(order)))


def _texts(form: DeclaringForm) -> dict[str, str]:
    """What a form would send."""
    texts: dict[str, str] = {}
    for field in form:
        if field.type == "BooleanField":
            texts |= {field.name: "y"} if field.data else {}
        elif field.data is not None and not isinstance(field, SeenKeys):
            texts[field.name] = field.written(field.data) if isinstance(field, TypedField) else str(field.data)
    return texts


def _built(people: Mapping[int, Employed], month: date, count: int) -> type[DeclaringForm]:
    fields: dict[str, object] = {"people": people, "month": month}
    for at in range(count):
        fields[f"who_{at}"] = IdField(widget=HiddenInput())
        fields[f"line_{at}"] = IdField(widget=HiddenInput())
        fields[f"person_words_{at}"] = StringField(N_("Prénom et nom"), [AtMost(200)])
        fields[f"hours_{at}"] = HoursField(N_("Heures travaillées"))
        fields[f"overtime_{at}"] = BooleanField(N_("avec des heures supplémentaires"))
        fields[f"from_on_{at}"] = DayField(N_("Du"))
        fields[f"until_on_{at}"] = DayField(N_("au"))
        fields[f"note_{at}"] = HiddenField()
    return type("DeclaringForm", (DeclaringForm,), fields)

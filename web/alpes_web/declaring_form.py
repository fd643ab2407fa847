"""The form of a month's hours: a line for each person of the company, and one for who is not in the list.

What a line is about (employment contract, line that it rewrites) is carried by the form itself, so that what was typed
survives whatever happened meanwhile; an employment contract that is not the company's does not exist.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wtforms import BooleanField, Field, HiddenField, StringField

from alpes_events.clause.declaring.declaration_refusals import BadLines, UnknownLine
from alpes_events.clause.declaring.declaring import Flag, LineDraft, seen_key
from alpes_events.clause.declaring.roster import Employed
from alpes_events.clause.months import last_day
from alpes_events.language.sentence import N_, Sentence, say
from alpes_web.hours_field import HoursField
from alpes_web.staff.fields import DayField, IdField, PlainForm, SeenField
from alpes_web.typed import whole_number

MOST_LINES = 300
FROM_FILE = "file"
_PARTS = ("hours", "overtime", "from_on", "until_on", "person_words", "who", "line", "note")


class SeenKeys(Field):  # type: ignore[misc]
    """The remarks that were shown and are confirmed, each a hidden field of its own; `data` is a tuple."""

    widget = SeenField.widget

    def process_data(self, _value: object) -> None:
        """Nothing was confirmed yet."""
        self.data: tuple[str, ...] = ()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was confirmed."""
        self.data = tuple(valuelist)


@dataclass(frozen=True)
class Shown:
    """A line as the page shows it: its place, its person when known, its fields, and what is pointed out."""

    at: int
    person: Employed | None
    hours: HoursField
    overtime: BooleanField
    from_on: DayField
    until_on: DayField
    person_words: StringField
    who: IdField
    line: IdField
    note: HiddenField
    flags: tuple[Flag, ...]
    days_given: bool

    @property
    def name(self) -> str:
        """Who, when the company has them in its list."""
        return "" if self.person is None else self.person.name


def days_of(person: Employed | None, month: date) -> tuple[date, date]:
    """The days of the month that a line is about unless it says otherwise."""
    return (month, last_day(month)) if person is None else person.ground.days_of(month)


class DeclaringForm(PlainForm):
    """`shown` lines are carried along; `act` is the button pressed; `version` says what the page was made of, and
    `source` whether it was a file.
    """

    shown = HiddenField()
    version = HiddenField()
    source = HiddenField()
    seen = SeenKeys()
    act = SeenField()
    nobody = BooleanField(N_("Personne n’a travaillé ce mois-là"))

    people: ClassVar[Mapping[int, Employed]] = {}
    month: ClassVar[date] = date.min
    flags: Mapping[int, tuple[Flag, ...]] = {}
    """What is to be confirmed, by the place of the line."""

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return whole_number(str(self.shown.data or ""), most=MOST_LINES) or 0

    @property
    def lines(self) -> list[Shown]:
        """The lines in their order."""
        return [self._shown(at) for at in range(self.line_count)]

    @property
    def drafts(self) -> dict[int, LineDraft]:
        """What was written, by the place of each line that says something. Mistakes stand beside their fields.

        Raises `UnknownLine` for an employment contract that is not the company's.
        """
        found = {shown.at: draft for shown in self.lines if (draft := self._draft(shown)) is not None}
        return {} if self.mistakes else found

    def point_out(self, refused: BadLines, places: Sequence[int]) -> None:
        """Say beside each field what is wrong; `places` are those of the lines in the form."""
        for problem in refused.problems:
            at = places[problem.place]
            listed = problem.field == "person_words" and self[f"who_{at}"].data is not None
            self._put(at, "hours" if listed else problem.field, problem.sentence)

    def keys_of(self, drafts: Mapping[int, LineDraft]) -> list[str]:
        """What to carry so that what is shown counts as confirmed when it is sent again."""
        return [seen_key(drafts[at], flag) for at, flags in self.flags.items() for flag in flags if at in drafts]

    def _shown(self, at: int) -> Shown:
        fields = {part: self[f"{part}_{at}"] for part in _PARTS}
        person = self.people.get(fields["who"].data or 0)
        whole = days_of(person, self.month)
        given = (fields["from_on"].data, fields["until_on"].data) != whole or bool(
            fields["from_on"].errors or fields["until_on"].errors
        )
        return Shown(at, person, flags=self.flags.get(at, ()), days_given=given, **fields)

    def _draft(self, shown: Shown) -> LineDraft | None:
        employment_id = shown.who.data
        if employment_id is not None and shown.person is None:
            raise UnknownLine
        words = (shown.person_words.data or "").strip()
        if shown.hours.data is None:
            if words and employment_id is None and not shown.hours.errors:
                self._put(shown.at, "hours", say(N_("Écrivez ses heures, ou effacez son nom.")))
            return None
        if shown.from_on.errors or shown.until_on.errors:
            return None
        first, last = days_of(shown.person, self.month)
        return LineDraft(
            shown.from_on.data or first,
            shown.until_on.data or last,
            shown.hours.data,
            employment_id,
            words,
            bool(shown.overtime.data),
            shown.line.data,
        )

    def _put(self, at: int, name: str, sentence: Sentence) -> None:
        field = self[f"{name}_{at}"]
        field.errors = [*field.errors, sentence]

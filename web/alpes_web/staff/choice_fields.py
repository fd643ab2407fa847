"""Fields of staff forms in which one chooses: one of a list, a code, several boxes, several rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from markupsafe import Markup
from wtforms import Field, StringField
from wtforms.widgets import CheckboxInput, html_params

from alpes_events.language.folding import fold
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_, say
from alpes_web.languages import translated
from alpes_web.staff.fields import Mistyped, TypedField
from alpes_web.typed import LARGEST, whole_number

LANGUAGE_CHOICES = (("fr", "Français"), ("en", "English"))
"""Each called as those who speak it do."""

Code = TypeVar("Code", bound=StrEnum)


class ChoiceField(TypedField):
    """One of several options, each a code and its words, in a list; `data` is the code, "" for none.

    `choices` may be set after the form was made (venues, sessions). Words of ours are put into the page's language.
    """

    def __init__(self, label: str, choices: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(label, **options)
        self.flags.plain = True  # a list always has an answer
        self.choices: list[tuple[str, str]] = list(choices)

    def widget(self, _field: Field, **attributes: Any) -> Markup:
        """The list, with what is chosen marked."""
        options = Markup("").join(
            Markup("<option value='{}'{}>{}</option>").format(
                code, Markup(" selected") if code == self._value() else "", translated(words)
            )
            for code, words in self.choices
        )
        attributes.setdefault("id", self.id)
        attributes.pop("required", None)
        return Markup("<select {}>{}</select>").format(
            Markup(html_params(name=self.name, **attributes)),  # noqa: S704 (WTForms escapes attributes)  # nosec B704
            options,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was chosen."""
        self.data = valuelist[0] if valuelist else ""

    def pre_validate(self, _form: object) -> None:
        """Only what is offered can be chosen."""
        if self._value() not in {code for code, _words in self.choices}:
            raise Mistyped(say(N_("Choisissez une des réponses proposées.")))

    def _shown(self, value: Any) -> str:
        return str(value)


class NamedField(ChoiceField):
    """One of many, found by typing: the browser proposes names as one writes. `data` is the code of the name, "" for
    none; a part of a name will do where no other name has it.
    """

    def __init__(self, label: str, choices: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(label, choices, **options)
        self.flags.plain = False
        self._typed = ""
        self.otherwise: Callable[[str], str] | None = None
        """Which code somebody means by what is not offered so, "" for none; raises `Refusal` with why it is none."""

    def widget(self, _field: Field, **attributes: Any) -> Markup:
        """A line of text, with the names that it may be."""
        attributes.setdefault("id", self.id)
        names = Markup("").join(
            Markup('<option value="{}"></option>').format(words) for code, words in self.choices if code
        )
        said = {"name": self.name, "list": f"{self.id}-names", "autocomplete": "off", "value": self._text()}
        return Markup('<input type="text" {}><datalist id="{}">{}</datalist>').format(
            Markup(html_params(**{**attributes, **said})),  # noqa: S704 (WTForms escapes attributes)  # nosec B704
            f"{self.id}-names",
            names,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed: a name, or the code itself."""
        self.data = self._typed = valuelist[0].strip() if valuelist else ""

    def pre_validate(self, _form: object) -> None:
        """Only what is offered can be meant."""
        try:
            meant = self._meant(self._typed)
        except Refusal as refusal:
            raise Mistyped(refusal.sentence) from None
        self.data = meant or self.data
        if self._typed and not meant:
            raise Mistyped(say(N_("Aucun nom ne répond, ou plusieurs : choisissez-le dans la liste qui s’ouvre.")))

    def _meant(self, typed: str) -> str:
        names = {code: fold(words) for code, words in self.choices if code}
        if not typed or typed in names:
            return typed
        exact = [code for code, words in names.items() if words == fold(typed)]
        if not exact and self.otherwise is not None and (other := self.otherwise(typed)):
            return other
        near = exact or [code for code, words in names.items() if fold(typed) in words]
        return near[0] if len(near) == 1 else ""

    def _text(self) -> str:
        return next(
            (words for code, words in self.choices if code and code == self.data), self._typed or self.data or ""
        )


class SuggestedField(StringField):  # type: ignore[misc]
    """A text of one line, for which the browser proposes those that were written before: `suggestions`."""

    suggestions: Sequence[str] = ()

    def __call__(self, **attributes: Any) -> Markup:
        """The line, with what may be meant."""
        names = Markup("").join(Markup('<option value="{}"></option>').format(one) for one in self.suggestions)
        line = super().__call__(list=f"{self.id}-names", autocomplete="off", **attributes)
        return Markup('{}<datalist id="{}-names">{}</datalist>').format(line, self.id, names)


class CodeField(ChoiceField):
    """One member of an enumeration, chosen by its words; `data` is the member, or None where `unknown` is offered."""

    def __init__(self, label: str, words: Mapping[Code, str], *, unknown: str = "", **options: Any) -> None:
        choices = [(member.value, text) for member, text in words.items()]
        super().__init__(label, [("", unknown), *choices] if unknown else choices, **options)
        self._members: dict[str, StrEnum] = {member.value: member for member in words}

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was chosen; a code that is not known is refused by `pre_validate`."""
        self.data = self._members.get(valuelist[0]) if valuelist else None


class IdsField(Field):  # type: ignore[misc]
    """The numbers of several rows, which the page itself gave; `data` is a tuple without doubles."""

    widget = CheckboxInput()
    data: tuple[int, ...] = ()

    def process_data(self, _value: object) -> None:
        """None was chosen yet."""
        self.data = ()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was chosen; what is no number of a row is left out."""
        numbers = (whole_number(text, most=LARGEST) for text in valuelist)
        self.data = tuple(dict.fromkeys(number for number in numbers if number is not None))


class TicksField(Field):  # type: ignore[misc]
    """Several options, each with a box; `data` is a tuple of the codes ticked."""

    widget = CheckboxInput()

    def __init__(self, label: str, choices: dict[str, str], **options: Any) -> None:
        super().__init__(label, **options)
        self.flags.plain = True
        self.choices = choices

    def process_data(self, value: object) -> None:
        """Take what is stored."""
        self.data = tuple(value) if isinstance(value, (list, tuple)) else ()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was ticked."""
        self.data = tuple(dict.fromkeys(valuelist))

    def pre_validate(self, _form: object) -> None:
        """Only what is offered, or was there, can be ticked."""
        if not set(self.data) <= self.choices.keys() | set(self.object_data or ()):
            raise Mistyped(say(N_("Choisissez une des réponses proposées.")))

    def written(self, value: object) -> str:
        """The codes of a value, in an order of their own."""
        return "\n".join(sorted(str(code) for code in value)) if isinstance(value, (list, tuple)) else ""

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Code, words and whether it is ticked; a code that is not ours stands with its own word."""
        known = {code: translated(words) for code, words in self.choices.items()}
        known |= {code: code for code in self.data if code not in known}
        return [(code, words, code in self.data) for code, words in known.items()]

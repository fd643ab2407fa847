"""What stands in a field as one plain text, to carry it, compare it, and say it in words."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol, runtime_checkable

from wtforms import BooleanField, Field

from alpes_events.language.sentence import N_
from alpes_web.languages import translated

_TICKED = "y"


@runtime_checkable
class Written(Protocol):
    """A field that says itself how its value is written."""

    def written(self, value: object) -> str:
        """The text of a value."""
        ...


def written(field: Field, value: object) -> str:
    """The text of a value of `field`: equal for two values that the field shows alike; nothing is ""."""
    if value is None or value == "":
        return ""
    if isinstance(field, Written):
        return field.written(value)
    if isinstance(value, bool):
        return _TICKED if value else ""
    if isinstance(value, (list, tuple)):
        return "\n".join(str(one) for one in value)
    return "\n".join(line.rstrip() for line in str(value).strip().splitlines())


def in_words(field: Field, text: str) -> str:
    """A text of `field` as people read it: the words of what was chosen, yes or no, a day."""
    if isinstance(field, BooleanField):
        return translated(N_("oui") if text else N_("non"))
    choices = getattr(field, "choices", None)
    if choices:
        words = {code: translated(said) for code, said in _pairs(choices)}
        return ", ".join(words.get(code, code) for code in text.split("\n"))
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text


def carried(texts: Mapping[str, str]) -> str:
    """The texts of a form's fields, as the form carries them."""
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":"))


def read_carried(text: str) -> dict[str, str]:
    """What a form carried; nothing, when it cannot be that."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(read, dict):
        return {}
    return {name: value for name, value in read.items() if isinstance(value, str)}


def _pairs(choices: Mapping[str, str] | Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    return list(choices.items()) if isinstance(choices, Mapping) else choices

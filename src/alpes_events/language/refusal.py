"""A refusal: something asked for that the rules do not allow, with a sentence that says what to do."""

from typing import Any

from alpes_events.language.sentence import Sentence


class Refusal(Exception):  # noqa: N818 (a refusal is an answer, not an error)
    """Base of every refusal. `status` is the HTTP status that the web's one handler answers with."""

    status = 409

    def __init__(self, text: str, **facts: Any) -> None:
        self.facts = facts
        self.sentence = Sentence(text, tuple(facts.items()))
        super().__init__(self.sentence.in_language("fr"))


class NotFound(Refusal):
    """The thing asked for does not exist, or not for this person."""

    status = 404


class BadInput(Refusal):
    """A value that cannot be right. `field` names the form field it belongs to, when there is one."""

    status = 422

    def __init__(self, text: str, *, field: str = "", **facts: Any) -> None:
        self.field = field
        super().__init__(text, **facts)

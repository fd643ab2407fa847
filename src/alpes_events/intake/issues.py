"""What is wrong with a file or with one of its rows, as values to show."""

from dataclasses import dataclass

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import Sentence


class BadFile(BadInput):
    """A file that is refused whole: nothing of it was read into the platform."""


@dataclass(frozen=True)
class RowIssue:
    """Why one row was refused. `line` is the line of the file as a spreadsheet numbers it (the headings are on 1);
    `column` the heading as the file has it, « » when the row as a whole is meant; `typed` what the cell holds.
    """

    line: int
    column: str
    sentence: Sentence
    typed: str = ""


class BadCell(Exception):  # noqa: N818 (a finding of a parser, turned into an issue)
    """A cell that cannot be read; the sentence says how to write it."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.in_language("fr"))
        self.sentence = sentence

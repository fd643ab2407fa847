"""The octets of a calendar file (RFC 5545, section 3.1): text escaped, lines folded at 75 octets and ended by CRLF."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

LONGEST_LINE = 75
"""Octets of a line before its CRLF."""

_CRLF, _FOLD = b"\r\n", b"\r\n "
_TOP_TWO_BITS, _CONTINUES = 0b1100_0000, 0b1000_0000
"""An octet that begins with the bits 10 is inside a UTF-8 sequence."""

_TWO = tuple(f"{number:02}" for number in range(60))
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def text(value: str) -> str:
    r"""`value` as TEXT: `\`, `;`, `,` and newlines escaped, no control character but TAB."""
    if not (value.isprintable() or _without_spaces(value).isprintable()):  # seldom: then it is worth looking closely
        value = _without_controls(_LINE_ENDS.sub("\n", value))
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def parameter(value: str) -> str:
    """`value` as a quoted parameter (a person's name): one line, without quotation marks inside."""
    plain = _without_controls(_LINE_ENDS.sub(" ", value).replace("\n", " "))
    return '"' + plain.replace('"', "'") + '"'


def address(value: str) -> str:
    """`value` as an address (URI or e-mail) of one line: whatever could end the line is left out."""
    if value.isprintable():
        return value
    return _without_controls(_LINE_ENDS.sub("", value).replace("\n", "").replace("\t", ""))


def utc(moment: datetime) -> str:
    """An instant as `20260302T090000Z`."""
    return wall(moment.astimezone(UTC)) + "Z"


def wall(moment: datetime) -> str:
    """What a clock shows, as `20260302T100000` (a table of the numbers is ten times faster than `strftime`)."""
    day = f"{moment.year:04}{_TWO[moment.month]}{_TWO[moment.day]}"
    return f"{day}T{_TWO[moment.hour]}{_TWO[moment.minute]}{_TWO[moment.second]}"


def folded(lines: Iterable[str]) -> bytes:
    """The lines as octets, each folded and ended by CRLF. A character is never cut."""
    return b"".join(
        [line.encode() + _CRLF if len(line) <= LONGEST_LINE and line.isascii() else _fold(line) for line in lines]
    )


def _without_spaces(value: str) -> str:
    """`value` without the spaces and line ends of ordinary text, which count as not printable."""
    return value.replace("\n", "").replace("\u00a0", "").replace("\u202f", "").replace("\t", "")


def _without_controls(value: str) -> str:
    return _CONTROL.sub("", value)


def _fold(line: str) -> bytes:
    """One line in pieces of at most 75 octets; every piece after the first begins with a space, which counts."""
    octets = line.encode("utf-8", "replace")
    if len(octets) <= LONGEST_LINE:
        return octets + _CRLF
    pieces = []
    start, room = 0, LONGEST_LINE
    while len(octets) - start > room:
        end = start + room
        while octets[end] & _TOP_TWO_BITS == _CONTINUES:
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, LONGEST_LINE - 1
    pieces.append(octets[start:])
    return _FOLD.join(pieces) + _CRLF

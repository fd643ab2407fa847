"""A1-A6: the octets of a calendar file, for any text that people can type."""

from hypothesis import example, given
from hypothesis import strategies as st

from alpes_events.agenda.content_lines import address, folded, parameter, text

SIGNS = 'é\u0301œ\u0323漢\u202e🧑\u200d🔧;,\\:\r\n\x85\u2028\0\x1f\x7f\t" plus long'
WORDS = st.text(SIGNS, max_size=150)


def unescaped(value: str) -> str:
    out, rest = "", iter(value)
    for sign in rest:
        following = next(rest) if sign == "\\" else ""
        out += sign if sign != "\\" else "\n" if following in "nN" else following
    return out


@given(WORDS)
@example("é" * 200)
@example("x" * 75)
@example("x" * 76)
def test_a1_a2_a3_folded_line_is_short_whole_and_unfolds_to_itself(words: str) -> None:
    line = "DESCRIPTION:" + text(words)
    octets = folded([line])
    pieces = octets.split(b"\r\n")
    assert pieces.pop() == b""
    assert all(len(piece) <= 75 for piece in pieces)
    assert (
        "".join(piece.decode().removeprefix(" ") if at else piece.decode() for at, piece in enumerate(pieces)) == line
    )


@given(WORDS)
def test_a1_a5_no_value_has_a_line_end_nor_a_control_character_but_tab(words: str) -> None:
    name = parameter(words)
    for written in (text(words), name, address("https://example.org/" + words)):
        assert all(sign == "\t" or (ord(sign) >= 32 and not 0x7F <= ord(sign) <= 0x9F) for sign in written)
        assert len(written.splitlines()) <= 1
    assert name[0] == name[-1] == '"'
    assert '"' not in name[1:-1]


@given(st.text("\\;,:n\n\té🎪 ", max_size=30))
def test_a4_escaped_text_reads_back_as_it_was(words: str) -> None:
    assert unescaped(text(words)) == words


def test_a4_text_escapes_four_signs_and_not_the_colon() -> None:
    assert text('a\\b;c,d\ne:f"g') == 'a\\\\b\\;c\\,d\\ne:f"g'


def test_a4_every_line_end_becomes_one_newline() -> None:
    assert text("a\r\nb\rc\u2028d\u2029e\x85f") == "a\\nb\\nc\\nd\\ne\\nf"


def test_a6_lines_end_by_crlf_without_byte_order_mark() -> None:
    assert folded(["BEGIN:VCALENDAR", "END:VCALENDAR"]) == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def test_half_a_surrogate_pair_does_not_stop_the_feed() -> None:
    assert folded([text("a\ud83d")]) == b"a?\r\n"

"""What a picture says of itself in its first octets, read without decoding it: its kind, and how large it is."""

from collections.abc import Callable, Mapping

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
EXTENSIONS = {".jpg": JPEG, ".jpeg": JPEG, ".jfif": JPEG, ".png": PNG, ".webp": WEBP}
"""The ends of a file's name that we take, each with its media type."""

Size = tuple[int, int]
"""Pixels across and down."""

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The markers of a JPEG after which its size is written."""
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
"""The markers of a JPEG that nothing belongs to."""
_MARKER = 0xFF
_SHORTEST = {PNG: 24, WEBP: 30}
"""Octets up to the end of the size."""


def media_type_of(content: bytes) -> str | None:
    """The media type that the first octets say; None for none that we take."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return WEBP if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def size_of(content: bytes, media_type: str) -> Size | None:
    """How large the picture says it is; None when it does not say so where it should."""
    size = _READERS[media_type](content)
    return size if size is not None and min(size) > 0 else None


def _png(content: bytes) -> Size | None:
    if content[12:16] != b"IHDR" or len(content) < _SHORTEST[PNG]:
        return None
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _jpeg(content: bytes) -> Size | None:
    at = 2
    while at + 9 <= len(content):
        marker = content[at + 1]
        if content[at] != _MARKER:
            return None
        if marker == _MARKER or marker in _BARE:
            at += 1 if marker == _MARKER else 2
            continue
        if marker in _FRAMES:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return None


def _webp(content: bytes) -> Size | None:
    if len(content) < _SHORTEST[WEBP]:
        return None
    match content[12:16]:
        case b"VP8 ":
            return _low(content[26:28]) & 0x3FFF, _low(content[28:30]) & 0x3FFF
        case b"VP8L":
            bits = _low(content[21:25])
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            return _low(content[24:27]) + 1, _low(content[27:30]) + 1
        case _:
            return None


def _low(octets: bytes) -> int:
    return int.from_bytes(octets, "little")


_READERS: Mapping[str, Callable[[bytes], Size | None]] = {JPEG: _jpeg, PNG: _png, WEBP: _webp}

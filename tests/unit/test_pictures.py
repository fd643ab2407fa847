"""A picture is what its first octets and its name both say it is, and not too heavy."""

import pytest

from alpes_events.agenda.pictures import LARGEST, BadPicture, checked_media_type

STARTS = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff\xe0",
    "image/webp": b"RIFF\0\0\0\0WEBP",
}


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.png", "image/png"), ("a.JPG", "image/jpeg"), ("a.b.jpeg", "image/jpeg"), ("a.webp", "image/webp")],
)
def test_picture_is_known_by_its_name_and_its_first_octets(name: str, media_type: str) -> None:
    assert checked_media_type(STARTS[media_type] + b"\0", name=name) == media_type


@pytest.mark.parametrize("name", ["a.gif", "a.svg", "a.jpg", "a", "png", "a.png.exe"])
def test_name_that_says_another_thing_is_refused(name: str) -> None:
    with pytest.raises(BadPicture):
        checked_media_type(STARTS["image/png"], name=name)


def test_size_is_bounded() -> None:
    assert checked_media_type(STARTS["image/png"].ljust(LARGEST), name="a.png") == "image/png"
    with pytest.raises(BadPicture, match="trop lourde"):
        checked_media_type(STARTS["image/png"].ljust(LARGEST + 1), name="a.png")

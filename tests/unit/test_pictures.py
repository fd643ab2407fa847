"""A picture is what its first octets and its name both say; it is written anew, and nothing else of it is kept."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from alpes_events.pictures.header import JPEG, PNG, WEBP, media_type_of, size_of
from alpes_events.pictures.picture import LARGEST, BadPicture, Picture, clean_picture, smaller
from tests.support.depth import in_part
from tests.support.drawn import BRICK, TEAL, opened, picture, png_that_says, webp_that_says

NAMES = {"PNG": "a.png", "JPEG": "a.jpg", "WEBP": "a.webp"}


def clean(content: bytes, name: str = "a.png", *, most_side: int = 400) -> Picture:
    return clean_picture(content, name=name, most_side=most_side, field="logo")


@pytest.mark.parametrize(
    ("name", "plugin"), [("a.png", "PNG"), ("a.JPG", "JPEG"), ("a.b.jpeg", "JPEG"), ("é.webp", "WEBP")]
)
def test_picture_is_known_by_its_name_and_its_first_octets(name: str, plugin: str) -> None:
    kept = opened(clean(picture(plugin), name).content)
    assert kept.size == (60, 40)
    left, right = kept.convert("RGB").getpixel((10, 20)), kept.convert("RGB").getpixel((50, 20))
    assert (_near(left, BRICK), _near(right, TEAL)) == (True, True)


@pytest.mark.parametrize("name", ["a.gif", "a.jpg", "a", "png", "a.png.exe", ""])
def test_name_that_says_another_thing_is_refused(name: str) -> None:
    with pytest.raises(BadPicture, match="n’est pas une image JPEG, PNG ou WebP"):
        clean(picture(), name)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg"),
        (b"<?xml version='1.0'?><svg/>", "a.png"),
        (b"\x1f\x8b", "a.svgz"),
    ],
)
def test_drawing_that_may_hold_a_program_is_refused_with_what_to_send(content: bytes, name: str) -> None:
    with pytest.raises(BadPicture, match="envoyez cette image en PNG") as refused:
        clean(content, name)
    assert refused.value.field == "logo"


def test_size_in_octets_is_bounded() -> None:
    assert clean(picture().ljust(LARGEST)).media_type == PNG
    with pytest.raises(BadPicture, match=r"trop lourde \(4 Mo\) : 3 Mo au plus"):
        clean(picture().ljust(LARGEST + 1))


@pytest.mark.parametrize(
    ("content", "name"),
    [(png_that_says(8000, 5000), "a.png"), (webp_that_says(8000, 5000), "a.webp")],
)
def test_size_in_pixels_is_read_before_anything_is_decoded(content: bytes, name: str) -> None:
    assert len(content) < 200
    with pytest.raises(BadPicture, match=r"8000 × 5000 pixels\) : réduisez-la à 24 millions de pixels au plus"):
        clean(content, name)


@pytest.mark.parametrize(("plugin", "media_type"), [("PNG", PNG), ("JPEG", JPEG), ("WEBP", WEBP)])
def test_header_says_the_size_that_a_decoder_finds(plugin: str, media_type: str) -> None:
    for mode in ("RGB", "RGBA") if plugin != "JPEG" else ("RGB", "L", "CMYK"):
        content = picture(plugin, across=123, down=45, mode=mode)
        assert (media_type_of(content), size_of(content, media_type)) == (media_type, (123, 45))


def test_larger_side_is_scaled_down_and_a_small_picture_is_left() -> None:
    assert opened(clean(picture(across=1200, down=300)).content).size == (400, 100)
    assert opened(clean(picture("JPEG", across=300, down=1200), "a.jpg").content).size == (100, 400)
    assert opened(clean(picture(across=6, down=4)).content).size == (6, 4)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGB", "RGBA"])
def test_every_kind_of_colours_is_kept_to_be_seen(mode: str) -> None:
    written = BytesIO()
    Image.new("RGB", (30, 20), BRICK).convert("L" if mode == "I;16" else mode).convert(mode).save(written, "PNG")
    kept = opened(clean(written.getvalue()).content)
    assert (kept.size, kept.mode) == ((30, 20), "RGBA" if mode in {"LA", "RGBA"} else "RGB")


def test_see_through_stays_see_through() -> None:
    image = Image.new("RGBA", (30, 20), (*TEAL, 0))
    written = BytesIO()
    image.save(written, "WEBP", lossless=True)
    kept = opened(clean(written.getvalue(), "a.webp").content)
    assert (kept.format, kept.getpixel((5, 5))[3]) == ("PNG", 0)  # type: ignore[index]


@pytest.mark.parametrize("plugin", ["PNG", "JPEG", "WEBP"])
def test_what_a_camera_wrote_and_what_hides_behind_is_gone(plugin: str) -> None:
    content = picture(plugin, comment="Marcq, rue Nationale 12") + b"PK\x03\x04 cache"
    kept = clean(content, NAMES[plugin]).content
    assert (b"Nationale" in content, b"Nationale" in kept, b"cache" in kept) == (True, False, False)
    assert not opened(kept).getexif()


def test_photograph_that_was_held_upright_stands_upright() -> None:
    kept = opened(clean(picture("JPEG", across=60, down=40, orientation=6), "a.jpg").content)
    assert kept.size == (40, 60)
    assert _near(kept.getpixel((20, 5)), BRICK)


@pytest.mark.parametrize("plugin", ["PNG", "WEBP"])
def test_animation_keeps_its_first_picture(plugin: str) -> None:
    kept = opened(clean(picture(plugin, frames=3), NAMES[plugin]).content).convert("RGB")
    assert getattr(kept, "n_frames", 1) == 1
    assert _near(kept.getpixel((10, 20)), BRICK)


@pytest.mark.parametrize("plugin", ["PNG", "JPEG", "WEBP"])
def test_truncated_picture_is_refused(plugin: str) -> None:
    content = picture(plugin, across=200, down=200)
    with pytest.raises(BadPicture, match="abîmée ou incomplète"):
        clean(content[: len(content) * 2 // 3], NAMES[plugin])


def test_kept_picture_is_made_smaller_for_a_small_place() -> None:
    small = smaller(clean(picture(across=400, down=400)), across=96, down=48)
    assert (small.media_type, opened(small.content).size) == (WEBP, (48, 48))


@in_part(4)
@given(st.binary(max_size=200), st.sampled_from(["PNG", "JPEG", "WEBP"]), st.integers(0, 400))
def test_no_octets_make_it_fail_otherwise_than_by_a_refusal(noise: bytes, plugin: str, at: int) -> None:
    whole = picture(plugin)
    for content in (noise, whole[:12] + noise, whole[:at] + noise + whole[at + len(noise) :], whole[:at] + noise):
        try:
            kept = clean(content, NAMES[plugin])
        except BadPicture:
            continue
        assert max(opened(kept.content).size) <= 400


def _near(found: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) < 12 for one, other in zip(found[:3], wanted, strict=True))

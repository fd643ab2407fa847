"""Is a file that somebody sent a picture we can show? If so, it is written anew; if not, a sentence says what to do.

The size in octets, the name and the first octets are looked at first, then the size in pixels, before anything is
decoded. What is kept is drawn anew from the pixels: where a photograph was taken, who took it, further pictures of an
animation and anything hidden behind the picture are gone.
"""

import warnings
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from threading import Lock

from PIL import Image

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.pictures.header import EXTENSIONS, JPEG, PNG, WEBP, Size, media_type_of, size_of

LARGEST = 3 * 1024 * 1024
"""Octets of one picture, as it is sent."""
MOST_PIXELS = 24_000_000
"""Pixels of one picture, as it is sent."""

_QUALITY = 85
_PLUGINS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_FINELY: Mapping[str, Mapping[str, int | bool]] = {
    JPEG: {"quality": _QUALITY, "optimize": True},
    PNG: {"optimize": True},
    WEBP: {"quality": 70, "method": 6},
}
_SCALES_WELL = frozenset({"L", "LA", "RGB", "RGBA", "CMYK"})
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ONE_AT_A_TIME = Lock()
"""Decoding takes memory by the pixel: two pictures that come together wait for each other."""


class BadPicture(BadInput):
    """A file that is not a picture we can show."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: drawn anew, upright, its larger side no larger than was asked."""

    content: bytes
    media_type: str

    @property
    def inline(self) -> str:
        """The whole picture as an address, to stand inside a document."""
        return f"data:{self.media_type};base64,{b64encode(self.content).decode()}"


def clean_picture(content: bytes, *, name: str, most_side: int, field: str) -> Picture:
    """The picture in a file called `name`, drawn anew. Raises `BadPicture` on `field`."""
    media_type = _media_type(content, name, field)
    _check_pixels(size_of(content, media_type), field)
    try:
        return _drawn_anew(content, media_type, most_side)
    except Exception as error:
        raise BadPicture(
            N_("Cette image est abîmée ou incomplète : ouvrez-la, enregistrez-la de nouveau et renvoyez-la."),
            field=field,
        ) from error


def smaller(picture: Picture, *, across: int, down: int, media_type: str = WEBP) -> Picture:
    """The same picture for a small place. Of pictures that were kept, never of what was just sent."""
    with _ONE_AT_A_TIME, Image.open(BytesIO(picture.content)) as image:
        image.thumbnail((across, down))
        return Picture(_written(image, _PLUGINS[media_type], **_FINELY[media_type]), media_type)


def _media_type(content: bytes, name: str, field: str) -> str:
    if not content:
        raise BadPicture(N_("Ce fichier est vide : choisissez une image."), field=field)
    if len(content) > LARGEST:
        raise BadPicture(
            N_("Cette image est trop lourde (%(size)d Mo) : %(most)d Mo au plus."),
            field=field,
            size=-(-len(content) // 1024**2),
            most=LARGEST // 1024**2,
        )
    end = PurePath(name).suffix.lower()
    if end in {".svg", ".svgz"} or b"<svg" in content[:1024]:
        raise BadPicture(N_("Un fichier SVG peut cacher un programme : envoyez cette image en PNG."), field=field)
    said = EXTENSIONS.get(end)
    if said is None or said != media_type_of(content):
        raise BadPicture(N_("Ce fichier n’est pas une image JPEG, PNG ou WebP : choisissez-en une."), field=field)
    return said


def _check_pixels(size: Size | None, field: str) -> None:
    if size is None:
        raise BadPicture(N_("Ce fichier n’est pas une image JPEG, PNG ou WebP : choisissez-en une."), field=field)
    across, down = size
    if across * down > MOST_PIXELS:
        raise BadPicture(
            N_(
                "Cette image est trop grande (%(across)d × %(down)d pixels) : réduisez-la à %(most)d millions de pixels"
                " au plus, par exemple 2000 × 2000."
            ),
            field=field,
            across=across,
            down=down,
            most=MOST_PIXELS // 1_000_000,
        )


def _drawn_anew(content: bytes, media_type: str, most_side: int) -> Picture:
    with _ONE_AT_A_TIME, warnings.catch_warnings(action="ignore"):
        with Image.open(BytesIO(content), formats=(_PLUGINS[media_type],)) as opened:
            turn = _TURNS.get(_orientation(opened))
            image = _scaled(opened, most_side)
        upright = image if turn is None else image.transpose(turn)
        return _smallest(upright, media_type)


def _scaled(image: Image.Image, most_side: int) -> Image.Image:
    """The picture in plain colours, with transparency where it has some. A new one: nothing of the file is in it."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if image.mode not in _SCALES_WELL or (mode == "RGBA" and image.mode in {"L", "RGB"}):
        image = image.convert(mode)
    image.thumbnail((most_side, most_side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    plain = image.convert(mode)
    bare = Image.new(mode, plain.size)
    bare.paste(plain)
    return bare


def _smallest(image: Image.Image, media_type: str) -> Picture:
    """A photograph as JPEG, what is drawn or see-through as PNG; of two ways that do as well, the shorter."""
    if image.mode == "RGBA":
        return Picture(_written(image, "PNG", **_FINELY[PNG]), PNG)
    jpeg = Picture(_written(image, "JPEG", **_FINELY[JPEG]), JPEG)
    if media_type == JPEG:
        return jpeg
    png = Picture(_written(image, "PNG", **_FINELY[PNG]), PNG)
    return min((png, jpeg), key=lambda one: len(one.content))


def _written(image: Image.Image, plugin: str, **options: object) -> bytes:
    written = BytesIO()
    image.save(written, plugin, **options)
    return written.getvalue()


def _orientation(image: Image.Image) -> int:
    """How a camera says that it was held; a camera that says it badly says nothing."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 (whatever it stumbles over, the picture itself may be good)
        return 1

"""Pictures drawn for tests, and files that pretend to be pictures."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageDraw

TEAL, BRICK = (11, 85, 99), (181, 64, 42)


def picture(
    plugin: str = "PNG",
    *,
    across: int = 60,
    down: int = 40,
    mode: str = "RGB",
    orientation: int | None = None,
    comment: str = "",
    frames: int = 1,
) -> bytes:
    """A file with a brick left half on teal."""
    drawings = [_drawn(across, down, turned=number % 2 == 1).convert(mode) for number in range(frames)]
    options: dict[str, object] = {}
    if orientation is not None or comment:
        exif = Image.Exif()
        exif[0x0112] = orientation or 1
        exif[0x010E] = comment
        options["exif"] = exif
    if frames > 1:
        options |= {"save_all": True, "append_images": drawings[1:], "duration": 100}
    written = BytesIO()
    drawings[0].save(written, plugin, **options)
    return written.getvalue()


def png_that_says(across: int, down: int, *, data: bytes = b"") -> bytes:
    """A PNG of a few octets whose header says another size."""
    header = struct.pack(">IIBBBBB", across, down, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", data or zlib.compress(b"\0" * 64)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, content) for name, content in chunks)


def chunk(name: bytes, content: bytes) -> bytes:
    """One part of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def webp_that_says(across: int, down: int) -> bytes:
    """A WebP of a few octets whose header says another size."""
    bits = (across - 1) | (down - 1) << 14
    body = b"WEBPVP8L" + struct.pack("<I", 20) + b"\x2f" + struct.pack("<I", bits) + b"\0" * 15
    return b"RIFF" + struct.pack("<I", len(body)) + body


def opened(content: bytes) -> Image.Image:
    """The picture in a file."""
    image = Image.open(BytesIO(content))
    image.load()
    return image


def _drawn(across: int, down: int, *, turned: bool) -> Image.Image:
    back, front = (BRICK, TEAL) if turned else (TEAL, BRICK)
    image = Image.new("RGB", (across, down), back)
    ImageDraw.Draw(image).rectangle((0, 0, across // 2 - 1, down), fill=front)
    return image

"""The worst pictures that may be sent, in a process of its own that may not have a gigabyte."""

import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image

from alpes_events.pictures.picture import LARGEST
from tests.support.drawn import chunk, picture, png_that_says, webp_that_says

ONE_GIGABYTE = 1024**3


def test_no_picture_takes_more_than_a_bounded_memory(tmp_path: Path) -> None:
    """The worst that are taken, and files that would be worse, in a process that may not have a gigabyte."""
    bomb = zlib.compress(b"\0" * (LARGEST * 60), 9)
    text = chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * (LARGEST * 60), 9))
    plain = picture()
    worst = {
        "see_through.png": _flat(4898, 4898, "RGBA", "PNG"),
        "largest.webp": _flat(4898, 4898, "RGBA", "WEBP"),
        "largest.jpg": _flat(4898, 4898, "CMYK", "JPEG"),
        "bomb.png": png_that_says(4000, 4000, data=bomb),
        "text.png": plain[:33] + text + plain[33:],
        "huge.png": png_that_says(100_000, 100_000),
        "huge.webp": webp_that_says(16384, 16384),
    }
    for name, content in worst.items():
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", _TOLD, str(tmp_path), str(ONE_GIGABYTE)], capture_output=True, text=True, check=True
    )
    assert dict(told.split(":") for told in done.stdout.split()) == {
        "bomb.png": "kept",
        "huge.png": "refused",
        "huge.webp": "refused",
        "largest.jpg": "kept",
        "largest.webp": "kept",
        "see_through.png": "kept",
        "text.png": "refused",
    }


_TOLD = """
import pathlib, resource, sys
from alpes_events.pictures.picture import BadPicture, clean_picture

def told(file):
    try:
        clean_picture(file.read_bytes(), name=file.name, most_side=800, field="logo")
    except BadPicture as refused:
        assert not isinstance(refused.__cause__, MemoryError), file
        return "refused"
    return "kept"

folder, most = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_AS, (int(most), int(most)))
print(*(f"{file.name}:{told(file)}" for file in sorted(pathlib.Path(folder).iterdir())))
"""


def _flat(across: int, down: int, mode: str, plugin: str) -> bytes:
    written = BytesIO()
    Image.new(mode, (across, down)).save(written, plugin)
    return written.getvalue()

"""The typesetter reads the templates' own folder and nothing else, and asks nothing of the network."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import typst

from alpes_events.documents.typesetting import TEMPLATES, typeset
from tests.support.pdf import pages_of

TITLED = '#set document(title: "x")\n'


def compiled(folder: Path, template: str) -> bytes:
    (folder / "page.typ").write_text(TITLED + template)
    return typeset("page.typ", {"word": "bonjour"}, folder=folder)


def test_template_reads_what_lies_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "beside.txt").write_text("à côté")
    assert pages_of(compiled(tmp_path, '#read("beside.txt") #json(bytes(sys.inputs.content)).word')) == [
        "à côté bonjour"
    ]


@pytest.mark.parametrize("path", ["../secret.txt", "/../secret.txt", "/etc/passwd", "{outside}"])
def test_no_file_outside_the_folder_can_be_read(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "templates"
    folder.mkdir()
    with pytest.raises(typst.TypstError):
        compiled(folder, f'#read("{path.format(outside=tmp_path / "secret.txt")}")')


def test_packages_are_neither_found_nor_fetched(tmp_path: Path) -> None:
    with pytest.raises(typst.TypstError):
        compiled(tmp_path, '#import "@local/example:0.1.0": *')
    assert not (TEMPLATES / "packages").exists()


def test_templates_of_the_platform_load_nothing_and_evaluate_nothing() -> None:
    templates = list(TEMPLATES.glob("*.typ"))
    assert templates
    for template in templates:
        source = template.read_text()
        assert not re.search(r'"@|\beval\(|\bplugin\(|\bread\(', source), template.name
        assert set(re.findall(r'#import "([^"]+)"', source)) <= {"house.typ"}


def test_only_the_fonts_that_come_along_are_used(tmp_path: Path) -> None:
    document = compiled(tmp_path, '#set text(font: "Liberation Sans")\nMot')
    assert b"Liberation" not in document


_TYPESET = """
import sys
from pathlib import Path
from alpes_events.documents.typesetting import typeset

typeset("page.typ", {"word": "#import \\"@preview/example:0.1.0\\" https://example.org"}, folder=Path(sys.argv[1]))
"""


def asks_the_network(folder: Path, template: str) -> bool:
    """Whether typesetting this template wants to reach anybody: a proxy that it is told of listens for it."""
    (folder / "page.typ").write_text(TITLED + template)
    with socket.socket() as proxy:
        proxy.bind(("127.0.0.1", 0))
        proxy.listen()
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        told = {**os.environ, **dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"), address)}
        told["PYTHONPATH"] = os.pathsep.join(sys.path)
        with subprocess.Popen(
            [sys.executable, "-c", _TYPESET, str(folder)], env=told, stderr=subprocess.DEVNULL
        ) as run:
            proxy.settimeout(0.1)
            while run.poll() is None:
                try:
                    proxy.accept()[0].close()
                except TimeoutError:
                    continue
                run.wait()
                return True
    return False


def test_nothing_is_asked_of_the_network(tmp_path: Path) -> None:
    assert asks_the_network(tmp_path, '#import "@preview/example:0.1.0": *'), "the proxy sees who asks"
    assert not asks_the_network(tmp_path, "#json(bytes(sys.inputs.content)).word")

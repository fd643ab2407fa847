"""PDF files as a reader that is not ours understands them: text, language, structure."""

from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from alpes_events.language.typography import plain


def reader_of(document: bytes) -> PdfReader:
    """The document, read strictly."""
    return PdfReader(BytesIO(document), strict=True)


def pages_of(document: bytes) -> list[str]:
    """What each page says, with ordinary spaces."""
    return [" ".join(plain(page.extract_text()).split()) for page in reader_of(document).pages]


def elements_of(document: bytes) -> list[tuple[str, str]]:
    """Every element of the structure that is read aloud, in order: its role, and its alternative text."""
    root = reader_of(document).trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    found: list[tuple[str, str]] = []
    _walk(root.get_object(), found)
    return found


def _walk(node: object, found: list[tuple[str, str]]) -> None:
    if isinstance(node, ArrayObject):
        for child in node:
            _walk(child.get_object(), found)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            found.append((str(node["/S"])[1:], str(node.get("/Alt", ""))))
        if "/K" in node:
            _walk(node["/K"].get_object(), found)

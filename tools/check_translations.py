"""Is every sentence that people read in the English catalogues, once, with the same facts in it, and nothing beside?

`--list` prints what is missing as catalogue entries, to be copied into a file of `language/locale/en/`.
"""

import ast
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("src", "web", "scheduler")
CATALOGUES = ROOT / "src/alpes_events/language/locale/en"
TEMPLATES = [("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.xml", "jinja2"), ("**.j2", "jinja2")]
KEYWORDS = {"N_": None, "_": None, "gettext": None, "ngettext": (1, 2), "NN_": (1, 2),
            "translated": None, "translated_count": (1, 2), "said_count": (1, 2)}  # fmt: skip
OPTIONS = {"extensions": "jinja2.ext.i18n", "silent": "false", "newstyle_gettext": "true", "trimmed": "true"}
_FACT = re.compile(r"%\((\w+)\)")

MessageId = str | tuple[str, ...]


def main() -> int:
    """1 when a sentence has no English, or English with other facts, or an English answers to no sentence."""
    wanted = dict(_sentences())
    catalogues = {file.name: _read(file) for file in sorted(CATALOGUES.glob("*.po"))}
    known = {message.id: message for catalogue in catalogues.values() for message in catalogue if message.id}
    missing = {sentence: place for sentence, place in wanted.items() if not _translated(known.get(sentence))}
    wrong = [sentence for sentence in wanted if sentence not in missing and not _same_facts(known[sentence])]
    if "--list" in sys.argv:
        for sentence, place in missing.items():
            print(_entry(sentence, place))
        return 0
    for sentence, place in missing.items():
        print(f"{place}: no English for {sentence!r}")
    for sentence in wrong:
        print(f"{wanted[sentence]}: the English has other facts: {sentence!r}")
    twice = list(_said_twice(catalogues))
    for line in twice:
        print(line)
    left_over = list(_left_over(catalogues, wanted))
    for line in left_over:
        print(line)
    counts = f"{len(missing)} missing, {len(wrong)} wrong, {len(twice)} said twice, {len(left_over)} left over"
    print(f"translations: {len(wanted)} sentences, {counts}")
    return int(bool(missing or wrong or twice or left_over))


def _sentences() -> Iterator[tuple[MessageId, str]]:
    """Every sentence with the first place it stands."""
    seen: set[MessageId] = set()
    for folder in SOURCES:
        for key, place in [*_in_code(folder), *_in_templates(folder)]:
            if key and key not in seen:
                seen.add(key)
                yield key, place


def _in_code(folder: str) -> Iterator[tuple[MessageId, str]]:
    """The sentences of Python: also within another call or an f-string, where Babel’s own reader is blind."""
    for file in sorted((ROOT / folder).rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(file.read_bytes())) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            texts = [_literal(argument) for argument in call.args[: len(KEYWORDS.get(name) or (1,))]]
            if name in KEYWORDS and texts and all(texts):
                yield texts[0] if len(texts) == 1 else tuple(texts), f"{file.relative_to(ROOT)}:{call.lineno}"


def _in_templates(folder: str) -> Iterator[tuple[MessageId, str]]:
    options = {pattern: OPTIONS for pattern, _ in TEMPLATES}
    found = extract_from_dir(ROOT / folder, TEMPLATES, options_map=options, keywords=KEYWORDS)
    for file, line, sentence, _comments, _context in found:
        yield tuple(sentence) if isinstance(sentence, (list, tuple)) else sentence, f"{folder}/{file}:{line}"


def _literal(argument: ast.expr) -> str:
    """A text that stands there; empty for what is worked out."""
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""


def _read(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale="en", abort_invalid=True)


def _said_twice(catalogues: Mapping[str, Catalog]) -> Iterator[str]:
    """Sentences that two files put into different English: only one of the two would ever be read."""
    seen: dict[MessageId, tuple[str, object]] = {}
    for name, catalogue in catalogues.items():
        for message in catalogue:
            if message.id and _translated(message):
                key: MessageId = tuple(message.id) if isinstance(message.id, tuple | list) else message.id
                file, english = seen.setdefault(key, (name, message.string))
                if english != message.string:
                    yield f"{file} and {name}: two Englishes for {key!r}: {english!r}, {message.string!r}"


def _left_over(catalogues: Mapping[str, Catalog], wanted: Collection[MessageId]) -> Iterator[str]:
    """English to sentences that nothing says any more."""
    for name, catalogue in catalogues.items():
        for message in catalogue:
            key: MessageId = tuple(message.id) if isinstance(message.id, tuple | list) else message.id
            if key and key not in wanted:
                yield f"{name}: nothing says {key!r} any more"


def _translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def _same_facts(message: Message) -> bool:
    """A singular may leave the number out; nothing may name a fact that the French does not have."""
    source = message.id if isinstance(message.id, tuple | list) else (message.id,)
    target = message.string if isinstance(message.string, tuple | list) else (message.string,)
    there = set().union(*(_FACT.findall(text) for text in source))
    used = set().union(*(_FACT.findall(text or "") for text in target))
    return used == there


def _entry(sentence: MessageId, place: str) -> str:
    if isinstance(sentence, tuple):
        one, many = (_quoted(text) for text in sentence[:2])
        return f'#: {place}\nmsgid {one}\nmsgid_plural {many}\nmsgstr[0] ""\nmsgstr[1] ""\n'
    return f'#: {place}\nmsgid {_quoted(sentence)}\nmsgstr ""\n'


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.exit(main())

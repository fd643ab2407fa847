"""Which kind of browser it is, as its owner would say it: its family and its system, from what it says of itself."""

import re

from alpes_events.language.sentence import N_, say

_FAMILIES = (
    ("edge", re.compile(r"\bEdg(e|A|iOS)?/")),
    ("opera", re.compile(r"\bOPR/|\bOpera\b")),
    ("samsung", re.compile(r"\bSamsungBrowser/")),
    ("firefox", re.compile(r"\b(Firefox|FxiOS)/")),
    ("chrome", re.compile(r"(Chrome|CriOS|Chromium)/")),
    ("safari", re.compile(r"\bSafari/")),
)
"""In this order: most call themselves by the names of others too."""
_SYSTEMS = (
    ("iphone", re.compile(r"\biPhone\b")),
    ("ipad", re.compile(r"\biPad\b")),
    ("android", re.compile(r"\bAndroid\b")),
    ("windows", re.compile(r"\bWindows\b")),
    ("mac", re.compile(r"\bMacintosh\b|\bMac OS X\b")),
    ("linux", re.compile(r"\bLinux\b|\bX11\b")),
)

_NAMES = {
    "edge": "Edge",
    "opera": "Opera",
    "samsung": "Samsung Internet",
    "firefox": "Firefox",
    "chrome": "Chrome",
    "safari": "Safari",
    "iphone": "iPhone",
    "ipad": "iPad",
    "android": "Android",
    "windows": "Windows",
    "mac": "Mac",
    "linux": "Linux",
}
"""What their makers call them, in every language."""


def browser_code(user_agent: str) -> str:
    """« firefox:windows » from a `User-Agent`; `other` stands for what is not known. No version: it would tell one
    person from another.
    """
    return f"{_first(_FAMILIES, user_agent)}:{_first(_SYSTEMS, user_agent)}"


def browser_words(code: str, language: str) -> str:
    """« Firefox sur Windows », as far as the code says it."""
    family, _, system = code.partition(":")
    if family not in _NAMES and system not in _NAMES:
        return say(N_("Un navigateur inconnu")).in_language(language)
    if family not in _NAMES:
        return say(N_("Un navigateur sur %(system)s"), system=_NAMES[system]).in_language(language)
    if system not in _NAMES:
        return _NAMES[family]
    return say(N_("%(family)s sur %(system)s"), family=_NAMES[family], system=_NAMES[system]).in_language(language)


def _first(known: tuple[tuple[str, re.Pattern[str]], ...], user_agent: str) -> str:
    return next((code for code, pattern in known if pattern.search(user_agent)), "other")

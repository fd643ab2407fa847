"""The kind of a browser in words, from what it says of itself: family and system, never a version."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.people.browser_family import browser_code, browser_words
from tests.support.depth import in_part

AGENTS = [
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox sur Windows"),
    (("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 "
     "Safari/537.36 Edg/129.0.0.0"), "Edge sur Windows"),
    (("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile "
     "Safari/537.36"), "Chrome sur Android"),
    (("Mozilla/5.0 (Linux; Android 13; SM-A515F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 "
     "Chrome/121.0.0.0 Mobile Safari/537.36"), "Samsung Internet sur Android"),
    (("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
     "Mobile/15E148 Safari/604.1"), "Safari sur iPhone"),
    (("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
     "Safari/605.1.15"), "Safari sur Mac"),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox sur Linux"),
    ("Something/1.0 (Windows NT 6.1)", "Un navigateur sur Windows"),
    ("curl/8.5.0", "Un navigateur inconnu"),
    ("", "Un navigateur inconnu"),
]  # fmt: skip


@pytest.mark.parametrize(("agent", "words"), AGENTS)
def test_browser_is_called_as_its_owner_calls_it(agent: str, words: str) -> None:
    assert browser_words(browser_code(agent), "fr") == words


@in_part(4)
@given(st.text(max_size=300), st.text(max_size=60))
def test_code_says_nothing_but_family_and_system_whatever_was_sent(agent: str, code: str) -> None:
    family, system = browser_code(agent).split(":")
    assert len(browser_code(agent)) <= 32
    assert family.isalpha()
    assert system.isalpha()
    for language in ("fr", "en"):
        assert browser_words(code, language)

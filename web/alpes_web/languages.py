"""The language of a page: asked for in the address, remembered in a cookie, or what the browser prefers."""

from flask import Flask, Response, g, request

from alpes_events.language.sentence import LANGUAGES, SOURCE_LANGUAGE, Sentence, catalogue
from alpes_events.language.typography import set_in

_YEAR = 365 * 24 * 3600


def language() -> str:
    """The language of the present request: « fr » or « en »."""
    try:
        return g.language  # type: ignore[no-any-return]  # found once: a page asks for it some hundred times
    except AttributeError:
        g.language = _chosen()
        return language()


def translated(text: str) -> str:
    """The French sentence `text` in the page's language, with its typography."""
    spoken = language()
    return set_in(catalogue(spoken).gettext(text), spoken)


def translated_count(one: str, many: str, count: int) -> str:
    """`one` or `many` by `count`, in the page's language, with its typography."""
    return set_in(_plural(one, many, count), language())


def said(sentence: Sentence | str) -> str:
    """A sentence of the platform, in the page's language, with its typography."""
    if isinstance(sentence, str):
        return translated(sentence)
    return set_in(sentence.in_language(language()), language())


_WITHOUT_COOKIES = frozenset({"api", "embed", "feeds", "robots"})
"""Parts for programs, or shown inside another site: the address alone says which language they speak."""


def install(app: Flask) -> None:
    """Teach `app` and its templates the languages of the platform."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        translated, translated_count, newstyle=True
    )
    app.after_request(_remember)


def _plural(one: str, many: str, count: int) -> str:
    if language() == SOURCE_LANGUAGE:  # in French, 0 and 1 are singular
        return one if abs(count) < 2 else many  # noqa: PLR2004
    return catalogue(language()).ngettext(one, many, count)


def _chosen() -> str:
    if request.blueprint in _WITHOUT_COOKIES:
        asked = request.args.get("lang")
        return str(asked) if asked in LANGUAGES else SOURCE_LANGUAGE
    asked = request.args.get("lang") or request.cookies.get("lang")
    if asked in LANGUAGES:
        return str(asked)
    return request.accept_languages.best_match(LANGUAGES, SOURCE_LANGUAGE) or SOURCE_LANGUAGE


def _remember(response: Response) -> Response:
    """Keep the language that was asked for in the address, unless the browser keeps it already."""
    asked = request.args.get("lang")
    if request.blueprint in _WITHOUT_COOKIES:
        return response
    if asked in LANGUAGES and request.cookies.get("lang") != asked:
        response.set_cookie("lang", str(asked), max_age=_YEAR, secure=request.is_secure, httponly=True, samesite="Lax")
    return response

"""What every command of `alpes` has at hand, and how it speaks."""

import os
from collections.abc import Callable
from datetime import datetime
from functools import cached_property

import click

from alpes_events.database.engine import Database, connect
from alpes_events.language.sentence import N_, SOURCE_LANGUAGE, Sentence, catalogue, say, supported
from alpes_events.settings.deployment import Deployment, read_settings
from alpes_web.site import utc_now


class Terminal:
    """The database, the settings and the time, each opened when a command first asks. Tests give their own."""

    def __init__(
        self,
        *,
        settings: Deployment | None = None,
        database: Database | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._settings = settings
        self._database = database
        self._now = now

    @cached_property
    def settings(self) -> Deployment:
        """The settings, or `BadSettings`."""
        return self._settings or read_settings()

    @cached_property
    def settings_at_hand(self) -> Deployment:
        """The settings as they are, fit to serve or not. Raises `BadSettings` when they cannot be read."""
        return self._settings or read_settings(to_serve=False)

    @cached_property
    def database(self) -> Database:
        """The database of the settings. Working on it needs no secret: only serving does."""
        if self._database is not None:
            return self._database
        settings = self.settings_at_hand
        if settings.database_url.startswith("sqlite:///"):
            settings.var_folder.mkdir(parents=True, exist_ok=True)
        return connect(settings.database_url)

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return self._now()


pass_terminal = click.make_pass_decorator(Terminal, ensure=True)
"""Gives a command its `Terminal` as first argument."""


Command = Callable[..., None]


def json_option(function: Command) -> Command:
    """The option `--json` of a command, given as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help=said(N_("Réponse pour une machine.")))(function)


def terminal_language() -> str:
    """The language of the terminal: English when LC_ALL, LC_MESSAGES or LANG says so, else French."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return supported(value[:2].lower())
    return SOURCE_LANGUAGE


def said(sentence: Sentence | str, **facts: object) -> str:
    """A sentence in the terminal's language."""
    if isinstance(sentence, str):
        sentence = say(sentence, **facts)
    return sentence.in_language(terminal_language())


def said_count(one: str, many: str, count: int) -> str:
    """`one` or `many` by `count`, in the terminal's language."""
    language = terminal_language()
    if language == SOURCE_LANGUAGE:
        return (one if abs(count) < 2 else many) % {"num": count}  # noqa: PLR2004 (in French, 0 and 1 are singular)
    return catalogue(language).ngettext(one, many, count) % {"num": count}

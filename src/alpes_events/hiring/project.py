"""What a person looks for and can do, as somebody writes it, made clean; every problem stands with its field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from alpes_events.hiring.codes import ContractKind
from alpes_events.language.folding import composed, written
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_, Sentence, say
from alpes_matching.ranking.kinds import Level, Licence, Mode, WorkTime

MOST_TITLES = 5
MOST_SKILLS = 30
MOST_EXPERIENCE = 10
MOST_LANGUAGES = 10
LONGEST_WORD = 100
LONGEST_TRAVEL = 240
FARTHEST = 300
_MOST_MONTHS = 720
_LEAST_WEEK, _MOST_WEEK = 60, 48 * 60
_HIGHEST_LEVEL = 8
_ROME = re.compile(r"[A-N]\d{4}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class WorkDone:
    """Months of work in an occupation, by its title and its ROME code where it is known."""

    title: str
    months: int
    rome_code: str = ""


@dataclass(frozen=True)
class ProjectDraft:
    """A project as written. None and empty are not known; empty `licences` say that none is held.

    Minutes are of travel one way, and of work a week; `training_level` is that of the national framework, 1 to 8.
    """

    titles: tuple[str, ...] = ()
    rome_codes: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    experience: tuple[WorkDone, ...] | None = None
    training_level: int | None = None
    licences: tuple[Licence, ...] | None = None
    travel_minutes: int | None = None
    travel_kilometres: int | None = None
    travel_modes: tuple[Mode, ...] = ()
    least_weekly_minutes: int | None = None
    most_weekly_minutes: int | None = None
    work_times: tuple[WorkTime, ...] = ()
    available_on: date | None = None
    contracts: tuple[ContractKind, ...] = ()
    languages: tuple[tuple[str, Level], ...] = ()


class BadProject(BadInput):
    """Everything that cannot be right about a project, field by field."""

    def __init__(self, problems: Mapping[str, Sentence]) -> None:
        self.problems = dict(problems)
        first, sentence = next(iter(self.problems.items()))
        super().__init__(sentence.text, field=first, **dict(sentence.facts))


def clean_project(draft: ProjectDraft) -> ProjectDraft:
    """The project as it is stored: texts trimmed, nothing twice. Raises `BadProject` with every problem."""
    clean = replace(
        draft,
        titles=_words(draft.titles),
        rome_codes=_once(composed(code).upper() for code in draft.rome_codes if code.strip()),
        skills=_words(draft.skills),
        experience=None if draft.experience is None else tuple(_work_done(one) for one in draft.experience),
        licences=None if draft.licences is None else _once(draft.licences),
        travel_modes=_once(draft.travel_modes),
        work_times=_once(draft.work_times),
        contracts=_once(draft.contracts),
        languages=tuple({code: (code, level) for code, level in draft.languages}.values()),
    )
    problems: dict[str, Sentence] = {}
    _check_lists(clean, problems)
    _check_numbers(clean, problems)
    if any(not _ROME.fullmatch(code) for code in clean.rome_codes):
        problems["rome_codes"] = say(
            N_("Un code ROME s’écrit comme « D1106 » : une lettre de A à N et quatre chiffres.")
        )
    if any(not _LANGUAGE.fullmatch(code) for code, _level in clean.languages):
        problems["languages"] = say(N_("Choisissez les langues dans la liste."))
    if problems:
        raise BadProject(problems)
    return clean


def columns(draft: ProjectDraft) -> dict[str, Any]:
    """The columns of `JobProject` that hold it."""
    held: dict[str, Any] = {item.name: getattr(draft, item.name) for item in fields(draft)}
    for name in ("titles", "rome_codes", "skills", "travel_modes", "work_times", "contracts"):
        held[name] = [str(one) for one in held[name]]
    held["licences"] = None if draft.licences is None else [str(one) for one in draft.licences]
    held["languages"] = [{"code": code, "level": level.name} for code, level in draft.languages]
    held["experience"] = (
        None
        if draft.experience is None
        else [{"title": one.title, "months": one.months, "rome_code": one.rome_code} for one in draft.experience]
    )
    return held


def draft_of(row: Any) -> ProjectDraft:
    """The draft that a stored project would come from."""
    return ProjectDraft(
        titles=tuple(row.titles),
        rome_codes=tuple(row.rome_codes),
        skills=tuple(row.skills),
        experience=None if row.experience is None else tuple(_stored_work(one) for one in row.experience),
        training_level=row.training_level,
        licences=None if row.licences is None else tuple(Licence(one) for one in row.licences),
        travel_minutes=row.travel_minutes,
        travel_kilometres=row.travel_kilometres,
        travel_modes=tuple(Mode(one) for one in row.travel_modes),
        least_weekly_minutes=row.least_weekly_minutes,
        most_weekly_minutes=row.most_weekly_minutes,
        work_times=tuple(WorkTime(one) for one in row.work_times),
        available_on=row.available_on,
        contracts=tuple(ContractKind(one) for one in row.contracts),
        languages=tuple((one["code"], Level[one["level"]]) for one in row.languages),
    )


def _stored_work(one: Mapping[str, Any]) -> WorkDone:
    return WorkDone(str(one["title"]), int(one["months"]), str(one["rome_code"]))


def _words(texts: Any) -> tuple[str, ...]:
    return _once(word for text in texts if (word := composed(written(text))))


def _once(values: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


def _work_done(one: WorkDone) -> WorkDone:
    return replace(one, title=composed(written(one.title)), rome_code=composed(one.rome_code).upper())


def _check_lists(draft: ProjectDraft, problems: dict[str, Sentence]) -> None:
    for field, most in (("titles", MOST_TITLES), ("skills", MOST_SKILLS), ("rome_codes", MOST_TITLES)):
        listed = getattr(draft, field)
        if len(listed) > most or any(len(word) > LONGEST_WORD for word in listed):
            problems[field] = say(
                N_("Écrivez %(most)d lignes au plus, de %(longest)d signes au plus."), most=most, longest=LONGEST_WORD
            )
    work = draft.experience or ()
    if len(work) > MOST_EXPERIENCE or any(not one.title or len(one.title) > LONGEST_WORD for one in work):
        problems["experience"] = say(
            N_("Écrivez %(most)d lignes au plus, de %(longest)d signes au plus."),
            most=MOST_EXPERIENCE,
            longest=LONGEST_WORD,
        )
    elif any(not 1 <= one.months <= _MOST_MONTHS for one in work):
        problems["experience"] = say(N_("Dites combien de temps pour chaque métier, entre 1 mois et 60 ans."))
    if len(draft.languages) > MOST_LANGUAGES:
        problems["languages"] = say(N_("Choisissez %(most)d langues au plus."), most=MOST_LANGUAGES)


def _check_numbers(draft: ProjectDraft, problems: dict[str, Sentence]) -> None:
    if draft.training_level is not None and not 1 <= draft.training_level <= _HIGHEST_LEVEL:
        problems["training_level"] = say(N_("Choisissez un niveau dans la liste."))
    if draft.travel_minutes is not None and not 1 <= draft.travel_minutes <= LONGEST_TRAVEL:
        problems["travel_minutes"] = say(N_("Indiquez entre 1 et %(most)d minutes de trajet."), most=LONGEST_TRAVEL)
    if draft.travel_kilometres is not None and not 1 <= draft.travel_kilometres <= FARTHEST:
        problems["travel_kilometres"] = say(N_("Indiquez entre 1 et %(most)d kilomètres."), most=FARTHEST)
    least, most = draft.least_weekly_minutes, draft.most_weekly_minutes
    for field, minutes in (("least_weekly_minutes", least), ("most_weekly_minutes", most)):
        if minutes is not None and not _LEAST_WEEK <= minutes <= _MOST_WEEK:
            problems[field] = say(N_("Indiquez entre 1 et 48 heures par semaine."))
    if least is not None and most is not None and least > most:
        problems.setdefault("most_weekly_minutes", say(N_("Le plus d’heures ne peut pas être moins que le moins.")))

"""The form of what a person looks for and can do: what it takes in, what it says is wrong, what it keeps."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session

from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.project import BadProject, ProjectDraft, WorkDone, draft_of
from alpes_events.hiring.projects import keep_project, project_of
from alpes_events.hiring.understood import MOST_UNDERSTOOD, Classify, Meaning, kept_choices, understood, with_codes
from alpes_events.language.folding import composed
from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.occupations.queries import proposals
from alpes_matching.ranking import Level, Licence, Mode, WorkTime
from alpes_web.project_fields import JOB_ROWS, LANGUAGE_ROWS, NONE, NOT_SAID, SOME, ProjectFields
from alpes_web.site import site

_MONTHS = 12
_HOUR = 60
_NAMES = {
    "least_weekly_minutes": "least_hours",
    "most_weekly_minutes": "most_hours",
    "travel_minutes": "minutes",
    "travel_kilometres": "kilometres",
    "training_level": "training",
    "languages": "language_1",
    "experience": "job_1",
    "rome_codes": "titles",
}
"""Where a problem of the project is told in the form."""


class ProjectForm(ProjectFields):
    """A project as it is filled in. `meanings`: what the titles in it are taken for."""

    meanings: tuple[Meaning, ...] = ()

    def understand(self, choices: Mapping[str, str], classify: Classify) -> None:
        """Say what the titles that are written are taken for; what is chosen here counts before `choices`."""
        typed = (self[f"meant_{number}"].data.partition(" ") for number in range(1, MOST_UNDERSTOOD + 1))
        here = {title: code for code, _, title in typed if title}
        worked = (composed(self[f"job_{number}"].data or "") for number in JOB_ROWS)
        self.meanings = understood((*self.titles.data, *worked), {**choices, **here}, classify)

    def draft(self) -> ProjectDraft:
        """What was written, once `holds_together`."""
        said = ProjectDraft(
            titles=tuple(self.titles.data),
            skills=tuple(self.skills.data),
            experience=self._experience(),
            training_level=int(self.training.data) if self.training.data else None,
            licences=None if self._holding == NOT_SAID else tuple(map(Licence, self.licences.data)),
            travel_minutes=self.minutes.data,
            travel_kilometres=self.kilometres.data,
            travel_modes=tuple(map(Mode, self.modes.data)),
            least_weekly_minutes=_times(self.least_hours.data, _HOUR),
            most_weekly_minutes=_times(self.most_hours.data, _HOUR),
            work_times=tuple(map(WorkTime, self.times.data)),
            available_on=self.available_on.data,
            contracts=tuple(map(ContractKind, self.contracts.data)),
            languages=tuple(
                (self[f"language_{number}"].data, Level[self[f"level_{number}"].data])
                for number in LANGUAGE_ROWS
                if self[f"language_{number}"].data
            ),
        )
        return with_codes(said, self.meanings)

    def holds_together(self) -> bool:
        """Whether the answers that belong to one another fit; what does not is said beside its field."""
        if self._holding == NONE and self.licences.data:
            self._say("licences", N_("Vous dites ne pas avoir de permis : décochez celui-ci, ou changez la réponse."))
        if self._holding == SOME and not self.licences.data:
            self._say("licences", N_("Cochez le permis que vous avez."))
        for number in JOB_ROWS:
            self._check_pair(f"job_{number}", self._months(number), f"years_{number}",
                             N_("Écrivez le métier, ou videz la durée."),
                             N_("Dites combien de temps, même à peu près."))  # fmt: skip
        for number in LANGUAGE_ROWS:
            self._check_pair(f"language_{number}", self[f"level_{number}"].data, f"level_{number}",
                             N_("Choisissez la langue."), N_("Choisissez le niveau."))  # fmt: skip
        return not self.mistakes

    def put(self, problems: Mapping[str, Sentence]) -> None:
        """Each problem of the project beside its field."""
        for name, sentence in problems.items():
            field = self[_NAMES.get(name, name)]
            field.errors = [*field.errors, sentence]

    def fills(self, names: Iterable[str], numbers: Iterable[int]) -> bool:
        """Whether any of these rows holds something, or is to be put right."""
        fields = [self[f"{name}_{number}"] for name in names for number in numbers]
        return any(field.data or field.errors for field in fields)

    @property
    def _holding(self) -> str:
        """A licence that is ticked is one that is held, whatever else was left alone."""
        said = str(self.holding.data or "")
        return SOME if self.licences.data and not said else said

    def _experience(self) -> tuple[WorkDone, ...] | None:
        rows = [(composed(self[f"job_{number}"].data or ""), self._months(number) or 0) for number in JOB_ROWS]
        return tuple(WorkDone(title, months) for title, months in rows if title) or None

    def _months(self, number: int) -> int | None:
        years, months = self[f"years_{number}"].data, self[f"months_{number}"].data
        return None if years is None and months is None else (years or 0) * _MONTHS + (months or 0)

    def _check_pair(self, name: str, second: object, place: str, no_first: str, no_second: str) -> None:
        first = str(self[name].data or "").strip()
        if first and not second and not self[place].errors:
            self._say(place, no_second)
        elif second and not first:
            self._say(name, no_first)

    def _say(self, name: str, sentence: str) -> None:
        self[name].errors = [*self[name].errors, say(sentence)]


def project_form(db: Session, candidate_id: int) -> ProjectForm:
    """The form of a person's project, with what is kept of it, or as it was just filled in."""
    kept = _kept(db, candidate_id)
    form: ProjectForm = ProjectForm(data=stored(kept))
    form.prepare()
    form.amends(("candidate", candidate_id), stored(kept), lambda db: stored(_kept(db, candidate_id)))
    form.understand(kept_choices(kept, _classify(db)) if not form.is_submitted() else {}, _classify(db))
    return form


def save_project(candidate_id: int, form: ProjectForm, *, account_id: int) -> bool:
    """Keep what was written. False when something does not fit: it then stands beside its field."""
    if not form.validate_on_submit() or not form.holds_together():
        return False
    try:
        with site().database.writing() as db:
            form.hold(db)
            keep_project(db, candidate_id, form.draft(), now=site().now(), account_id=account_id)
            db.commit()
    except BadProject as refusal:
        form.put(refusal.problems)
    return not form.mistakes


def stored(draft: ProjectDraft) -> dict[str, Any]:
    """What is kept, as the fields of the form take it."""
    held = {
        "titles": draft.titles,
        "contracts": tuple(one.value for one in draft.contracts),
        "least_hours": _hours(draft.least_weekly_minutes),
        "most_hours": _hours(draft.most_weekly_minutes),
        "times": tuple(one.value for one in draft.work_times),
        "available_on": draft.available_on,
        "skills": draft.skills,
        "training": "" if draft.training_level is None else str(draft.training_level),
        "holding": NOT_SAID if draft.licences is None else SOME if draft.licences else NONE,
        "licences": tuple(one.value for one in draft.licences or ()),
        "minutes": draft.travel_minutes,
        "kilometres": draft.travel_kilometres,
        "modes": tuple(one.value for one in draft.travel_modes),
    }
    for number, work in zip(JOB_ROWS, draft.experience or (), strict=False):
        years, months = divmod(work.months, _MONTHS)
        held |= {f"job_{number}": work.title, f"years_{number}": years or None, f"months_{number}": months or None}
    for number, (code, level) in zip(LANGUAGE_ROWS, draft.languages, strict=False):
        held |= {f"language_{number}": code, f"level_{number}": level.name}
    return held


def _kept(db: Session, candidate_id: int) -> ProjectDraft:
    row = project_of(db, candidate_id)
    return ProjectDraft() if row is None else draft_of(row)


def _classify(db: Session) -> Classify:
    return lambda title: proposals(db, title)


def _times(count: int | None, unit: int) -> int | None:
    return None if count is None else count * unit


def _hours(minutes: int | None) -> int | None:
    return None if minutes is None else round(minutes / _HOUR)

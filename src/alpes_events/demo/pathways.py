"""The PLIE of 2023 in the demonstration, as published: who was in it, their steps, services and exits; the CEJ."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Presence, Registration
from alpes_events.demo.clause_sites import at_nine
from alpes_events.demo.clients import Clients, Wanted
from alpes_events.demo.scene import Scene
from alpes_events.demo.services import day_of
from alpes_events.hiring.project import ProjectDraft
from alpes_events.hiring.projects import keep_project
from alpes_events.pathways.entering import EnrolmentDraft, enter
from alpes_events.pathways.leaving import ExitDraft, leave
from alpes_events.pathways.models import StepKind
from alpes_events.pathways.steps import StepDraft, add_step
from alpes_events.people.models import Sex
from alpes_events.services.acts import note_acts
from alpes_events.services.drafts import ActDraft

PLIE = "PLIE"
_COMMUNES: Mapping[str, tuple[int, int, int]] = {
    "59368": (82, 21, 19),
    "59328": (87, 39, 19),
    "59378": (80, 18, 17),
    "59386": (27, 9, 8),
    "59457": (28, 15, 4),
    "59482": (16, 10, 2),
    "59527": (42, 14, 12),
    "59611": (4, 1, 2),
    "59636": (17, 7, 3),
}
"""Of each commune: participants of 2023, of whom entered in the year, of whom left with a positive exit."""
_ENTRIES_OF_MEN, _MEN = 54, 177
_OF_2022 = 93
_LATE_EXITS = 18
"""Exits of people who had entered in 2022; the others had been there for some three years."""
_LAST_OF_2021 = date(2021, 12, 30)
_MEAN_MONTHS, _DAYS_OF_A_MONTH = 34, 30.4375
_SECTORS = (
    ("Services aux entreprises et collectivités", 16),
    ("SAP/Santé/Social", 15),
    ("Tertiaire/Numérique", 9),
    ("Transport/Logistique", 9),
    ("Restauration", 8),
    ("", 10),
)
_LEGITIMATE = (("health", 8), ("probable_employment", 8), ("moved", 4), ("retired", 3))
_OTHER = (("short_job", 21), ("gave_up", 22), ("redirected", 16))
_STEPS = ((StepKind.INSERTION, 67), (StepKind.SERVICE, 172), (StepKind.EMPLOYMENT, 130), (StepKind.TRAINING, 109))


@dataclass
class Pathway:
    """One pathway as it is drawn, before it is written."""

    commune: str
    newcomer: bool
    sex: Sex = Sex.WOMAN
    senior: bool = False
    rsa: bool = False
    level: int = 4
    reason: str = ""
    sector: str = ""
    entered_on: date = date(2023, 1, 2)
    exited_on: date | None = None
    person_id: int = 0
    id: int = 0

    @property
    def last_on(self) -> date:
        """The last day of 2023 on which it went on."""
        return self.exited_on or date(2023, 12, 31)


def accompany(db: Session, scene: Scene, clients: Clients, random: Random) -> None:
    """Write the pathways of the PLIE as published, with their steps and services."""
    pathways = drawn(random)
    for one in sorted(pathways, key=lambda pathway: pathway.entered_on):
        _enter(db, scene, clients, random, one)
    _steps(db, scene, random, pathways)
    for one in pathways:
        if one.exited_on is not None:
            _leave(db, scene, one, one.exited_on)
    acts = sorted(_services(pathways, random), key=lambda act: act.happened_on)
    note_acts(db, acts, now=scene.now, account_id=scene.coordinator)
    _youth(db, scene)


def drawn(random: Random) -> list[Pathway]:
    """The pathways of 2023, as many of each commune, sex, criterion and exit as the activity report says."""
    pathways = [
        Pathway(commune, newcomer=number < entries)
        for commune, (count, entries, _positive) in _COMMUNES.items()
        for number in range(count)
    ]
    newcomers = [one for one in pathways if one.newcomer]
    older = [one for one in pathways if not one.newcomer]
    leaving = _who_leaves(random, older)
    for group, men in ((newcomers, _ENTRIES_OF_MEN), (older, _MEN - _ENTRIES_OF_MEN)):
        for one in random.sample(group, men):
            one.sex = Sex.MAN
    for one in random.sample(pathways, 107):
        one.senior = True
    positive = [one for one in leaving if one.reason in ("employment", "training")]
    others = [one for one in pathways if one not in positive]
    for group, rsa, low in ((positive, 55, 63), (others, 240, 201)):
        for one in random.sample(group, rsa):
            one.rsa = True
        for one in random.sample(group, low):
            one.level = random.choice((2, 3, 3))
    _dates(random, newcomers, older, leaving)
    return pathways


def _who_leaves(random: Random, older: Sequence[Pathway]) -> list[Pathway]:
    positive: list[Pathway] = []
    for commune, (_count, _entries, count) in _COMMUNES.items():
        positive += random.sample([one for one in older if one.commune == commune], count)
    random.shuffle(positive)
    sectors = [sector for sector, count in _SECTORS for _ in range(count)]
    for one, sector in zip(positive, [*sectors, *[None] * (len(positive) - len(sectors))], strict=True):
        one.reason, one.sector = ("training", "") if sector is None else ("employment", sector)
    reasons = [reason for reason, count in (*_LEGITIMATE, *_OTHER) for _ in range(count)]
    staying = [one for one in older if not one.reason]
    others = random.sample(staying, len(reasons))
    for one, reason in zip(others, reasons, strict=True):
        one.reason = reason
    return [*positive, *others]


def _dates(random: Random, newcomers: Sequence[Pathway], older: Sequence[Pathway], leaving: Sequence[Pathway]) -> None:
    for one in newcomers:
        one.entered_on = day_of(random)
    for one in leaving:
        one.exited_on = day_of(random)
    of_2022 = random.sample(leaving, _LATE_EXITS)
    of_2022 += random.sample([one for one in older if not one.reason], _OF_2022 - _LATE_EXITS)
    late = {id(one) for one in of_2022}
    for one in older:
        if id(one) in late:
            one.entered_on = date(2022, 1, 4) + timedelta(days=random.randrange(355))
        elif one.exited_on is not None:
            one.entered_on = min(one.exited_on - timedelta(days=random.randint(950, 1270)), _LAST_OF_2021)
        else:
            one.entered_on = date(2019, 3, 1) + timedelta(days=random.randrange(1000))
    _last_as_long_as_said(leaving, late)


def _last_as_long_as_said(leaving: Sequence[Pathway], late: Collection[int]) -> None:
    """Those who came before 2022 entered so much sooner or later that pathways lasted the months of the report."""
    early = [one for one in leaving if id(one) not in late]
    spent = sum((one.last_on - one.entered_on).days for one in leaving)
    sooner = timedelta(days=round((_MEAN_MONTHS * _DAYS_OF_A_MONTH * len(leaving) - spent) / len(early)))
    for one in early:
        one.entered_on = min(one.entered_on - sooner, _LAST_OF_2021)


def _enter(db: Session, scene: Scene, clients: Clients, random: Random, one: Pathway) -> None:
    ages = "senior" if one.senior else "adult"
    client = clients.invent(Wanted(one.sex, ages, inside=True), commune=one.commune, since=one.entered_on)
    now = at_nine(one.entered_on)
    keep_project(db, client.id, ProjectDraft(training_level=one.level), now=now, account_id=scene.coordinator)
    draft = EnrolmentDraft(
        candidate_id=client.id,
        scheme_code=PLIE,
        entered_on=one.entered_on,
        criteria=tuple(code for code, holds in (("RSA", one.rsa), ("SENIOR", one.senior)) if holds) or ("DELD",),
        operator=random.choice(("Maison de l’Emploi", "CCAS de Lambersart", "CCAS de Marcq-en-Barœul")),
        referent_id=random.choice(scene.advisors),
    )
    one.person_id = client.id
    one.id = enter(db, draft, now=now, account_id=scene.coordinator)


def _steps(db: Session, scene: Scene, random: Random, pathways: Sequence[Pathway]) -> None:
    """478 steps: 335 begun in the year, 67 in work integration, 172 services."""
    older = [one for one in pathways if one.entered_on < date(2022, 11, 1)]
    kinds = (
        [StepKind.INSERTION] * 67 + [StepKind.SERVICE] * 172 + [StepKind.EMPLOYMENT] * 130 + [StepKind.TRAINING] * 109
    )
    random.shuffle(kinds)
    noted: Counter[tuple[int, StepKind, date]] = Counter()
    whose = [*(random.choice(older) for _ in range(143)), *(random.choice(pathways) for _ in range(335))]
    for number, (one, kind) in enumerate(zip(whose, kinds, strict=True)):
        if number < 143:  # noqa: PLR2004 (those begun before)
            starts_on = date(2022, 11, 2) + timedelta(days=random.randrange(50))
            ends_on: date | None = min(date(2023, 1, 3) + timedelta(days=random.randrange(200)), one.last_on)
        else:
            first = max(one.entered_on, date(2023, 1, 2))
            starts_on = first + timedelta(days=random.randrange(max(1, (one.last_on - first).days)))
            ends_on = min(starts_on + timedelta(days=random.randrange(20, 150)), one.last_on)
        before = noted[one.id, kind, starts_on]
        noted[one.id, kind, starts_on] += 1
        draft = StepDraft(kind, starts_on, ends_on, f"Partie {before + 1}" if before else "")
        add_step(db, one.id, draft, now=at_nine(starts_on), account_id=scene.coordinator)


def _leave(db: Session, scene: Scene, one: Pathway, day: date) -> None:
    employed = one.reason == "employment"
    draft = ExitDraft(
        exited_on=day,
        reason=one.reason,
        proof="Contrat de travail" if employed else "Diplôme ou titre" if one.reason == "training" else "",
        job_months=6 if employed else None,
        sector=one.sector,
    )
    leave(db, one.id, draft, now=at_nine(day), account_id=scene.coordinator)


def _services(pathways: Sequence[Pathway], random: Random) -> Iterator[ActDraft]:
    """Social support of 352 hours, 21 agreements of training with 14 bodies, 12 of the driving licence."""
    people = random.sample(pathways, 49)
    for number, one in enumerate(people):
        quarters = 29 if number < 36 else 28  # noqa: PLR2004 (1,408 quarters of an hour in all)
        for _ in range(quarters // 7 + 1):
            part = min(quarters, 7)
            quarters -= part
            if part:
                yield ActDraft(
                    "social_support", _day_within(one, random), candidate_id=one.person_id, quantity=15 * part
                )
    results = ["completed"] * 9 + ["ongoing"] * 10 + ["dropped"] * 2
    for number, (one, result) in enumerate(zip(random.sample(pathways, 21), results, strict=True)):
        yield ActDraft(
            "training_agreement",
            _day_within(one, random),
            candidate_id=one.person_id,
            organisation=f"Organisme de formation {number % 14 + 1}",
            result=result,
        )
    results = ["obtained"] + ["ongoing"] * 8 + ["failed"] * 3
    for one, result in zip(random.sample(pathways, 12), results, strict=True):
        yield ActDraft("driving_licence", _day_within(one, random), candidate_id=one.person_id, result=result)


def _day_within(one: Pathway, random: Random) -> date:
    first = max(one.entered_on, date(2023, 1, 2))
    return first + timedelta(days=random.randrange(max(1, (one.last_on - first).days)))


def _youth(db: Session, scene: Scene) -> None:
    """Eleven of those who came to see the apprentices had a youth engagement contract."""
    asked = (
        select(Registration.candidate_id)
        .join(Event, col(Event.id) == col(Registration.event_id))
        .where(Event.title == "Tour de France des apprentis", Registration.presence == Presence.ATTENDED)
        .order_by(col(Registration.id))
    )
    for candidate_id in list(dict.fromkeys(db.exec(asked)))[:11]:
        draft = EnrolmentDraft(candidate_id, "CEJ", date(2023, 1, 10), operator="Mission Locale")
        enter(db, draft, now=at_nine(date(2023, 1, 10)), account_id=scene.coordinator)

"""Who works under the demonstration’s clause: invented people, their proofs and contracts, what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from sqlmodel import Session

from alpes_events.clause.eligibility.criteria import health_codes
from alpes_events.clause.employment.employing import EmploymentDraft, note_employment
from alpes_events.clause.months import last_day
from alpes_events.clause.tables.employment_rows import EmploymentMode, FollowedSituation, LaterSituation
from alpes_events.clause.tables.proof_rows import DisabilityProof, EligibilityProof, Issuer
from alpes_events.demo.clause_sites import LotPlace, at_nine, company_of
from alpes_events.demo.clause_year import YEAR, Stint, said_of_the_clause
from alpes_events.demo.scene import Scene
from alpes_events.hiring.project import ProjectDraft
from alpes_events.hiring.projects import keep_project
from alpes_events.people.commands import find_or_create_candidate, keep_active
from alpes_events.people.identity import PersonIn
from alpes_events.people.models import AgeBand
from alpes_events.people.situation import age_band_on

_HIRED_ELSEWHERE = frozenset({"temporary", "etti", "ai", "geiq"})
_LEVELS = (None, None, 2, 3, 3, 3, 4, 4, 5)

Workers = tuple[list[tuple[int, PersonIn]], list[tuple[int, PersonIn]]]
"""The residents, then the others, each with the id of their record."""


def workers_of_2023(db: Session, scene: Scene, random: Random, *, residents: int, others: int) -> Workers:
    """People who worked that year."""
    crowd, since = scene.inventor.crowd(residents=residents, others=others), date(YEAR, 1, 2)
    return (
        workers(db, scene, random, crowd.residents, since=since),
        workers(db, scene, random, crowd.others, since=since),
    )


def workers(
    db: Session, scene: Scene, random: Random, people: Sequence[PersonIn], *, since: date
) -> list[tuple[int, PersonIn]]:
    """These people, of an age to work on that day; they wrote to us lately, so that nobody is to be erased."""
    told = []
    for person in people:
        then = replace(person, birth_on=_then(person.birth_on, scene.now.year - since.year))
        candidate_id = find_or_create_candidate(db, then, now=at_nine(since), account_id=scene.facilitator)
        level = random.choice(_LEVELS)
        if level:
            said = ProjectDraft(training_level=level)
            keep_project(db, candidate_id, said, now=at_nine(since), account_id=scene.facilitator)
        keep_active(db, candidate_id, now=scene.now - timedelta(days=random.randrange(200)))
        told.append((candidate_id, then))
    return told


def employ(
    db: Session,
    scene: Scene,
    random: Random,
    people: Workers,
    sites: Mapping[Stint, tuple[LotPlace, date]],
) -> dict[Stint, int]:
    """Note the work contract of each stint. Gives their ids."""
    agencies = [
        company_of(db, scene, name, on=date(YEAR - 1, 9, 1)) for name in said_of_the_clause()["names"]["agencies"]
    ]
    told: dict[Stint, int] = {}
    for stint, (place, _last) in sites.items():
        candidate_id, person = people[0 if stint.resident else 1][stint.person]
        starts_on, ends_on = (
            stint.months[0] + timedelta(days=random.choice((0, 0, 1, 4, 8))),
            last_day(stint.months[-1]),
        )
        mode = _drawn(random, said_of_the_clause()["modes"])
        code = criterion_of(random, person, on=starts_on)
        draft = EmploymentDraft(
            candidate_id=candidate_id,
            lot_id=place.lot_id,
            company_id=place.company_id,
            starts_on=starts_on,
            ends_on=ends_on,
            mode=EmploymentMode(mode) if mode else None,
            employer_id=random.choice(agencies) if mode in _HIRED_ELSEWHERE else None,
            rome_code=place.rome_code if random.random() < 0.9 else None,  # noqa: PLR2004 (a share)
            planned_minutes=sum(stint.minutes) // 60 * 60,
            criterion_code=code,
        )
        if code:
            prove(db, scene, candidate_id, code, issued_on=starts_on - timedelta(days=random.randint(5, 60)))
        told[stint] = note_employment(db, draft, now=at_nine(starts_on), account_id=scene.facilitator)
        _follow(db, scene, random, told[stint], starts_on)
    return told


def prove(
    db: Session, scene: Scene, candidate_id: int, code: str, *, issued_on: date, valid_until: date | None = None
) -> None:
    """A proof that the person brought; what tells of health goes where it belongs, an opinion was validated."""
    now = at_nine(issued_on + timedelta(days=2))
    row: DisabilityProof | EligibilityProof
    if code in health_codes(db):
        row = DisabilityProof(candidate_id=candidate_id, code=code, issued_on=issued_on, noted_at=now)
    else:
        row = EligibilityProof(candidate_id=candidate_id, code=code, issued_on=issued_on, noted_at=now)
    row.valid_until, row.noted_by = valid_until, scene.facilitator
    if isinstance(row, EligibilityProof) and code == "OTHER":
        row.issuer = Issuer.MDE
        row.opinion = "Plusieurs interruptions de parcours ; un emploi encadré lui permettrait de reprendre pied."
        row.validated_at, row.validated_by = now, scene.facilitator
    db.add(row)


def criterion_of(random: Random, person: PersonIn, *, on: date) -> str | None:
    """A public that fits what is known of the person; None for those whose file does not say."""
    band = age_band_on(person.birth_on, on=on)
    if band is AgeBand.FROM_18_TO_25 and random.random() < 0.5:  # noqa: PLR2004 (a share)
        return "YOUTH"
    if band is AgeBand.FROM_50 and random.random() < 0.4:  # noqa: PLR2004 (a share)
        return "SENIOR"
    return _drawn(random, said_of_the_clause()["publics"]["weights"])


def _then(birth_on: date | None, years: int) -> date | None:
    """As much older as that was long ago, and a year more: whoever is invented is 17 at least today."""
    return birth_on and birth_on - timedelta(days=366 * (years + 1))


def _follow(db: Session, scene: Scene, random: Random, employment_id: int, starts_on: date) -> None:
    """Somebody asked the person after six and twelve months, or nobody reached them."""
    for months, days in ((6, 183), (12, 365)):
        found = _drawn(random, said_of_the_clause()["situations"])
        on = starts_on + timedelta(days=days + 10)
        if found and on < scene.now.date():
            row = FollowedSituation(
                employment_id=employment_id,
                months=months,
                situation=LaterSituation(found),
                noted_on=on,
                noted_by=scene.facilitator,
            )
            db.add(row)


def _drawn(random: Random, weights: Mapping[str, int]) -> str | None:
    """One of these words by weight; None when it is that nobody knows."""
    word = random.choices(list(weights), weights=list(weights.values()))[0]
    return None if word == "unknown" else word

"""The two pools: candidates to be found for an offer, offers to be found for a candidate."""

from array import array
from collections.abc import Hashable

import numpy as np

from alpes_matching.ranking import grades
from alpes_matching.ranking.columns import AskedSkills, Column, HeldSkills, NearColumn, PartColumn, SameColumn
from alpes_matching.ranking.distances import Distances
from alpes_matching.ranking.grades import NOT_ASKED, SKILL_CAP, UNKNOWN, Grade
from alpes_matching.ranking.parts import Numbering, Tabled
from alpes_matching.ranking.pool import Pool
from alpes_matching.ranking.profiles import CandidateProfile, Experience, Mobility, OfferProfile
from alpes_matching.ranking.proximity import SCALE
from alpes_matching.ranking.ragged import Ragged, RaggedBuilder, Whole
from alpes_matching.ranking.tokens import Skill, Zone
from alpes_matching.ranking.work import AskedMonths, Mobilities, Ways, WorkedMonths, counting


class CandidatePool(Pool[CandidateProfile, OfferProfile]):
    """Candidates, to be ranked for one offer after the other. See `Pool`."""

    kept, asking = CandidateProfile, OfferProfile

    def _part(self, tabled: Tabled, profile: CandidateProfile) -> Hashable:
        return tabled.declared(profile)

    def _other(self, tabled: Tabled, asking: OfferProfile) -> Hashable:
        return tabled.asked(asking)

    def _grade(self, tabled: Tabled, part: Hashable, other: Hashable) -> Grade:
        return tabled.grade(other, part)

    def _start(self) -> None:
        self._skills_noted, self._worked_noted = RaggedBuilder(), RaggedBuilder()
        self._months_noted, self._known_noted = array("i"), array("b")
        self._homes, self._mobilities = Numbering[Zone | None](), Numbering[Mobility | None]()

    def _add(self, profile: CandidateProfile) -> None:
        self._skills_noted.add([self._skill.number(one) for one in profile.skills])
        worked = profile.experience or frozenset()
        self._worked_noted.add([self._occupation.number(one.occupation) for one in worked])
        self._months_noted.extend([one.months for one in worked])
        self._known_noted.append(profile.experience is not None)
        self._homes.add(profile.zone)
        self._mobilities.add(profile.mobility)

    def _built(self) -> None:
        self._skills, self._worked = self._skills_noted.built(), self._worked_noted.built()
        self._months = np.array(self._months_noted, np.int32)
        self._known = np.array(self._known_noted, np.bool_)
        home_at, mobility_at = (np.array(one.rows, np.int32) for one in (self._homes, self._mobilities))
        self._ways = Ways(Mobilities([*self._mobilities.numbers]), mobility_at, home_at)
        del self._skills_noted, self._worked_noted, self._months_noted, self._known_noted
        self._kept_places: tuple[Distances | None, Whole] = (None, np.zeros(0, np.int64))

    def columns(self, asking: OfferProfile, distances: Distances) -> list[Column]:
        """Every criterion beside one offer, the occupation first."""
        desired = asking.desired_skills - asking.required_skills
        return [
            self._near_column(asking),
            self._distance_column(asking, distances),
            self._experience_column(asking),
            self._skill_column("required_skills", asking.required_skills, SKILL_CAP),
            self._skill_column("desired_skills", desired, SCALE),
            *self._tables(asking),
        ]

    def _near_column(self, asking: OfferProfile) -> Column:
        if not asking.occupations:
            return SameColumn("occupation", NOT_ASKED.value)
        return NearColumn(self.near(asking.occupations), self.occupations, UNKNOWN.value)

    def _skill_column(self, code: str, asked: frozenset[Skill], cap: int) -> Column:
        if not asked:
            return SameColumn(code, NOT_ASKED.value)
        by_met = np.asarray([grades.skill_value(len(asked), met) for met in range(len(asked) + 1)], np.int32)
        return HeldSkills(code, self._skills, self._marked(asked), len(asked), by_met, cap)

    def _experience_column(self, asking: OfferProfile) -> Column:
        if not asking.experience_months or not asking.occupations:
            return SameColumn("experience", (UNKNOWN if asking.experience_months else NOT_ASKED).value)
        counts = counting(self.near(asking.occupations))
        return WorkedMonths(self._worked, self._months, self._known, counts, asking.experience_months)

    def _distance_column(self, asking: OfferProfile, distances: Distances) -> Column:
        if asking.zone is None:
            return SameColumn("distance", NOT_ASKED.value)
        kept, places = self._kept_places
        if kept is not distances:
            places = np.asarray([distances.place(home) for home in self._homes.numbers], np.int64)
            self._kept_places = distances, places
        return self._ways.to(distances.to_work(asking.zone)[:, places])


class OfferPool(Pool[OfferProfile, CandidateProfile]):
    """Offers, to be ranked for one candidate after the other. See `Pool`."""

    kept, asking = OfferProfile, CandidateProfile

    def _part(self, tabled: Tabled, profile: OfferProfile) -> Hashable:
        return tabled.asked(profile)

    def _other(self, tabled: Tabled, asking: CandidateProfile) -> Hashable:
        return tabled.declared(asking)

    def _grade(self, tabled: Tabled, part: Hashable, other: Hashable) -> Grade:
        return tabled.grade(part, other)

    def _start(self) -> None:
        self._required_noted, self._desired_noted = RaggedBuilder(), RaggedBuilder()
        self._months_noted = array("i")
        self._works = Numbering[Zone | None]()

    def _add(self, profile: OfferProfile) -> None:
        desired = profile.desired_skills - profile.required_skills
        self._required_noted.add([self._skill.number(one) for one in profile.required_skills])
        self._desired_noted.add([self._skill.number(one) for one in desired])
        self._months_noted.append(profile.experience_months or 0)
        self._works.add(profile.zone)

    def _built(self) -> None:
        self._required, self._desired = self._required_noted.built(), self._desired_noted.built()
        self._months = np.array(self._months_noted, np.int32)
        self._work_at = np.array(self._works.rows, np.int32)
        del self._required_noted, self._desired_noted, self._months_noted

    def columns(self, asking: CandidateProfile, distances: Distances) -> list[Column]:
        """Every criterion beside one candidate, the occupation first."""
        return [
            self._near_column(asking),
            self._skill_column("required_skills", self._required, asking, SKILL_CAP),
            self._skill_column("desired_skills", self._desired, asking, SCALE),
            AskedMonths(self.occupations, self._months, self._experiences(asking)),
            *([self._distance_column(asking, distances)] if self.keys else []),
            *self._tables(asking),
        ]

    def _near_column(self, asking: CandidateProfile) -> Column:
        if not asking.occupations:
            return SameColumn("occupation", UNKNOWN.value, self.occupations)
        return NearColumn(self.near(asking.occupations), self.occupations, NOT_ASKED.value)

    def _skill_column(self, code: str, skills: Ragged, asking: CandidateProfile, cap: int) -> Column:
        if not asking.skills:
            return SameColumn(code, UNKNOWN.value, skills)
        return AskedSkills(code, skills, self._marked(asking.skills), cap)

    def _experiences(self, asking: CandidateProfile) -> list[tuple[Experience, np.ndarray]] | None:
        if asking.experience is None:
            return None
        return [(one, self.near(frozenset({one.occupation}))) for one in asking.experience]

    def _distance_column(self, asking: CandidateProfile, distances: Distances) -> Column:
        ways = [grades.distance(work, asking.zone, asking.mobility, distances) for work in self._works.numbers]
        return PartColumn.of("distance", ways, self._work_at)

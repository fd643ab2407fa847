"""Which companies a file of hours names: by SIRET, by name without accents and legal form, or nearly so on the lot."""

from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from alpes_events.intake.hour_people import Match, Unsure
from alpes_events.intake.hour_register import Register
from alpes_events.intake.hour_things import SomeCompany, SomeLot
from alpes_events.language.sentence import N_, Sentence, say
from alpes_matching.companies import core_name

_NEAR = 0.85
"""How alike two names on one lot are that are taken for one company."""


@dataclass
class Companies:
    """Looks companies up, and remembers those of the file. `made` are those that would be created."""

    register: Register
    made: list[SomeCompany] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    _cores: dict[str, str] = field(default_factory=dict)

    def company_of(self, line: int, name: str, siret: str, lot: SomeLot, *, field_name: str) -> SomeCompany:
        """The company of these words, on that lot. Raises `Unsure`."""
        if siret and siret in self.register.sirets:
            return self.register.sirets[siret]
        if name not in self._cores:
            self._cores[name] = core_name(name)
        core = self._cores[name]
        same = [one for one in self.register.cores[core] if not (siret and one.siret and one.siret != siret)]
        if len(same) > 1:
            there = [one for one in same if one.id in lot.companies or one in lot.joining]
            if len(there) != 1:
                raise Unsure(field_name, _which(name))
            same = there
        if same:
            return self._completed(same[0], siret)
        near = self._near(lot, core)
        if near:
            found, score = near[0]
            others = tuple((one.name, other) for one, other in near[1:])
            self.matches.append(Match(line, "company", name, found.name, score, others))
            self.register.cores[core].append(found)
            return self._completed(found, siret)
        return self._new(name, core, siret)

    def _near(self, lot: SomeLot, core: str) -> list[tuple[SomeCompany, float]]:
        there = [self.register.companies[number] for number in sorted(lot.companies)] + lot.joining
        scores = [(one, OSA.normalized_similarity(core, one.core)) for one in there]
        return sorted((one for one in scores if one[1] >= _NEAR), key=lambda one: -one[1])

    def _completed(self, company: SomeCompany, siret: str) -> SomeCompany:
        if siret and company.id is None and not company.siret:
            company.siret = siret
        if siret:
            self.register.sirets.setdefault(siret, company)
        return company

    def _new(self, name: str, core: str, siret: str) -> SomeCompany:
        company = SomeCompany(name, core, siret)
        self.made.append(company)
        self.register.cores[core].append(company)
        if siret:
            self.register.sirets[siret] = company
        return company


def _which(name: str) -> Sentence:
    return say(N_("Plusieurs entreprises s’appellent « %(name)s » : indiquez le SIRET de la bonne."), name=name[:80])

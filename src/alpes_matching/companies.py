"""Whether two records are one company: by SIRET or SIREN, else by name and commune, each criterion with its points.

A name is compared without accents, punctuation and legal form: « S.A.R.L. L’Atelier du Nord », « Atelier du Nord » and
« ATELIER DU NORD (SARL) » are one. Points are bits of evidence, as in `alpes_matching.duplicates`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from alpes_matching.duplicates import POSSIBLE_FROM, Comparison, Pair
from alpes_matching.folding import fold
from alpes_matching.person import Criterion
from alpes_matching.wording import N_

_BEFOREHAND = -8.0
"""Bits against two companies of one territory being one, before anything is compared."""

_LEGAL_FORMS = frozenset(
    {
        *("sa", "sas", "sasu", "sarl", "eurl", "snc", "sci", "scop", "scic", "scp", "selarl", "selas", "selasu", "sca"),
        *("gie", "geiq", "ei", "eirl", "ltd", "gmbh", "bv", "nv", "association", "asso", "societe", "ste", "ets"),
        *("etablissement", "etablissements", "entreprise", "groupe", "holding", "france"),
    }
)
_ARTICLES = frozenset({"l", "le", "la", "les", "d", "de", "du", "des", "et", "a", "au", "aux", "en"})
_SHORTEST_FORM = 2
_LARGEST_BLOCK = 300
_NEAR_NAME = 88
_PART_NAME = 95


@dataclass(frozen=True)
class CompanyRecord:
    """What is compared of one company. Empty text is not known; `communes` are INSEE codes or names, `sirets` and
    `siren` digits only.
    """

    id: int
    name: str
    siren: str = ""
    sirets: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    core: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "core", core_name(self.name))


def core_name(name: str) -> str:
    """The name that tells the company: folded, without legal form and articles; letters set apart by points are joined
    (« S.A.R.L. »). A name made of nothing else is left as it is folded.
    """
    words = _joined_initials(fold(name).split())
    kept = [word for word in words if word not in _LEGAL_FORMS and word not in _ARTICLES]
    return " ".join(kept or words)


def same_company(first: CompanyRecord, second: CompanyRecord) -> bool:
    """Whether they are certainly one: a SIRET in common, or the same core name in a commune in common and no SIREN
    that differs.
    """
    if set(first.sirets) & set(second.sirets):
        return True
    if first.siren and second.siren and first.siren != second.siren:
        return False
    return bool(first.core) and first.core == second.core and _meet(first.communes, second.communes)


def compare_companies(first: CompanyRecord, second: CompanyRecord) -> Comparison:
    """Compare two companies; the order does not matter. A different SIREN bounds the score."""
    criteria = (
        _number(first, second),
        _name(first.core, second.core),
        _commune(first.communes, second.communes),
        _domain(first.domains, second.domains),
    )
    bits = _BEFOREHAND + sum(criterion.points or 0.0 for criterion in criteria)
    bound = min(criterion.bound for criterion in criteria)
    return Comparison(min(bound, 1 / (1 + 2**-bits)), criteria)


def double_companies(records: Iterable[CompanyRecord], *, at_least: float = POSSIBLE_FROM) -> list[Pair]:
    """The pairs that score `at_least`, best first. Only those that share a SIREN, a domain or a word of their name are
    compared.
    """
    known = {record.id: record for record in records}
    pairs = [
        Pair(one, other, compare_companies(known[one], known[other])) for one, other in _neighbours(known.values())
    ]
    found = [pair for pair in pairs if pair.comparison.score >= at_least]
    return sorted(found, key=lambda pair: (-pair.comparison.score, pair.first_id, pair.second_id))


def _joined_initials(words: list[str]) -> list[str]:
    """Words with runs of single letters joined: « s a r l » is « sarl »; one letter alone stays."""
    joined: list[str] = []
    run = ""
    for word in [*words, ""]:
        if len(word) == 1:
            run += word
            continue
        joined += _initials(run)
        run = ""
        if word:
            joined.append(word)
    return joined


def _initials(run: str) -> list[str]:
    """A run of single letters as one word, a legal form at its beginning apart: « s a r l l » is « sarl », « l »."""
    form = next((run[:end] for end in range(len(run), _SHORTEST_FORM - 1, -1) if run[:end] in _LEGAL_FORMS), "")
    return [word for word in (form, run[len(form) :]) if word]


def _number(first: CompanyRecord, second: CompanyRecord) -> Criterion:
    if set(first.sirets) & set(second.sirets):
        return Criterion("siren", N_("Même SIRET"), 16.0, 16.0)
    if not first.siren or not second.siren:
        return Criterion("siren", N_("SIREN : pas connu des deux côtés"), None, 16.0)
    if first.siren == second.siren:
        return Criterion("siren", N_("Même SIREN, autre établissement"), 12.0, 16.0)
    return Criterion("siren", N_("Autre SIREN"), -12.0, 16.0, 0.3)


def _name(first: str, second: str) -> Criterion:
    if first == second:
        return Criterion("name", N_("Même nom, à la forme juridique près"), 8.0, 8.0)
    if OSA.normalized_similarity(first, second) * 100 >= _NEAR_NAME:
        return Criterion("name", N_("Nom presque identique"), 5.0, 8.0)
    if fuzz.token_set_ratio(first, second) >= _PART_NAME:
        return Criterion("name", N_("Un nom contient l’autre"), 4.5, 8.0, 0.94)
    return Criterion("name", N_("Autre nom"), -8.0, 8.0)


def _commune(first: tuple[str, ...], second: tuple[str, ...]) -> Criterion:
    if not first or not second:
        return Criterion("commune", N_("Commune : pas connue des deux côtés"), None, 4.0)
    if _meet(first, second):
        return Criterion("commune", N_("Même commune"), 4.0, 4.0)
    return Criterion("commune", N_("Autre commune"), -2.0, 4.0)


def _domain(first: tuple[str, ...], second: tuple[str, ...]) -> Criterion:
    if not first or not second:
        return Criterion("domain", N_("Domaine des adresses e-mail : pas connu des deux côtés"), None, 5.0)
    if set(first) & set(second):
        return Criterion("domain", N_("Même domaine d’adresses e-mail"), 5.0, 5.0)
    return Criterion("domain", N_("Autre domaine d’adresses e-mail"), -0.5, 5.0)


def _meet(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    return not {fold(one) for one in first}.isdisjoint(fold(one) for one in second)


def _neighbours(records: Iterable[CompanyRecord]) -> Iterator[tuple[int, int]]:
    blocks: dict[str, list[int]] = {}
    for record in records:
        keys = {f"domain:{one}" for one in record.domains} | {f"word:{word[:5]}" for word in record.core.split()}
        if record.siren:
            keys.add(f"siren:{record.siren}")
        for key in keys:
            blocks.setdefault(key, []).append(record.id)
    met: set[tuple[int, int]] = set()
    for ids in blocks.values():
        if len(ids) <= _LARGEST_BLOCK:
            met.update(combinations(sorted(ids), 2))
    yield from met

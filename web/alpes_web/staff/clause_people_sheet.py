"""The people under the clause as a sheet."""

from collections.abc import Iterable

from alpes_events.clause.durations import MINUTES_PER_HOUR
from alpes_events.clause.eligibility.people_list import ClausePerson
from alpes_events.language.cells import Sheet
from alpes_events.language.sentence import N_
from alpes_web.languages import translated

_HEADING = (
    N_("Numéro"),
    N_("Prénom"),
    N_("Nom"),
    N_("Commune"),
    N_("Heures réalisées"),
    N_("En contrat"),
    N_("Éligible pour"),
    N_("jusqu’au"),
)


def clause_people_sheet(people: Iterable[ClausePerson]) -> Sheet:
    """A row each. Hours with two decimals; no public is named."""
    rows = [
        (
            one.candidate_id,
            one.given_name,
            one.family_name,
            one.commune_name,
            round(one.minutes / MINUTES_PER_HOUR, 2),
            translated(N_("oui")) if one.runs else translated(N_("non")),
            ", ".join(opened.reference for opened in one.open_to),
            one.until,
        )
        for one in people
    ]
    return Sheet(translated(N_("Personnes")), tuple(translated(words) for words in _HEADING), rows)

"""Rows of the file `awareness`, read into records: a company that was made aware, on which day and of what. Pure."""

from dataclasses import dataclass
from datetime import date

from alpes_events.companies.awareness_rows import AwarenessSubject
from alpes_events.intake.columns import Column, column, needed
from alpes_events.intake.place_name import PLACE_COLUMNS, PlaceName, place_name
from alpes_events.intake.row import Row
from alpes_events.intake.values import Words, words
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_

AWARENESS_COLUMNS: tuple[Column, ...] = (
    needed("name", "entreprise", "company", "nom de l’entreprise", "raison sociale", example="Filature des Prés"),
    column("siret", "SIRET", note=N_("retrouve son entreprise à coup sûr")),
    *PLACE_COLUMNS,
    needed("held_on", "jour", "date", "day", "date de l’échange", example="12/01/2026"),
    needed("subject", "sujet", "subject", "thème", "objet", example="Alternance"),
)
SUBJECT_WORDS: dict[AwarenessSubject, str] = {
    AwarenessSubject.RECRUITMENT: "Recrutement et événements",
    AwarenessSubject.WORK_STUDY: "Alternance",
    AwarenessSubject.AIDED_CONTRACTS: "Contrats aidés",
    AwarenessSubject.CLAUSE: "Clause sociale",
    AwarenessSubject.DISABILITY: "Emploi et handicap",
    AwarenessSubject.MENTORING: "Parrainage",
    AwarenessSubject.OTHER: "Autre sujet",
}
"""As an import reads them and an export writes them."""
_ALSO = {
    AwarenessSubject.RECRUITMENT: "recrutement, événements, recruitment and events",
    AwarenessSubject.WORK_STUDY: "apprentissage, work-study",
    AwarenessSubject.AIDED_CONTRACTS: "contrat aidé, PEC, CIE, PEC et CIE, subsidised contracts",
    AwarenessSubject.CLAUSE: "clause, clauses sociales, social clause",
    AwarenessSubject.DISABILITY: "handicap, employment and disability",
    AwarenessSubject.MENTORING: "mentorat, mentoring",
    AwarenessSubject.OTHER: "autre, another subject",
}
_PLAIN = words(**{one.value: f"{word}, {_ALSO[one]}" for one, word in SUBJECT_WORDS.items()})
_WITH_COMMAS = {fold("Contrats aidés (PEC, CIE)"): AwarenessSubject.AIDED_CONTRACTS.value}
_SUBJECTS = Words({**_PLAIN.codes, **_WITH_COMMAS}, _PLAIN.proposed)


@dataclass(frozen=True)
class AwarenessRecord:
    """One talk of a file with a company."""

    name: str
    siret: str
    place: PlaceName
    held_on: date
    subject: AwarenessSubject


def awareness_record(row: Row) -> AwarenessRecord:
    """The talk of a row."""
    return AwarenessRecord(
        name=row.text("name"),
        siret=row.text("siret"),
        place=place_name(row),
        held_on=row.the_day("held_on"),
        subject=AwarenessSubject(row.choice("subject", _SUBJECTS, AwarenessSubject.OTHER.value)),
    )

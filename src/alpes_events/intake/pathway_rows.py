"""Rows of the file `pathways`, read into records: who entered a scheme, and how they left if they did. Pure."""

from dataclasses import dataclass
from datetime import date

from alpes_events.intake.columns import Column, column, needed
from alpes_events.intake.keys import import_key
from alpes_events.intake.person_rows import NAME_COLUMNS, SITUATION_COLUMNS, PersonRecord, person_record
from alpes_events.intake.row import Row
from alpes_events.intake.values import Words, words
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_, say
from alpes_events.pathways.leaving import ExitDraft
from alpes_events.pathways.schemes import CRITERIA, Scheme, schemes

PATHWAY_COLUMNS: tuple[Column, ...] = (
    column("identifier", "identifiant", "id", "identifier", "numéro de dossier", example="D-1042"),
    *NAME_COLUMNS,
    *SITUATION_COLUMNS,
    needed("scheme", "dispositif", "scheme", example="PLIE"),
    needed("entered_on", "entrée", "date d’entrée", "entered on", example="12/01/2026"),
    column("criteria", "critères", "criteria", "motifs d’entrée", example="RSA, DELD"),
    column("operator", "structure", "opérateur", "operator", example="Maison de l’Emploi"),
    column("account", "référent", "e-mail du référent", "referent", note=N_("l’adresse de son compte")),
    column("period", "période de financement", "période", "funding period", note=N_("son nom, comme ici")),
    column("exited_on", "sortie", "date de sortie", "left on"),
    column("reason", "motif de sortie", "motif", "reason", note=N_("comme dans la liste du dispositif")),
    column("proof", "preuve", "justificatif", "proof"),
    column("job_months", "mois d’emploi", "durée d’emploi", "months of job"),
    column("contract", "contrat", "contract"),
    column("sector", "secteur", "sector"),
)
_NAMED: dict[str, Scheme] = {code: scheme for code, scheme in schemes().items() if scheme.by_name}
_SCHEMES = words(**{code: f"{scheme.label}, {scheme.label_en}" for code, scheme in _NAMED.items()})
_CRITERIA = Words({fold(one): code for code, label in CRITERIA.items() for one in (code, label)}, tuple(CRITERIA))


@dataclass(frozen=True)
class PathwayRecord:
    """One pathway of a file. `left` None: they are in it still, or nothing was said; `left_on`: the day said."""

    key: str
    person: PersonRecord
    scheme_code: str
    entered_on: date
    criteria: tuple[str, ...]
    operator: str
    account: str
    period: str
    left_on: date | None
    left: ExitDraft | None


def pathway_record(row: Row) -> PathwayRecord:
    """The pathway of a row; what is wrong stands in `row.issues`."""
    person, scheme_code, entered_on = person_record(row), row.choice("scheme", _SCHEMES), row.the_day("entered_on")
    left_on = row.day("exited_on")
    return PathwayRecord(
        key=import_key("pathway", identifier="", natural=(person.key, scheme_code, entered_on.isoformat())),
        person=person,
        scheme_code=scheme_code,
        entered_on=entered_on,
        criteria=_criteria(row),
        operator=row.text("operator"),
        account=row.text("account").lower(),
        period=row.text("period"),
        left_on=left_on,
        left=_left(row, scheme_code, left_on),
    )


def _criteria(row: Row) -> tuple[str, ...]:
    found = []
    for one in row.words("criteria"):
        code = _CRITERIA.codes.get(fold(one))
        if code is None:
            known = ", ".join(_CRITERIA.proposed)
            row.note(
                "criteria", say(N_("« %(cell)s » n’est pas prévu ici. Choisissez : %(known)s."), cell=one, known=known)
            )
        else:
            found.append(code)
    return tuple(dict.fromkeys(found))


def _left(row: Row, scheme_code: str, left_on: date | None) -> ExitDraft | None:
    text, scheme = row.text("reason"), _NAMED.get(scheme_code)
    if left_on is None and text:
        row.note("exited_on", say(N_("Un motif de sortie demande le jour de sortie.")))
    if left_on is None or not text or scheme is None:
        return None
    codes = {fold(one): code for code, rule in scheme.exits.items() for one in (code, rule.label, rule.label_en)}
    code = codes.get(fold(text))
    if code is None:
        known = ", ".join(rule.label for rule in scheme.exits.values())
        row.note(
            "reason", say(N_("« %(cell)s » n’est pas prévu ici. Choisissez : %(known)s."), cell=text[:60], known=known)
        )
        return None
    return ExitDraft(
        exited_on=left_on,
        reason=code,
        proof=row.text("proof"),
        job_months=row.count("job_months"),
        contract=row.text("contract")[:32],
        sector=row.text("sector")[:80],
    )

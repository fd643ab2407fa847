"""What is not told of criteria of health to those who may not read them, and what would let it be worked out.

Without health a tally is narrowed by no criterion, and cut by criterion as a whole only: the difference between two
narrower ones tells of one person. Even then it is not shown while too few people have a criterion of health.
"""

from collections.abc import Sequence

from sqlmodel import Session

from alpes_events.clause.tables.proof_rows import HEALTH
from alpes_events.clause.tally.cuts import Line
from alpes_events.clause.tally.keys import Cut
from alpes_events.clause.tally.wishes import TallyWishes
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.territory.organisation import current_organisation


class CriterionKeptApart(Refusal):
    """A tally by which somebody could work out whom a criterion of health makes eligible."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Un choix par critère laisserait deviner pour qui il tient à la santé : un facilitateur seul peut le "
                "demander. Retirez le critère ; le découpage par critère se montre sans autre filtre, quand assez de "
                "personnes sont concernées."
            )
        )


class CriterionOfPeople(Refusal):
    """A file of people by the criterion that makes them eligible, whoever asks."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Un fichier ne dit pas par quel critère une personne est éligible : retirez le filtre, ou choisissez "
                "un autre découpage."
            )
        )


class DocumentKeptApart(Refusal):
    """A document that tells of criteria of health, asked for by somebody who may not read them."""

    status = 403

    def __init__(self, *, number: str) -> None:
        super().__init__(
            N_(
                "Le document %(number)s parle de critères de santé : un facilitateur seul peut l’ouvrir. Pour vous, "
                "faites un décompte de la même année."
            ),
            number=number,
        )


def check_narrowing(wishes: TallyWishes) -> None:
    """Raises `CriterionKeptApart` when the narrowing is by criterion and criteria of health may not be read."""
    if wishes.narrowing.criterion is not None and not wishes.health:
        raise CriterionKeptApart


def check_file(wishes: TallyWishes) -> None:
    """Raises `CriterionOfPeople` for what may be read, and does not leave: people, or one person, with a criterion."""
    by_criterion = wishes.narrowing.criterion is not None or Cut.CRITERION in wishes.cuts
    if (Cut.PERSON in wishes.cuts and wishes.narrowing.criterion is not None) or (
        wishes.narrowing.person_id is not None and by_criterion
    ):
        raise CriterionOfPeople


def tells_criteria(db: Session, wishes: TallyWishes, lines: Sequence[Line]) -> bool:
    """Whether the cut by criterion, whose lines these are, may be shown."""
    if wishes.health:
        return True
    if wishes.as_of is not None or not wishes.narrowing.is_whole:
        return False
    few = current_organisation(db).small_cell_threshold
    return not any(line.key == HEALTH and 0 < line.person_count < few for line in lines)


def is_of_health(wishes: TallyWishes) -> bool:
    """Whether what was asked for tells of criteria of health."""
    if wishes.narrowing.criterion is not None:
        return wishes.health or wishes.narrowing.criterion == HEALTH
    return wishes.health and Cut.CRITERION in wishes.cuts

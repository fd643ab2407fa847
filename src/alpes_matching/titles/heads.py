"""The first word of a title says what somebody is: which part they play."""

from collections.abc import Mapping

ROLES: Mapping[str, tuple[str, ...]] = {
    "director": ("directeur", "chef", "dirigeant", "gerant", "president", "manager", "patron"),
    "supervisor": (
        "superviseur",
        "contremaitre",
        "responsable",
        "coordinateur",
        "coordonnateur",
        "encadrant",
        "maitrise",
    ),
    "engineer": ("ingenieur", "architecte", "chercheur", "scientifique"),
    "technician": ("technicien", "technologue"),
    "operator": ("operateur", "conducteur", "ouvrier", "machiniste", "agent", "manoeuvre"),
    "assistant": ("assistant", "aide", "adjoint", "auxiliaire", "secretaire"),
    "sales": ("vendeur", "commercial", "conseiller", "representant", "negociant", "marchand", "courtier", "acheteur"),
    "teaching": (
        "professeur",
        "enseignant",
        "formateur",
        "instituteur",
        "moniteur",
        "educateur",
        "maitre",
        "instructeur",
    ),
}
"""Parts people play, by the canonical words that say so."""

_PART = {word: name for name, found in ROLES.items() for word in found}


def role(head: str) -> str:
    """The part that a first word plays, or nothing."""
    return _PART.get(head, "")

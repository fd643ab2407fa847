"""Names of jobs are found whatever their gender, number and accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_matching.stems import stem, stems

SAME = [
    ("Vendeur", "vendeuses"),
    ("Vendeur", "vendeur·se"),
    ("Boulanger", "BOULANGÈRES"),
    ("Conducteur de bus", "conductrices de bus"),
    ("Électricien", "electricienne"),
    ("Employé de rayon", "Employée de rayons"),
    ("Employé de rayon", "Employé(e) de rayon (H/F)"),
    ("Agent d’entretien", "agente d'entretien"),
    ("Commercial", "commerciaux"),
    ("Chef de rayon", "Cheffe de rayon"),
    ("Hôte de caisse", "hôtesse de caisse"),
    ("Infirmier", "Infirmière"),
    ("Assistant", "assistantes"),
    ("Comptable", "comptables"),
    ("Main-d’œuvre", "main d oeuvre"),
]
APART = [("Vendeur", "Serveur"), ("Boucher", "Boulanger"), ("Caissier", "Cuisinier"), ("Conducteur", "Conseiller")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same_job_has_the_same_stems(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_jobs_stay_apart(one: str, other: str) -> None:
    assert not set(stems(one)) & set(stems(other))


@given(st.text(alphabet="aeilnorstuxfv", max_size=14))
def test_stem_of_a_stem_is_itself(word: str) -> None:
    assert stem(stem(word)) == stem(word)

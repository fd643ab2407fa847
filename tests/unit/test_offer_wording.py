"""What the law forbids in an offer is pointed out where it stands; what only looks like it is left alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.offer_wording import findings_of
from alpes_events.hiring.wording_rules import Ground

FORBIDDEN = [
    ("Profil jeune et dynamique", Ground.AGE, "jeune et dynamique"),
    ("Nous recherchons de jeunes diplômés", Ground.AGE, "jeunes diplômés"),
    ("Rejoignez une équipe jeune", Ground.AGE, "jeune"),
    ("Vous avez moins de 30 ans", Ground.AGE, "moins de 30 ans"),
    ("Âgé de 25 à 35 ans", Ground.AGE, "Âgé de 25 à 35 ans"),
    ("25/35 ans", Ground.AGE, "25/35 ans"),
    ("Idéal digital native", Ground.AGE, "digital native"),
    ("Nous recherchons une femme", Ground.SEX, "recherchons une femme"),
    ("Femme de ménage, 15 h par semaine", Ground.SEX, "Femme de ménage"),
    ("Homme d’entretien", Ground.SEX, "Homme d’entretien"),
    ("De préférence un homme pour ce poste", Ground.SEX, "préférence un homme"),
    ("Femme de préférence", Ground.SEX, "Femme de préférence"),
    ("Hommes uniquement", Ground.SEX, "Hommes uniquement"),
    ("Vous êtes de sexe masculin", Ground.SEX, "de sexe masculin"),
    ("Le magasin cherche sa vendeuse", Ground.SEX, "vendeuse"),
    ("Une hôtesse pour l’accueil", Ground.SEX, "hôtesse"),
    ("Français langue maternelle exigé", Ground.ORIGIN, "langue maternelle exigé"),
    ("Anglais natif", Ground.ORIGIN, "Anglais natif"),
    ("De nationalité française", Ground.ORIGIN, "De nationalité française"),
    ("Parler sans accent", Ground.ORIGIN, "sans accent"),
    ("Candidats d’origine européenne", Ground.ORIGIN, "Candidats d’origine européenne"),
    ("Profil BBR", Ground.ORIGIN, "BBR"),
    ("Célibataire de préférence", Ground.FAMILY, "Célibataire"),
    ("Sans enfant ni contraintes familiales", Ground.FAMILY, "Sans enfant"),
    ("Précisez votre situation familiale", Ground.FAMILY, "situation familiale"),
    ("Excellente présentation", Ground.APPEARANCE, "Excellente présentation"),
    ("Physique agréable", Ground.APPEARANCE, "Physique agréable"),
    ("Être en bonne santé", Ground.HEALTH, "bonne santé"),
    ("Bonne condition physique exigée", Ground.HEALTH, "Bonne condition physique"),
    ("Habiter à Lambersart", Ground.RESIDENCE, "Habiter à"),
    ("Personne domiciliée dans le quartier", Ground.RESIDENCE, "domiciliée dans"),
    ("Personne non syndiquée ou non syndiqué", Ground.OPINION, "non syndiqué"),
    ("Profil catholique", Ground.OPINION, "Profil catholique"),
    ("Candidat non-fumeur", Ground.MORALS, "non-fumeur"),
]
ALLOWED = [
    "Une jeune entreprise du numérique",
    "Jeune pousse en croissance",
    "Accueil du jeune enfant",
    "Vous travaillez auprès de jeunes en difficulté",
    "Foyer de jeunes travailleurs",
    "Dynamique et souriant",
    "Deux ans d’expérience, ou plus de 20 ans d’expérience",
    "Une maison fondée il y a 30 ans",
    "Entreprise familiale de plus de 50 ans",
    "Garde d’enfants de moins de 3 ans",
    "Animation d’un groupe d’enfants de 6 à 15 ans",
    "Avoir 18 ans (travail de nuit)",
    "CDD de 18 mois",
    "Aide aux personnes âgées",
    "Vendeur ou vendeuse, prêt-à-porter femme",
    "Égalité entre les femmes et les hommes",
    "Poste ouvert aux hommes et aux femmes",
    "Un homme ou une femme",
    "Homme ou femme, de préférence avec le permis",
    "Femmes et hommes souhaitant changer de métier",
    "Rayon homme et rayon femme",
    "École maternelle, assistant ou assistante maternelle",
    "Français courant, anglais lu",
    "Équipe de douze nationalités confondues",
    "Produits d’origine française",
    "Permis B valide",
    "Réservé aux personnes reconnues travailleurs handicapés",
    "Présentation de produits aux clients",
    "Bonne présentation des produits en rayon",
    "Entretien des résidences, service aux habitants",
    "Hôtel non-fumeur",
    "Dans l’enceinte du stade",
    "Station debout, port de charges jusqu’à 20 kg",
    "Valet ou femme de chambre",
]


@pytest.mark.parametrize(("text", "ground", "words"), FORBIDDEN)
def test_forbidden_wording_is_pointed_out_where_it_stands(text: str, ground: Ground, words: str) -> None:
    first = findings_of({"description": text}, contract=ContractKind.CDI)[0]
    assert (first.ground, first.words) == (ground, words)
    assert text[first.start : first.end] == words


@pytest.mark.parametrize("text", ALLOWED)
def test_harmless_wording_is_left_alone(text: str) -> None:
    assert findings_of({"description": text}, contract=ContractKind.CDI) == []


@pytest.mark.parametrize(
    "title",
    [
        "Vendeur / vendeuse", "Vendeur (H/F)", "Vendeuse F/H", "Vendeur(se) en boulangerie", "Vendeur·euse",
        "Caissier.ère",
        "Conducteur/trice de bus", "Agent d’entretien (h/f)", "Cariste", "Secrétaire comptable", "Employé(e) de rayon",
        "Hôte ou hôtesse de caisse", "Cuisinier - Cuisinière", "Chef/cheffe de rayon", "Technicien(ne)",
    ],
)  # fmt: skip
def test_title_for_women_and_men_is_left_alone(title: str) -> None:
    assert findings_of({"title": title}, contract=ContractKind.CDI) == []


@pytest.mark.parametrize(
    "title", ["Vendeuse", "Vendeur", "Boulangère à Wambrechies", "Agents de tri", "Aide-soignante"]
)
def test_title_in_one_form_only_is_pointed_out(title: str) -> None:
    assert [one.ground for one in findings_of({"title": title}, contract=ContractKind.CDI)] == [Ground.SEX]


def test_title_for_both_speaks_for_the_description() -> None:
    texts = {"title": "Vendeur (H/F)", "description": "Notre vendeuse part à la retraite."}
    assert findings_of(texts, contract=ContractKind.CDI) == []


@pytest.mark.parametrize("contract", [ContractKind.APPRENTICESHIP, ContractKind.CIVIC_SERVICE])
def test_age_set_by_law_is_left_alone(contract: ContractKind) -> None:
    assert findings_of({"description": "De 16 à 25 ans"}, contract=contract) == []
    assert findings_of({"description": "De 16 à 25 ans"}, contract=ContractKind.CDI) != []


@given(st.text(max_size=300), st.text(max_size=80))
def test_findings_lie_within_the_text_in_order_and_apart(description: str, title: str) -> None:
    found = findings_of({"title": title, "description": description}, contract=ContractKind.CDD)
    texts = {"title": title, "description": description}
    for one in found:
        assert texts[one.field][one.start : one.end] == one.words
        assert one.words
    for first, second in pairwise(found):
        assert first.field != second.field or first.end <= second.start

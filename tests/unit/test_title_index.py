"""Titles are found by what they mean: for women and men alike, in any order of words, with reasons that sum."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_matching.titles import Hit, NotAnIndexError, TitleIndex
from alpes_matching.titles.genders import Genders
from alpes_matching.titles.words import pair_of
from tests.support.depth import in_part

ENTRIES = [
    ("baker", "Boulanger / Boulangère"),
    ("baker", "Artisan boulanger / Artisane boulangère"),
    ("seller", "Vendeur / Vendeuse en boulangerie"),
    ("seller", "Employé / Employée de vente en boulangerie"),
    ("mason", "Maçon / Maçonne"),
    ("mason", "Ouvrier maçon / Ouvrière maçonne"),
    ("helper", "Accompagnant éducatif et social / Accompagnante éducative et sociale"),
    ("helper", "Aide médico-psychologique"),
    ("instructor", "Accompagnateur formateur / Accompagnatrice formatrice technique d'insertion professionnelle"),
    ("cleaner", "Agent / Agente de propreté des locaux"),
    ("cleaners", "Agents de propreté"),
    ("manager", "Chef / Cheffe de chantier"),
    ("technician", "Technicien / Technicienne de maintenance industrielle"),
]
BACKGROUND = [
    ("D1102", "Boulanger-pâtissier / Boulangère-pâtissière"),
    ("D1106", "Vendeur / Vendeuse en pâtisserie"),
    ("F1703", "Maçon coffreur / Maçonne coffreuse"),
]
INDEX = TitleIndex.build(ENTRIES, BACKGROUND)


def found(text: str, index: TitleIndex = INDEX) -> list[str]:
    return [hit.key for hit in index.search(text)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("boulangere", "baker"),
        ("BOULANGÈRES", "baker"),
        ("vendeuses en boulangerie (h/f)", "seller"),
        ("boulangerie vendeur", "seller"),
        ("Vendeur ou vendeuse en boulangerie", "seller"),
        ("maconne", "mason"),
        ("massonne", "mason"),
        ("accompagnateur(trice) formateur(trice) technique insert prof", "instructor"),
        ("agente de propreté des locaux", "cleaner"),
        ("Agents de propreté", "cleaners"),
        ("technicienne maintenance industriel", "technician"),
    ],
)
def test_title_is_found_as_people_write_it(text: str, key: str) -> None:
    assert found(text)[0] == key


@pytest.mark.parametrize("label", [label for _key, label in ENTRIES if " / " in label])
def test_feminine_and_masculine_get_the_same_answer(label: str) -> None:
    pair = INDEX.vocabulary.genders.canonical(label)
    he, she = ((side.split(" / "))[at] for at, side in enumerate((label, label)))
    whole = label.split(" / ")[1].split()[len(he.split()) :]
    assert INDEX.search(" ".join((he, *whole))) == INDEX.search(she)
    assert INDEX.vocabulary.genders.canonical(she) == pair


@pytest.mark.parametrize(
    ("he", "she"),
    [
        ("Assistant maternel agréé", "Assistante maternelle agréée"),
        ("Maréchal-ferrant", "Maréchale-ferrante"),
        ("Agent principal des impôts", "Agente principale des impôts"),
        ("Garçon de chenil", "Fille de chenil"),
        ("Premier homme de surface", "Première femme de surface"),
        ("Commis boulanger", "Commise boulangère"),
        ("Professeur", "Professeure"),
        ("Vendeurs", "Vendeuses"),
        ("Perchman", "Perchwoman"),
    ],
)
def test_words_that_no_label_holds_are_one_for_women_and_men(he: str, she: str) -> None:
    assert INDEX.vocabulary.genders.canonical(he) == INDEX.vocabulary.genders.canonical(she)
    assert INDEX.search(f"{he} boulanger") == INDEX.search(f"{she} boulangère")


def test_labels_that_are_never_written_as_pairs_are_found_for_women_and_men() -> None:
    index = TitleIndex.build(
        [("baker", "Boulanger"), ("hers", "Boulangère"), ("cook", "Cuisinière"), ("cook", "Cuisinier")]
    )
    assert index.search("boulanger") == index.search("boulangère")
    assert index.search("cuisiniers") == index.search("cuisinières")


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "Agent / Agente principal / principale des impôts",
            "agent principal des impots",
            "agente principale des impots",
        ),
        ("Aide d'ingénieur / d'ingénieure", "aide d ingenieur", "aide d ingenieure"),
        ("Éleveur / Éleveuse et/ou loueur", "eleveur et ou loueur", "eleveuse et ou loueur"),
        ("Garçon / Fille de cour", "garcon de cour", "fille de cour"),
        ("Steward / Hôtesse de l'air", "steward de l air", "hotesse de l air"),
        ("Chef / Cheffe de train/tramway", "chef de train tramway", "cheffe de train tramway"),
    ],
)
def test_every_slash_between_two_forms_is_read(text: str, first: str, second: str) -> None:
    pair = pair_of(text)
    assert pair is not None
    assert (" ".join(pair.first), " ".join(pair.second)) == (first, second)


@pytest.mark.parametrize(
    "text", ["Chef de rayon boucherie/charcuterie", "Valet / Valet", "Maçon", "/", "a/", "A / B / C"]
)
def test_slash_that_means_something_else_makes_no_pair(text: str) -> None:
    assert pair_of(text) is None


@pytest.mark.parametrize(
    ("text", "many"),
    [("Éboueurs", True), ("Commis", False), ("Agents de propreté", True), ("Métallurgistes", True), ("", False)],
)
def test_plural_is_that_of_a_known_word(text: str, many: bool) -> None:
    genders = Genders.learned(["Éboueur / Éboueuse", "Commis / Commise", "Agent / Agente", "Métallurgistes"])
    assert genders.names_many(text) is many


def test_hostess_goes_with_the_host_that_the_vocabulary_knows() -> None:
    known, unknown = Genders.learned(["Hôte d'accueil", "Steward"]), Genders.learned(["Steward"])
    assert known.canonical("Hôtesse d'accueil") == known.canonical("Hôte d'accueil")
    assert unknown.canonical("Hôtesse de l'air") == unknown.canonical("Steward de l'air")


def test_contributions_sum_to_the_score_and_order_the_hits() -> None:
    hits = INDEX.search("vendeuse boulangerie")
    for hit in hits:
        assert sum(hit.contributions.values()) == pytest.approx(hit.score, abs=1e-9)
        assert 0 < hit.score <= 1
        assert min(hit.contributions.values()) > 0
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_preferred_label_goes_before_an_alternative_that_reads_the_same() -> None:
    index = TitleIndex.build([("other", "Gardien"), ("other", "Veilleur de nuit"), ("keeper", "Veilleur de nuit")])
    assert found("veilleuse de nuit", index)[0] == "keeper"


def test_same_words_win_over_everything_else() -> None:
    for key, label in ENTRIES:
        assert found(label)[0] == key


@in_part(4)
@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    for hit in INDEX.search(text):
        assert isinstance(hit, Hit)
        assert 0 <= hit.score <= 1


@pytest.mark.parametrize("text", ["", "   ", "()/", "🙂🙂", "\x00\x07", "de la du"])
def test_text_that_says_nothing_finds_nothing_or_little(text: str) -> None:
    assert len(INDEX.search(text)) <= 10


def test_long_text_is_cut_and_still_answered() -> None:
    assert found("boulanger " + "x" * 10_000)[0] == "baker"


def test_text_in_another_script_finds_nothing() -> None:
    assert INDEX.search("пекарь") == []


def test_small_vocabularies_are_searched() -> None:
    assert TitleIndex.build([]).search("maçon") == []
    assert found("maçonne", TitleIndex.build([("one", "Maçon")])) == ["one"]
    assert found("maçonne", TitleIndex.build([("one", "Maçon"), ("one", "Maçon"), ("two", "Maçon")]))[0] == "one"
    assert TitleIndex.build([("blank", ""), ("sign", "🙂")]).search("maçon") == []


def test_order_of_the_entries_of_other_keys_changes_no_score() -> None:
    turned = TitleIndex.build([*ENTRIES[4:], *ENTRIES[:4]], BACKGROUND)
    for text in ("boulangère", "agent propreté", "maçon"):
        assert turned.search(text)[0].key == INDEX.search(text)[0].key


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="text"):
        INDEX.search(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="text"):
        TitleIndex.build([("a", None)])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="limit"):
        INDEX.search("maçon", 0)


def test_many_are_searched_as_one_by_one() -> None:
    texts = ["maçonne", "boulanger", "maçonne"]
    assert INDEX.search_many(texts, 3) == [INDEX.search(text, 3) for text in texts]


def test_saved_index_answers_the_same(tmp_path: Path) -> None:
    kept = tmp_path / "titles.npz"
    INDEX.save(kept)
    again = TitleIndex.load(kept)
    for text in ("boulangère", "vendeuses", "massonne", "insert prof"):
        assert again.search(text) == INDEX.search(text)


@pytest.fixture
def no_index(tmp_path: Path) -> Path:
    path = tmp_path / "other.npz"
    path.write_bytes(b"PK\x03\x04 nothing of ours")
    return path


def test_file_that_is_no_index_is_refused(no_index: Path) -> None:
    with pytest.raises(NotAnIndexError, match="build it again"):
        TitleIndex.load(no_index)

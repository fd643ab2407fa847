"""The official files of the ROME are read as they come, and a title gets its codes with an honest confidence."""

import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_matching.occupations import (
    Classifier,
    NoOccupationsError,
    NotAClassifierError,
    Occupation,
    Occupations,
    RowProblem,
)
from alpes_matching.occupations.files import Source
from alpes_matching.titles.words import pair_of

CODES = '"code_rome","code_fiche_em","libelle_rome","statut"\n"D1102","1","Boulangerie - viennoiserie","1"\n'
TITLES = (
    '"code_ogr","libelle_appellation_long","libelle_appellation_court","code_rome"\n'
    '"1","Boulanger / Boulangère","Boulanger / Boulangère","D1102"\n'
    '"2","Ouvrier boulanger / Ouvrière boulangère","Ouvrier(ère) boulanger(ère)","D1102"\n'
)
FINER = (
    "code_rome;libelle_rome;code_rome_parent\n"
    "D1102;Boulangerie;D1102\nD1150;Tourier;D1102\nD1151;Tourier du soir;D1150\n"
)
SMALL = Occupations.small()


def written(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        (folder / f"{name}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.fixture
def official(tmp_path: Path) -> Path:
    return written(tmp_path, unix_referentiel_code_rome_v346_utf8=CODES, unix_referentiel_appellation_v346_utf8=TITLES)


def test_folder_gives_codes_titles_and_version(official: Path) -> None:
    told = Occupations.load(official)
    assert told.version == "3.46"
    assert told.by_code == {"D1102": Occupation("D1102", "Boulangerie - viennoiserie", "D1102")}
    assert [one.title for one in told.titles] == ["Boulanger / Boulangère", "Ouvrier boulanger / Ouvrière boulangère"]
    assert told.problems == ()


def test_archive_and_folder_say_the_same(official: Path, tmp_path: Path) -> None:
    archive = tmp_path / "RefRomeCsv.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for one in official.glob("*.csv"):
            file.write(one, f"RefRomeCsv/{one.name}")
        file.writestr("RefRomeCsv/unix_liens_rome_referentiels_v346_utf8.csv", "a,b\n1,2\n")
    assert Occupations.load(archive) == Occupations.load(official)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso8859-15"])
def test_separator_and_encoding_change_nothing(tmp_path: Path, separator: str, encoding: str) -> None:
    lines = ("code_rome", "libelle_appellation_long"), ("G1703", "Réceptionniste d’hôtel à l'œuvre")
    text = "\n".join(separator.join(line) for line in lines).replace("’", "'")
    told = Occupations.load(written(tmp_path, appellations=text.encode(encoding)) / "appellations.csv")
    assert [(one.code, one.title) for one in told.titles] == [("G1703", "Réceptionniste d'hôtel à l'œuvre")]


def test_misspelt_headings_are_understood(tmp_path: Path) -> None:
    text = TITLES.replace("libelle_appellation_long", "libelle_appelation_long").replace("_court", "_cour")
    assert len(Occupations.load(written(tmp_path, appellation=text)).titles) == 2


def test_layout_of_4_60_names_the_code_of_a_title_its_parent(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        unix_referentiel_code_rome_v460_utf8=FINER.replace("libelle_rome", "libelle"),
        unix_referentiel_appellation_v460_utf8="code_ogr;libelle;libelle_court;code_rome_parent\n7;Tourier;Tourier;D1150\n",
    )
    told = Occupations.load(folder)
    assert told.version == "4.60"
    assert [(one.code, one.title, one.number) for one in told.titles] == [("D1150", "Tourier", "7")]
    assert told.by_code["D1150"].label == "Tourier"


def test_finer_codes_are_compared_at_their_parent(tmp_path: Path) -> None:
    told = Occupations.load(written(tmp_path, code_rome=FINER))
    assert [told.parent(code) for code in ("D1102", "D1150", "D1151", "Z9999")] == ["D1102"] * 3 + ["Z9999"]


def test_parents_in_a_ring_end(tmp_path: Path) -> None:
    ring = "code_rome;libelle_rome;code_rome_parent\nD1102;Un;D1103\nD1103;Deux;D1102\n"
    assert Occupations.load(written(tmp_path, code_rome=ring)).parent("D1102") in {"D1102", "D1103"}


def test_bad_rows_are_told_by_line_and_reason(tmp_path: Path) -> None:
    rows = (
        "code_rome;libelle_appellation_long",
        "D1102;Boulanger",
        "X1;Rien",
        ";Vide",
        "D1102;",
        "",
        "D1102;Boulanger",
        f"D1102;{'x' * 301}",
        "D1102",
        "G1602;Cuisinier",
    )
    told = Occupations.load(written(tmp_path, appellations="\n".join(rows)))
    assert [(one.line, one.reason) for one in told.problems] == [
        (3, "code"),
        (4, "empty"),
        (5, "empty"),
        (7, "repeated"),
        (8, "long"),
        (9, "empty"),
    ]
    assert told.problems[0] == RowProblem("appellations.csv", 3, "code_rome", "code", "X1")
    assert [one.code for one in told.titles] == ["D1102", "G1602"]


@pytest.mark.parametrize(
    "text", ["", "a;b\n1;2\n", "code_rome;libelle_rome\n", "code_rome;libelle_rome\nX;Y\n", "\0\1"]
)
def test_file_without_occupations_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(NoOccupationsError, match="code_rome"):
        Occupations.load(written(tmp_path, code_rome=text))


def test_folder_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoOccupationsError, match="RefRomeCsv"):
        Occupations.load(tmp_path)


@given(st.text(max_size=400))
def test_any_file_is_read_or_refused(text: str) -> None:
    try:
        told = Occupations.of([Source("any.csv", "code_rome;libelle_rome\n" + text, "")])
    except NoOccupationsError:
        return
    assert told.by_code


def test_own_list_is_whole() -> None:
    assert SMALL.problems == ()
    assert len(SMALL.titles) > 250
    assert len(SMALL.by_code) > 140
    assert all(one.parent == one.code for one in SMALL.by_code.values())


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("vendeuse boulangerie", "D1106"),
        ("macon", "F1703"),
        ("CAISSIÈRE (H/F)", "D1505"),
        ("conductrice poids lourds", "N4101"),
        ("aide soignante", "J1501"),
        ("preparatrice commande", "N1103"),
    ],
)
def test_title_as_people_write_it_gets_its_code_first(title: str, code: str) -> None:
    assert SMALL.classify(title).proposals[0].code == code


def test_known_titles_are_sure_and_come_first_for_women_and_men() -> None:
    of_several = {title for title, count in Counter(one.title for one in SMALL.titles).items() if count > 1}
    for one in (one for one in SMALL.titles if one.title not in of_several):
        pair = pair_of(one.title)
        for title in (" ".join(side) for side in (pair.first, pair.second)) if pair else (one.title,):
            told = SMALL.classify(title)
            assert told.proposals[0].code == one.code
            assert told.proposals == SMALL.classify(one.title).proposals


@pytest.mark.parametrize("title", ["", "  ", "🙂", "\x00", "пекарь", "xyzzy"])
def test_title_that_says_nothing_is_asked_about(title: str) -> None:
    told = SMALL.classify(title)
    assert told.proposals == ()
    assert told.ask


def test_title_that_may_be_two_trades_is_asked_about() -> None:
    assert SMALL.classify("vendeur").ask
    assert not SMALL.classify("serveuse en restauration").ask


@pytest.mark.parametrize("title", ["boulanger de nuit", "dompteur", "conservateur du patrimoine", "notaire salarié"])
def test_small_list_asks_about_what_it_may_not_hold(title: str) -> None:
    assert SMALL.classify(title).ask


def test_confidence_of_a_small_list_rises_with_how_much_of_the_title_is_known() -> None:
    told = [
        SMALL.classify(title).proposals[0]
        for title in ("boulanger de nuit en montagne", "boulanger de nuit", "boulanger")
    ]
    assert {one.code for one in told} == {"D1102"}
    assert [one.confidence for one in told] == sorted(one.confidence for one in told)


def test_codes_whose_titles_begin_alike_are_told_apart_by_what_follows() -> None:
    titles = [
        ("A1", "Technicien / Technicienne de maintenance"),
        ("A1", "Technicien / Technicienne de maintenance industrielle"),
        ("B1", "Technicien / Technicienne de laboratoire"),
        ("B1", "Technicien / Technicienne d'analyses de laboratoire"),
    ]
    classifier = Classifier.learned(titles)
    for title, code in (("technicienne laboratoires", "B1"), ("agent de maintenance", "A1"), ("analyses", "B1")):
        codes, table = classifier.table(title)
        assert classifier.codes[int(classifier.chances(title).argmax())] == code
        assert table.shape == (len(codes), 4)


def test_classifier_of_one_title_answers() -> None:
    classifier = Classifier.learned([("A1", "Maçon")])
    assert classifier.chances("maçonne")[0] > 0.9
    assert classifier.chances("notaire").tolist() == [0.0]


@given(st.text(max_size=60))
def test_confidence_is_a_share_and_falls(title: str) -> None:
    told = [one.confidence for one in SMALL.classify(title, 3).proposals]
    assert told == sorted(told, reverse=True)
    assert all(0 < one <= 1 for one in told)
    assert sum(told) <= 1.001
    assert len(told) <= 3


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="text"):
        SMALL.classify(3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="limit"):
        SMALL.classify("maçon", 0)


def test_kept_classifier_answers_the_same() -> None:
    again = Classifier.from_bytes(SMALL.classifier.to_bytes())
    for title in ("vendeuse", "agent", "maçonne", "xyz"):
        assert again.chances(title).tolist() == pytest.approx(SMALL.classifier.chances(title).tolist(), abs=5e-3)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing of ours", b"\x93NUMPY"])
def test_bytes_that_are_no_classifier_are_refused(content: bytes) -> None:
    with pytest.raises(NotAClassifierError, match="train it again"):
        Classifier.from_bytes(content)

"""The convocation on paper: one page a person, read aloud in order, and nothing typed is more than text."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from alpes_events.documents.convocation import Convocation, Letterhead, Where, convocations_pdf
from alpes_events.language.sentence import say
from tests.support.pdf import elements_of, pages_of, reader_of

LETTERHEAD = Letterhead(
    name="Maison de l’Emploi d’Exemple",
    address="3 rue de l’Exemple, 59130 Lambersart",
    telephone="03 20 00 00 00",
    email="bonjour@example.org",
    opening_hours="Du lundi au vendredi, 9 h – 17 h",
    zone=ZoneInfo("Europe/Paris"),
)
SAMIRA = Convocation(
    language="fr",
    letterhead=LETTERHEAD,
    kind="job_dating",
    kind_words="Job dating",
    title="Commerce et logistique",
    starts_at=datetime(2026, 3, 19, 13, tzinfo=UTC),
    ends_at=datetime(2026, 3, 19, 16, tzinfo=UTC),
    all_day=False,
    where=Where("Salle des fêtes", "12 place du Marché, 59700 Marcq-en-Barœul", "Tramway R", "De plain-pied"),
    name="Samira Belkacem",
    code="K7M2QX9AB",
    reference="K7M-2QX-9AB",
    to_bring="Trois CV",
)
LONG = "Un texte qui dit longuement tout ce qu’il faut savoir avant de venir. " * 10


def test_page_says_who_when_where_what_and_how_to_cancel() -> None:
    (page,) = pages_of(convocations_pdf([SAMIRA], language="fr"))
    for words in (
        "Maison de l’Emploi d’Exemple",
        "Convocation de Samira Belkacem",
        "Commerce et logistique",
        "Jeudi 19 mars 2026, 14 h – 17 h",
        "Salle des fêtes 12 place du Marché, 59700 Marcq-en-Barœul",
        "K7M-2QX-9AB",
        "Pour venir Tramway R",
        "À apporter Trois CV",
        "Accessibilité De plain-pied",
        "Un empêchement ?",
        "03 20 00 00 00",
    ):
        assert words in page


def test_page_speaks_the_language_of_its_person() -> None:
    first, second = pages_of(convocations_pdf([SAMIRA, replace(SAMIRA, language="en")], language="fr"))
    assert "Au nom de" in first
    assert "Thursday 19 March 2026, 14:00 – 17:00" in second
    assert "Au nom de" not in second


def test_document_is_tagged_titled_and_claims_the_standard() -> None:
    document = convocations_pdf([SAMIRA], language="en", title="Letter")
    read = reader_of(document)
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "en"  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert read.metadata is not None
    assert read.metadata.title == "Letter"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document


def test_reader_aloud_hears_headings_in_order_and_what_the_code_is() -> None:
    elements = elements_of(convocations_pdf([SAMIRA], language="fr"))
    assert [role for role, _ in elements if re.fullmatch(r"H\d", role)] == ["H1", "H2", "H2", "H2", "H2", "H2"]
    assert [alternative for role, alternative in elements if role == "Figure"] == [
        "Code QR de la référence K7M-2QX-9AB, à présenter à l’accueil"
    ]


def test_without_a_place_there_is_a_caution_and_no_code() -> None:
    waiting = replace(SAMIRA, caution=say("Liste d’attente"))
    document = convocations_pdf([waiting], language="fr")
    assert "Fiche d’inscription de Samira Belkacem Liste d’attente" in pages_of(document)[0]
    assert not [role for role, _ in elements_of(document) if role == "Figure"]


def test_longest_texts_stay_on_one_page_each() -> None:
    where = Where(LONG[:150], LONG[:420], LONG[:500], LONG[:500])
    longest = replace(SAMIRA, title=LONG[:150], name=LONG[:201], session=LONG[:252], to_bring=LONG[:500], where=where)
    document = convocations_pdf([longest, SAMIRA, longest], language="fr")
    assert len(reader_of(document).pages) == 3
    assert "03 20 00 00 00" in pages_of(document)[0]


@pytest.mark.parametrize(
    "name", ["😀 Samira", "Samira\0", "Самира", "سميرة", "日本", "\ue000", "S\u200dd", "Ørsted Łukasz Ștefan"]
)
def test_any_name_can_be_printed(name: str) -> None:
    document = convocations_pdf([replace(SAMIRA, name=name)], language="fr")
    assert len(reader_of(document).pages) == 1
    assert reader_of(document).trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]


@pytest.mark.parametrize(
    "typed",
    [
        '#eval("1+1")',
        "*gras* _italique_ $x^2$",
        "= Titre",
        '#image("/etc/passwd")',
        "<script>alert(1)</script>",
        "\\ #{ } @ref",
    ],
)
def test_what_is_typed_stays_text(typed: str) -> None:
    told = Where(typed, typed, typed, typed)
    (page,) = pages_of(
        convocations_pdf([replace(SAMIRA, title=typed, name=typed, to_bring=typed, where=told)], language="fr")
    )
    assert page.count(typed) >= 6


def test_tab_keeps_words_apart_and_a_name_of_pictures_alone_is_no_heading() -> None:
    document = convocations_pdf([replace(SAMIRA, title="Forum\temploi", name="😀 🎉")], language="fr")
    words = " ".join(pages_of(document))
    assert "Forum emploi" in words
    assert "Votre convocation" in words
    assert "Convocation de" not in words


@pytest.mark.parametrize(("language", "heading"), [("fr", "Votre fiche d’inscription"), ("en", "Your sign-up sheet")])
def test_sheet_of_somebody_who_waits_is_headed_without_a_name_of_pictures_alone(language: str, heading: str) -> None:
    waits = replace(SAMIRA, name="😀 🎉", caution=say("Liste d’attente"), language=language)
    words = " ".join(pages_of(convocations_pdf([waits], language=language)))
    assert heading in words
    assert "Fiche d’inscription de" not in words
    assert "Sign-up sheet of" not in words

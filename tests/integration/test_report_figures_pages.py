"""The pages of the report's figures: each with its definition and records, attested counts, figures of one's own."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session, col, select

from alpes_events.attested.commands import attest
from alpes_events.attested.models import AttestedCount
from alpes_events.attested.queries import counts_of_year, standing_count
from alpes_events.database.engine import Database
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Role
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.compiling import count_year, keep_compilation
from alpes_events.reporting.custom import IndicatorDraft, catalogue_of
from alpes_events.reporting.cutting import parts_of
from alpes_events.reporting.definition import BadDefinition, Op
from alpes_events.reporting.evaluating import Evaluation
from alpes_events.reporting.hiding import hidden_in
from alpes_events.reporting.models import CustomIndicator
from alpes_events.reporting.own_figures import define
from alpes_events.services.acts import note_acts
from alpes_events.services.drafts import ActDraft
from alpes_events.services.kinds import act_kinds
from alpes_events.services.models import ServiceAct
from tests.integration.test_imports import counts, imported, told
from tests.support.forms import form_of
from tests.support.in_schemes import entered
from tests.support.report_figures import FIGURE, a_count, crowd_the_figures, figures_in_town, worked_out
from tests.support.staff import Desk, way_back
from tests.support.stories import NOW, somebody
from tests.support.web import text_of

FIGURES, ATTESTED, OWN = "/staff/reports/figures/2026", "/staff/reports/attested/2026", "/staff/reports/own"
PERSONS = f"{FIGURES}/mde.mobility.transit_pass_persons"
NAME = f"{somebody(1).given_name} {somebody(1).family_name}"
BY: dict[str, Any] = {"now": NOW, "account_id": None}
HEADING = "chiffre;période;valeur;source;attesté le;pourquoi\n"


@pytest.fixture
def town(organised: Database) -> Database:
    """A town where somebody got a pass, with one count and two figures of its own."""
    with organised.writing() as db:
        figures_in_town(db, find_or_create_candidate(db, somebody(1), now=NOW))
        db.commit()
    return organised


def all_counts(db: Session) -> list[tuple[int, str, bool]]:
    rows = db.exec(select(AttestedCount).order_by(col(AttestedCount.id)))
    return [(row.value, row.why, row.replaced_at is None) for row in rows]


def test_figure_tells_its_definition_and_opens_its_records_for_those_who_see_everyone(town: Database) -> None:
    page = text_of(Desk(town).get(f"{PERSONS}?lang=fr"))
    assert "Compté dans Actes de service Ce qui est compté les personnes différentes Type Titre de transport" in page
    assert f"{NAME} Titre de transport 5 janvier 2026" in page
    assert "janvier 1 février 0" in page
    for role in (Role.READER, Role.ADVISOR):
        shown = text_of(Desk(town, role).get(f"{PERSONS}?lang=fr"))
        assert NAME not in shown
        assert "seule l’équipe qui organise les ouvre" in shown


def test_record_behind_a_figure_leads_to_its_page_and_an_attested_one_to_who_attested_it(town: Database) -> None:
    desk = Desk(town)
    with town.reading() as db:
        act = db.exec(select(ServiceAct)).one()
        count = standing_count(db, FIGURE, "2026")
        assert count is not None
    assert f'href="/staff/services/acts/{act.id}/edit"' in desk.get(PERSONS).get_data(as_text=True)
    assert f'href="/staff/reports/attested/count/{count.id}"' in desk.get(f"{FIGURES}/{FIGURE}").get_data(as_text=True)


def test_few_people_are_hidden_from_readers_in_the_list_and_on_the_page_and_not_from_the_team(town: Database) -> None:
    reader, desk = Desk(town, Role.READER), Desk(town)
    line = "Personnes aidées : titres de transport"
    assert f"{line} masqué" in text_of(reader.get(f"{FIGURES}?q=personnes+transport&lang=fr"))
    assert f"{line} 1 – compté" in text_of(desk.get(f"{FIGURES}?q=personnes+transport&lang=fr"))
    page = text_of(reader.get(f"{PERSONS}?lang=fr"))
    assert "En 2026 compté masqué Trop peu de personnes" in page
    assert "Mois par mois" not in page


def test_search_finds_a_figure_by_words_of_its_name_in_any_order_without_accents(town: Database) -> None:
    desk = Desk(town)
    assert "Titres de transport remis en janvier" in text_of(desk.get(f"{FIGURES}?q=JANVIER+titres&lang=fr"))
    assert "Aucun chiffre ne répond" in text_of(desk.get(f"{FIGURES}?q=licorne&lang=fr"))


@pytest.mark.parametrize(
    "path",
    [
        f"{FIGURES}/mde.licorne",
        f"{FIGURES}/mde.events.Nulle part.visitors",
        f"{FIGURES}/own.un_chiffre_retire",
        "/staff/reports/figures/0001",
        f"{PERSONS}?page=9",
        "/staff/reports/attested/count/999",
        f"{OWN}/999",
        f"{OWN}/new/moons",
    ],
)
def test_what_is_not_there_has_no_page(town: Database, path: str) -> None:
    assert Desk(town).get(path).status_code == 404


def test_checks_say_first_what_disagrees_with_both_sides(town: Database) -> None:
    with town.writing() as db:
        attest(db, a_count("50", name="ml.young_supported"), **BY)
        attest(db, a_count("40", name="ml.young_in_contact"), **BY)
        db.commit()
    page = text_of(Desk(town).get(f"{FIGURES}/checks?lang=fr"))
    assert "Pas d’accord 1 Jeunes accompagnés (50) ne peut pas dépasser : Jeunes en contact (40)" in page


def test_what_is_still_to_be_attested_is_said_and_is_entered_once(town: Database) -> None:
    desk, path = Desk(town), f"{ATTESTED}/new?figure=ml.interviews"
    listed = text_of(desk.get(f"{ATTESTED}?only=missing&lang=fr"))
    assert "Entretiens individuels 2026 À attester" in listed
    assert "Actes de contact" not in listed
    typed = {"value": "1 234", "source": "i-Milo", "attested_on": "2026-02-01"}
    assert desk.fill(path, "value", **typed).status_code == 303
    again = desk.fill(path, "value", **typed)
    assert again.status_code == 422
    assert "déjà attesté pour 2026 (source : i-Milo)" in text_of(again)
    assert 'value="1 234"' in again.get_data(as_text=True)
    with town.reading() as db:
        kept = standing_count(db, "ml.interviews", "2026")
        assert kept is not None
        assert f'href="/staff/reports/attested/count/{kept.id}"' in again.get_data(as_text=True)
        values = {row.indicator: Decimal(row.value).scaleb(-row.decimals) for row in counts_of_year(db, 2026)}
    assert values == {FIGURE: 42, "ml.interviews": 1234}


def test_count_of_a_list_says_for_whom(town: Database) -> None:
    desk, path = Desk(town), f"{ATTESTED}/new?figure=ml.financial_aid.%7B%7D.amount_eur"
    typed = {"value": "0", "source": "i-Milo", "attested_on": "2026-02-01"}
    assert "dites pour qui ou quoi" in text_of(desk.fill(path, "value", **typed))
    assert desk.fill(path, "value", member="Repas", **typed).status_code == 303
    assert "Repas" in text_of(desk.get(ATTESTED))


def test_correction_says_why_and_the_page_keeps_what_was_said(town: Database) -> None:
    desk = Desk(town)
    with town.reading() as db:
        (standing,) = counts_of_year(db, 2026)
        former = db.exec(select(AttestedCount.id).where(col(AttestedCount.replaced_at).is_not(None))).one()
    path = f"/staff/reports/attested/count/{standing.id}"
    assert desk.get(f"/staff/reports/attested/count/{former}").location.endswith(path)
    assert desk.fill(path, "why", value="44").status_code == 422
    assert desk.fill(path, "why", value="44", why="Relu par la direction").status_code == 303
    with town.reading() as db:
        assert all_counts(db) == [(40, "", False), (42, "Oubli", False), (44, "Relu par la direction", True)]
        (standing,) = counts_of_year(db, 2026)
    page = text_of(desk.get(f"/staff/reports/attested/count/{standing.id}?lang=fr"))
    assert page.index("44 vaut aujourd’hui") < page.index("Pourquoi : Relu par la direction") < page.index("Oubli")


def test_file_of_counts_comes_in_once_by_name_or_label_and_corrects_only_with_a_reason(town: Database) -> None:
    lines = (
        "ml.interviews;2026;1 234;i-Milo;01/02/2026;\n"
        "Propositions faites;01/2026;12;i-Milo;01/02/2026;\n"
        "ml.financial_aid.Repas.amount_eur;2026;13.5;i-Milo;2026-02-01;\n"
    )
    assert counts(imported(town, "attested", HEADING + lines, dry_run=True)) == (3, 3, 0, 0)
    report = imported(town, "attested", HEADING + lines)
    assert (told(report), counts(report)) == ([], (3, 3, 0, 0))
    assert counts(imported(town, "attested", HEADING + lines)) == (3, 0, 3, 0)
    with town.reading() as db:
        named = {(row.indicator, row.period): row.value for row in counts_of_year(db, 2026)}
    assert named == {
        (FIGURE, "2026"): 42,
        ("ml.interviews", "2026"): 1234,
        ("ml.proposals", "2026-01"): 12,
        ("ml.financial_aid.Repas.amount_eur", "2026"): 135,
    }
    bare = imported(town, "attested", HEADING + f"{FIGURE};2026;43;i-Milo;01/02/2026;\n")
    assert [line for line, _column, said in told(bare) if "déjà attesté" in said] == [2]
    assert counts(imported(town, "attested", HEADING + f"{FIGURE};2026;43;i-Milo;01/02/2026;Erreur\n")) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("licorne;2026;1;i-Milo;01/02/2026;", "chiffre", "Aucun chiffre à attester"),
        ("mde.mobility.transit_passes;2026;1;i-Milo;01/02/2026;", "chiffre", "se compte ou se calcule ici"),
        ("ml.contacts;26;1;i-Milo;01/02/2026;", "période", "comme 2023"),
        ("ml.young_in_contact;2025-03;1;i-Milo;01/02/2026;", "période", "l’année entière"),
        ("ml.contacts;2025;beaucoup;i-Milo;01/02/2026;", "valeur", "n’est pas un nombre"),
        ("ml.contacts;2025;-1;i-Milo;01/02/2026;", "valeur", "négatif"),
        ("ml.contacts;2025;1,5;i-Milo;01/02/2026;", "valeur", "nombre entier"),
        ("ml.contacts;2025;1;;01/02/2026;", "source", "Il manque"),
        ("ml.contacts;2025;1;i-Milo;01/02/2027;", "attesté le", "avenir"),
    ],
)
def test_row_that_cannot_be_is_refused_with_its_line_and_column(
    town: Database, line: str, column: str, said: str
) -> None:
    ((number, where, sentence),) = told(imported(town, "attested", f"{HEADING}{line}\n"))
    assert (number, where) == (2, column)
    assert said in sentence


def test_figure_of_ones_own_is_seen_before_it_is_kept_and_then_counts(town: Database) -> None:
    desk, path = Desk(town), f"{OWN}/new/acts"
    typed = {"label": "Titres d’essai", "measure": "sum", "where_kind": "transit_pass", "year": "2026"}
    seen = desk.fill(path, "measure", **typed, see="1")
    assert (seen.status_code, "2026 1 1 ligne derrière" in text_of(seen)) == (200, True)
    with town.reading() as db:
        assert len(db.exec(select(CustomIndicator)).all()) == 2
    assert desk.fill(path, "measure", **typed).status_code == 303
    assert "Titres d’essai 1 – compté" in text_of(desk.get(f"{FIGURES}?q=essai&lang=fr"))
    refused = desk.fill(path, "measure", label="Quantités", measure="sum")
    assert (refused.status_code, "même unité" in text_of(refused)) == (422, True)


def test_figure_is_cut_in_parts_that_are_seen_first_and_then_counted_as_others(town: Database) -> None:
    desk, path = Desk(town), f"{OWN}/new/acts?lang=fr"
    with town.writing() as db:
        crowd_the_figures(db, 1)
        db.commit()
    typed = {"label": "Titres", "where_kind": ["transit_pass"], "cut": "month"}
    seen = desk.fill(path, "measure", **typed, see="1")
    assert "Ses parties en 2026" in text_of(seen)
    assert "janvier" in text_of(seen)
    with town.reading() as db:
        assert db.exec(select(CustomIndicator).where(col(CustomIndicator.label).startswith("Titres :"))).all() == []
    assert desk.fill(path, "measure", **{**typed, "cut": "sex"}).status_code == 303
    with town.reading() as db:
        found = {one.id: one for one in Evaluation(db, catalogue_of(db)).of_year(2026).values()}
        parts = [one for name, one in found.items() if name.startswith("own.titres_") and "sex" in one.definition.where]
    assert parts
    assert sum(one.value or 0 for one in parts) == found["own.titres"].value == 2


def test_every_kind_of_act_may_be_chosen_though_none_of_it_was_noted_of_late(town: Database) -> None:
    page = Desk(town).get(f"{OWN}/new/acts").get_data(as_text=True)
    assert [kind for kind in act_kinds() if f'name="where_kind" value="{kind}"' not in page] == []


def test_words_of_three_years_are_offered_though_no_other_year_is_asked_for(town: Database) -> None:
    with town.writing() as db:
        acts = [ActDraft("workshop", date(year, 5, 4), group_name=f"Atelier de {year}") for year in (2023, 2024, 2025)]
        note_acts(db, acts, now=NOW, account_id=None)
        db.commit()
    page = Desk(town).get(f"{OWN}/new/acts").get_data(as_text=True)
    offered = [year for year in (2023, 2024, 2025) if f'name="where_group" value="Atelier de {year}"' in page]
    assert offered == [2024, 2025]


def test_calculation_is_tried_in_the_last_year_over_that_has_acts(town: Database) -> None:
    desk, path = Desk(town), f"{OWN}/new/formula"
    assert form_of(desk.get(path).get_data(as_text=True), holding="op")["year"] == "2025"
    with town.writing() as db:
        note_acts(db, [ActDraft("workshop", date(2023, 5, 4), group_name="CV")], now=NOW, account_id=None)
        db.commit()
    assert form_of(desk.get(path).get_data(as_text=True), holding="op")["year"] == "2023"


def test_figure_is_not_cut_by_what_tells_of_health_nor_in_parts_without_end() -> None:
    draft = IndicatorDraft("Sorties", source="exits")
    with pytest.raises(BadDefinition, match="ne va pas avec"):
        parts_of(draft, "reason", {"health": "Santé"}, {})
    many = {f"{number}": f"Commune {number}" for number in range(31)}
    with pytest.raises(BadDefinition, match="31 chiffres"):
        parts_of(draft, "commune", many, many)
    ticked = parts_of(replace(draft, where={"commune": ("3", "4")}), "commune", many, many)
    assert [(one.words, one.draft.label, one.draft.where) for one in ticked] == [
        ("Commune 3", "Sorties : Commune 3", {"commune": ("3",)}),
        ("Commune 4", "Sorties : Commune 4", {"commune": ("4",)}),
    ]


def test_formula_of_ones_own_names_figures_and_refuses_to_divide_by_nothing(town: Database) -> None:
    desk, path = Desk(town), f"{OWN}/new/formula"
    typed = {"label": "Part", "op": "percent", "first": FIGURE, "second": "ml.contacts", "year": "2026"}
    assert "2026 100 %" in text_of(desk.fill(f"{path}?lang=fr", "op", **typed, see="1"))
    with town.writing() as db:
        attest(db, a_count("0", name="ml.interviews"), **BY)
        db.commit()
    refused = desk.fill(path, "op", **{**typed, "second": "ml.interviews"})
    assert (refused.status_code, "vaut 0 en 2026" in text_of(refused)) == (422, True)


def test_formula_takes_a_whole_label_and_the_name_of_a_part_of_a_list(town: Database) -> None:
    with town.writing() as db:
        entered(db)
        db.commit()
    desk, path, part = Desk(town), f"{OWN}/new/formula?lang=fr", "plie.participants_by_commune.{}"
    typed = {"label": "En tout", "op": "sum", "first": catalogue()["plie.participants"].label, "year": "2026"}
    seen = desk.fill(path, "op", **typed, second=part.format("Lambersart"), see="1")
    assert (seen.status_code, "2026 2 " in text_of(seen)) == (200, True)
    unknown = desk.fill(path, "op", **typed, second=part.format("Nulle part"))
    assert (unknown.status_code, "Aucun chiffre de cette année" in text_of(unknown)) == (422, True)
    assert desk.fill(path, "op", **typed, second=part.format("Lambersart")).status_code == 303
    with town.reading() as db:
        evaluation = Evaluation(db, catalogue_of(db))
        assert evaluation.of_year(2026)["own.en_tout"].value == 2
        hidden = hidden_in(evaluation, 2026, threshold=5).now
        number = db.exec(select(CustomIndicator.id).where(CustomIndicator.code == "en_tout")).one()
    assert {"own.en_tout", part.format("Lambersart")} <= set(hidden)
    assert f'value="{part.format("Lambersart")}"' in desk.get(f"{OWN}/{number}").get_data(as_text=True)
    assert "Lambersart" in text_of(desk.get(f"{FIGURES}/own.en_tout"))


def test_retired_figure_is_gone_from_the_list_and_comes_back(town: Database) -> None:
    desk, figure = Desk(town), f"{FIGURES}/own.titres_de_transport_remis_en_janvier"
    with town.reading() as db:
        number = db.exec(select(CustomIndicator.id).where(col(CustomIndicator.retired_at).is_(None))).one()
    answer = desk.press(f"{OWN}/{number}/retire", OWN)
    assert way_back(desk, answer) == f"{OWN}/{number}/back"
    assert desk.get(figure).status_code == 404
    assert desk.press(f"{OWN}/{number}/back", OWN).status_code == 303
    assert desk.get(figure).status_code == 200


def test_interface_for_programs_tells_a_year_that_is_over_without_few_people(town: Database) -> None:
    desk, path = Desk(town), "/api/v1/report/{}.json"
    assert desk.get(path.format(2025)).status_code == 404
    with town.writing() as db:
        attest(db, a_count("7", year=2025), **BY)
        attest(db, a_count("3", year=2025, name="ml.young_supported"), **BY)
        keep_compilation(db, count_year(db, 2025), now=NOW)
        keep_compilation(db, count_year(db, 2026), now=NOW)
        db.commit()
    assert desk.get(path.format(2026)).status_code == 404
    answer = desk.get(path.format(2025)).get_json()
    assert answer["figures"][FIGURE] == {
        "label": "Actes de contact",
        "value": 7,
        "unit": "act",
        "basis": "attested",
        "hidden": False,
    }
    young = answer["figures"]["ml.young_supported"]
    assert (young["value"], young["hidden"]) == (None, True)
    unknown = answer["figures"]["mde.mobility.transit_passes"]
    assert (unknown["value"], unknown["hidden"]) == (None, False)


def test_operand_of_the_year_before_is_hidden_as_that_year_hides_it(town: Database) -> None:
    name = "ml.young_supported"
    with town.writing() as db:
        for year, value in ((2025, "3"), (2026, "40")):
            attest(db, a_count(value, name=name, year=year), **BY)
        previous = worked_out(Op.PREVIOUS, name, label="L’an dernier")
        define(db, previous, **BY)
        db.commit()
    page = text_of(Desk(town, Role.READER).get(f"{FIGURES}/own.l_an_dernier?lang=fr"))
    assert "Jeunes accompagnés (masqué)" in page
    assert "Jeunes accompagnés (3)" in text_of(Desk(town).get(f"{FIGURES}/own.l_an_dernier?lang=fr"))


def test_page_of_a_figure_says_which_months_are_still_to_be_attested(town: Database) -> None:
    with town.writing() as db:
        for month in range(1, 11):
            attest(db, replace(a_count("4", name="ml.interviews"), period=f"2026-{month:02d}"), **BY)
        db.commit()
    for path in (f"{FIGURES}/ml.interviews", ATTESTED):
        assert "Attesté par mois, il manque : novembre, décembre." in text_of(Desk(town).get(f"{path}?lang=fr"))

"""One company typed in several ways is recognised; the order of two never matters, and each criterion says why."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_matching.companies import CompanyRecord, compare_companies, core_name, double_companies, same_company
from tests.support.depth import in_part

FORMS = ("SARL", "S.A.R.L.", "s a r l", "SAS", "S.A.", "Société", "Ets", "SASU", "EURL", "Association")
words = st.sampled_from(["Atelier", "Menuiserie", "Nord", "Dupont", "Hôtel", "Bœuf", "Éclat", "Transports", "Lys"])
names = st.lists(words, min_size=1, max_size=4).map(" ".join)
communes = st.sampled_from([(), ("59328",), ("59368",), ("Lambersart",), ("59328", "59368")])
sirens = st.sampled_from(["", "552100554", "732829320"])


@st.composite
def records(draw: st.DrawFn, number: int) -> CompanyRecord:
    siren = draw(sirens)
    return CompanyRecord(
        number,
        draw(names),
        siren=siren,
        sirets=(siren + draw(st.sampled_from(["00013", "00021"])),) if siren and draw(st.booleans()) else (),
        communes=draw(communes),
        domains=draw(st.sampled_from([(), ("lys.example",), ("nord.example",)])),
    )


@in_part(4)
@given(records(1), records(2))
def test_order_of_two_does_not_matter(first: CompanyRecord, second: CompanyRecord) -> None:
    assert compare_companies(first, second) == compare_companies(second, first)
    assert same_company(first, second) is same_company(second, first)


@in_part(4)
@given(st.tuples(records(1), records(2), records(3)))
def test_order_of_a_list_does_not_matter(three: tuple[CompanyRecord, ...]) -> None:
    found = [double_companies(order) for order in permutations(three)]
    assert all(one == found[0] for one in found)


@in_part(4)
@given(name=names, form=st.sampled_from(FORMS), before=st.booleans())
def test_legal_form_accents_capitals_and_points_do_not_matter(name: str, form: str, *, before: bool) -> None:
    plain = name.upper().replace("É", "E").replace("Ô", "O").replace("Œ", "OE")
    typed = f"{form} {plain}" if before else f"{plain} ({form})"
    assert core_name(typed) == core_name(name)
    first, second = CompanyRecord(1, name, communes=("59328",)), CompanyRecord(2, typed, communes=("59328",))
    assert same_company(first, second)
    assert compare_companies(first, second).score > 0.85


@in_part(4)
@given(records(1), records(2))
def test_what_is_certainly_one_is_proposed_unless_a_siren_says_no(first: CompanyRecord, second: CompanyRecord) -> None:
    pairs = double_companies([first, second])
    if same_company(first, second):
        assert [(pair.first_id, pair.second_id) for pair in pairs] == [(1, 2)]
    if first.siren and second.siren and first.siren != second.siren and not set(first.sirets) & set(second.sirets):
        assert not same_company(first, second)
        assert pairs == []


@pytest.mark.parametrize(
    ("typed", "core"),
    [
        ("S.A.R.L. L’Atelier du Nord", "atelier nord"),
        ("ATELIER DU NORD (SARL)", "atelier nord"),
        ("Société Générale", "generale"),
        ("SA", "sa"),
        ("L’Entreprise", "l entreprise"),
        ("G.E.I.Q. BTP", "btp"),
        ("H & M", "hm"),
    ],
)
def test_core_of_a_name_leaves_out_form_and_articles(typed: str, core: str) -> None:
    assert core_name(typed) == core


def test_another_commune_is_another_company_until_somebody_says_so() -> None:
    first, second = (
        CompanyRecord(1, "Boulangerie Lys", communes=("59328",)),
        CompanyRecord(2, "Boulangerie Lys", communes=("59368",)),
    )
    assert not same_company(first, second)
    criteria = {one.code: one.points for one in compare_companies(first, second).criteria}
    assert criteria == {"siren": None, "name": 8.0, "commune": -2.0, "domain": None}


@pytest.mark.parametrize(("domains", "proposed"), [((), True), (("lys.example",), False)])
def test_same_name_of_which_one_place_is_not_known_is_compared_by_a_person(
    domains: tuple[str, ...], *, proposed: bool
) -> None:
    known = CompanyRecord(1, "Boulangerie Lys", communes=("59328",), domains=("lys-nord.example",))
    typed = CompanyRecord(2, "SARL BOULANGERIE LYS", domains=domains)
    assert not same_company(known, typed), "never tied by itself"
    assert [pair.second_id for pair in double_companies([known, typed])] == ([2] if proposed else [])

"""What a title is taken for: sure ones by themselves, others as the person chooses, and the choice comes back."""

import pytest

from alpes_events.hiring.project import ProjectDraft, WorkDone
from alpes_events.hiring.understood import NONE_OF_THEM, kept_choices, understood, with_codes
from alpes_matching.occupations import Classification, Proposal

_WAITER, _BARMAN = Proposal("G1803", "Serveur", 0.46), Proposal("G1801", "Barman", 0.43)
_KNOWN = {
    "vendeuse": Classification(
        (Proposal("D1106", "Vendeur", 0.9), Proposal("D1214", "Prêt-à-porter", 0.05)), ask=False
    ),
    "serveur": Classification((_WAITER, _BARMAN), ask=True),
    "barman": Classification((Proposal("G1801", "Barman", 0.95), Proposal("G1803", "Serveur", 0.04)), ask=False),
}


def _classify(title: str) -> Classification:
    return _KNOWN.get(title, Classification((), ask=True))


def _codes(*titles: str, **choices: str) -> dict[str, str]:
    return {one.title: one.code for one in understood(titles, choices, _classify)}


def test_sure_title_is_taken_as_it_is_and_an_unsure_one_waits_for_its_person() -> None:
    assert _codes("vendeuse", "serveur", "licorne") == {"vendeuse": "D1106", "serveur": "", "licorne": ""}
    assert _codes("vendeuse", "serveur", serveur="G1801") == {"vendeuse": "D1106", "serveur": "G1801"}


def test_choice_outside_the_proposals_counts_for_nothing() -> None:
    assert _codes("serveur", "vendeuse", serveur="D1106", vendeuse="G1801") == {"serveur": "", "vendeuse": "D1106"}


def test_none_of_them_is_an_answer() -> None:
    assert _codes("vendeuse", vendeuse=NONE_OF_THEM) == {"vendeuse": ""}


@pytest.mark.parametrize(
    ("titles", "choices"),
    [
        (("vendeuse", "serveur"), {}),
        (("vendeuse", "serveur"), {"serveur": "G1801", "vendeuse": "D1214"}),
        (("serveur", "barman"), {}),
        (("serveur", "barman"), {"serveur": "G1803"}),
        (("vendeuse",), {"vendeuse": NONE_OF_THEM}),
    ],
)
def test_what_was_chosen_comes_back_from_what_is_kept(titles: tuple[str, ...], choices: dict[str, str]) -> None:
    first = understood(titles, choices, _classify)
    kept = with_codes(ProjectDraft(titles=titles), first)
    assert understood(titles, kept_choices(kept, _classify), _classify) == first


def test_work_done_gets_the_code_of_its_title_and_keeps_its_months() -> None:
    draft = ProjectDraft(titles=("serveur",), experience=(WorkDone("vendeuse", 18), WorkDone("licorne", 2)))
    kept = with_codes(draft, understood(("serveur", "vendeuse", "licorne"), {}, _classify))
    assert kept.rome_codes == ()
    assert kept.experience == (WorkDone("vendeuse", 18, "D1106"), WorkDone("licorne", 2))


def test_title_out_of_reason_is_not_looked_up() -> None:
    asked: list[str] = []

    def looks(title: str) -> Classification:
        asked.append(title)
        return _classify(title)

    understood(["x" * 101, *(f"métier {number}" for number in range(20))], {}, looks)
    assert asked == [f"métier {number}" for number in range(8)]

"""What a score may depend on, and what it may not."""

from dataclasses import replace
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from alpes_matching.ranking import (
    CRITERIA,
    START,
    CandidateProfile,
    Distances,
    Experience,
    Key,
    Licence,
    Occupation,
    OfferProfile,
    Skill,
    skill,
    why,
)
from tests.support.depth import in_part
from tests.support.profiles import SKILLS, candidates, distances, few, offers

dear = in_part(6)


def changed(profile: Any, field: str, value: object) -> Any:
    """A profile with another value in one field."""
    return replace(profile, **{field: value})


NOTHING: dict[str, Any] = {
    **dict.fromkeys(("training_level", "weekly_minutes", "starts_on", "contract", "experience_months")),
    **dict.fromkeys(("licences", "times", "languages"), frozenset()),
}
FIELD_OF = {"training_level": "training", "licences": "licence", "weekly_minutes": "hours", "times": "times",
            "starts_on": "availability", "contract": "contract", "languages": "languages",
            "experience_months": "experience"}  # fmt: skip
SAID = ("occupations", "skills", "experience", "training_level", "licences", "times", "available_on",
        "contracts", "languages")  # fmt: skip


@dear
@given(offers(), candidates(), distances)
def test_what_is_unknown_neither_raises_nor_lowers(
    offer: OfferProfile, candidate: CandidateProfile, ways: Distances
) -> None:
    """Without an answer a criterion gives exactly 0 and caps nothing."""
    for reason in why(offer, candidate, distances=ways).reasons:
        if reason.state != "known":
            assert (reason.contribution, reason.cap, reason.value) == (0, None, None)


@dear
@given(offers(), candidates(), distances, st.sampled_from(SAID))
def test_taking_an_answer_back_takes_its_contribution_back(
    offer: OfferProfile, candidate: CandidateProfile, ways: Distances, field: str
) -> None:
    """And nothing else: what spoke against somebody speaks no longer, what spoke for them neither."""
    before = why(offer, candidate, distances=ways)
    nothing: frozenset[Any] | None = (
        None if field in {"experience", "training_level", "licences", "available_on"} else frozenset()
    )
    after = why(offer, changed(candidate, field, nothing), distances=ways)
    differ = [(one, other) for one, other in zip(before.reasons, after.reasons, strict=True) if one != other]
    assert all(other.contribution == 0 and other.cap is None for _one, other in differ)
    assert after.total.uncapped == before.total.uncapped - sum(one.contribution for one, _other in differ)


@dear
@given(offers(), distances)
def test_who_said_nothing_stands_in_the_middle_of_every_offer(offer: OfferProfile, ways: Distances) -> None:
    assert why(offer, CandidateProfile(key=Key("c")), distances=ways).score == START


@dear
@given(candidates(), distances)
def test_offer_that_says_nothing_is_in_the_middle_for_everybody(candidate: CandidateProfile, ways: Distances) -> None:
    assert why(OfferProfile(key=Key("o")), candidate, distances=ways).score == START


@dear
@given(
    offers(),
    candidates(),
    st.frozensets(st.integers(0, 10**6).map(lambda number: Skill(f"other-{number}")), max_size=20),
)
def test_skill_that_is_not_asked_changes_nothing(
    offer: OfferProfile, candidate: CandidateProfile, more: frozenset[Skill]
) -> None:
    """A long list of skills is worth no more than the ones that are asked."""
    assume(candidate.skills)
    assert why(offer, replace(candidate, skills=candidate.skills | more)).reasons == why(offer, candidate).reasons


@dear
@given(offers(), candidates(), st.sampled_from(SKILLS))
def test_skill_more_never_lowers_a_score_that_knew_of_skills(
    offer: OfferProfile, candidate: CandidateProfile, more: Skill
) -> None:
    assume(candidate.skills)
    better = replace(candidate, skills=candidate.skills | {more})
    assert why(offer, better).score >= why(offer, candidate).score


@dear
@given(offers(), candidates(), st.sampled_from(["required_skills", "desired_skills"]), few(SKILLS).filter(bool))
def test_skill_no_longer_asked_never_raises_who_has_it(
    offer: OfferProfile, candidate: CandidateProfile, field: str, asked: frozenset[Skill]
) -> None:
    """An offer does not climb for asking less: for who has what it asked it falls or stays."""
    offer = replace(offer, required_skills=frozenset(), desired_skills=frozenset())
    candidate = replace(candidate, skills=candidate.skills | {min(asked)})
    before = why(changed(offer, field, asked), candidate)
    assert why(changed(offer, field, asked - {min(asked)}), candidate).total.uncapped <= before.total.uncapped


@dear
@given(offers(), candidates(), st.sampled_from(sorted(NOTHING)))
def test_requirement_no_longer_asked_leaves_only_the_middle(
    offer: OfferProfile, candidate: CandidateProfile, field: str
) -> None:
    """Who met it falls, who missed it rises, each by what it gave or took: asking nothing is worth nothing."""
    before, after = why(offer, candidate), why(changed(offer, field, NOTHING[field]), candidate)
    gone = before.contributions[FIELD_OF[field]]
    assert after.contributions[FIELD_OF[field]] == 0
    assert after.total.uncapped == before.total.uncapped - gone


@dear
@given(offers(), candidates(), distances)
def test_missing_must_have_caps_the_score_and_is_said(
    offer: OfferProfile, candidate: CandidateProfile, ways: Distances
) -> None:
    told = why(offer, candidate, distances=ways)
    missing = [reason for reason in told.reasons if reason.cap is not None]
    assert (told.capped is not None) == bool(missing)
    for reason in missing:
        assert told.score <= (reason.cap or 0)
        assert told.capped is not None
        assert reason.label.french in told.capped.french
        assert reason.label.english in told.capped.english


@dear
@given(offers(), candidates(), distances)
def test_change_gives_what_it_promises(offer: OfferProfile, candidate: CandidateProfile, ways: Distances) -> None:
    before = why(offer, candidate, distances=ways)
    for change in before.changes:
        after = why(offer, change.candidate, distances=ways)
        assert after.total == change.total
        assert change.gain == after.score - before.score >= 0
        assert (after.score, after.total.uncapped) > (before.score, before.total.uncapped)


def test_licence_that_is_missing_is_the_first_change() -> None:
    offer = OfferProfile(
        key=Key("o"),
        occupations=frozenset({Occupation("D1102")}),
        licences=frozenset({Licence.B}),
        required_skills=frozenset({skill("Pétrissage"), skill("Travail en équipe")}),
    )
    candidate = CandidateProfile(
        key=Key("c"), occupations=offer.occupations, skills=offer.required_skills, licences=frozenset()
    )
    told = why(offer, candidate)
    assert told.capped is not None
    assert (told.score, told.capped.english) == (5000, "Capped at 50%: Driving licence.")
    first = told.changes[0]
    assert (first.sentence.french, first.gain, first.lifts_the_cap) == ("Avec le permis B", 2200, True)
    assert first.told.french == "Avec le permis B : +22 points sur 100, sans plafond."
    assert first.told.english == "With driving licence B: +22 points of 100, capped no more."
    assert [reason.sentence.french for reason in told.reasons if reason.state == "known"] == [
        "Le métier de l’offre est recherché.",
        "Compétences demandées : toutes déclarées (2).",
        "Permis demandé et manquant : B.",
    ]


def test_weights_sum_to_the_whole_and_every_part_is_bounded() -> None:
    assert sum(criterion.weight for criterion in CRITERIA) == 100
    for criterion in CRITERIA:
        parts = [criterion.contribution(value) for value in (0, 5000, 10_000)]
        assert parts == [-50 * criterion.weight, 0, 50 * criterion.weight]


def test_experience_beyond_what_is_asked_is_no_better() -> None:
    """Years of work tell an age: they count up to what the offer asks."""
    offer = OfferProfile(key=Key("o"), occupations=frozenset({Occupation("D1102")}), experience_months=12)
    scores = [
        why(
            offer, CandidateProfile(key=Key("c"), experience=frozenset({Experience(Occupation("D1102"), months)}))
        ).score
        for months in (0, 6, 12, 13, 700)
    ]
    assert scores == [4500, 5000, 5500, 5500, 5500]

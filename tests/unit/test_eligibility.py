"""Eligibility: a gate in three values on dated proofs, by the clause's list and by the rule of the IAE."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_matching.eligibility import (
    CLAUSE_PUBLICS,
    IAE_CRITERIA,
    Answer,
    Criteria,
    Criterion,
    Level,
    Proof,
    Siae,
    UnknownCriterionError,
    Way,
    WrongCriteriaError,
    WrongProofError,
    any_of,
    assess,
    clause_criteria,
    eligible_until,
    iae_criteria,
)
from alpes_matching.eligibility.gate import wanting, whole
from tests.support.depth import in_part

DAY = date(2023, 5, 31)
SECOND = [criterion.code for criterion in IAE_CRITERIA if criterion.level is Level.TWO]
NO_EXCLUSION = [Proof("WAITING", DAY, holds=False), Proof("EMPLOYED", DAY, holds=False)]


def _proved(*codes: str) -> list[Proof]:
    return [Proof(code, DAY) for code in codes] + NO_EXCLUSION


def test_clause_is_open_by_one_public_proved_that_day() -> None:
    found = assess(clause_criteria(["RSA", "QPV"]), [Proof("QPV", date(2023, 1, 2))], DAY)
    assert found.answer is Answer.YES
    assert [(one.criterion.code, one.answer) for one in found.criteria] == [
        ("RSA", Answer.UNKNOWN),
        ("QPV", Answer.YES),
    ]
    assert (found.criteria[1].since, found.criteria[1].until) == (date(2023, 1, 2), date(2023, 7, 2))


@pytest.mark.parametrize(
    ("issued_on", "answer"),
    [
        (date(2023, 2, 28), Answer.UNKNOWN),
        (date(2023, 3, 1), Answer.YES),
        (DAY, Answer.YES),
        (date(2023, 6, 1), Answer.UNKNOWN),
    ],
)
def test_certificate_is_taken_for_three_months_and_not_before_its_date(issued_on: date, answer: Answer) -> None:
    assert assess(clause_criteria(["RSA"]), [Proof("RSA", issued_on)], DAY).answer is answer


def test_expired_proof_leaves_unknown_and_is_named() -> None:
    old = Proof("RSA", date(2022, 1, 1))
    found = assess(clause_criteria(["RSA"]), [old], DAY)
    assert found.answer is Answer.UNKNOWN
    assert found.criteria[0].proof == old
    assert [criterion.code for criterion in found.wanting] == ["RSA"]


def test_document_that_says_the_contrary_is_a_no() -> None:
    assert assess(clause_criteria(["RSA"]), [Proof("RSA", DAY, holds=False)], DAY).answer is Answer.NO


def test_newest_proof_speaks_and_two_of_one_day_that_disagree_are_not_known() -> None:
    first, newer = Proof("RSA", date(2023, 4, 1)), Proof("RSA", date(2023, 5, 1), holds=False)
    assert assess(clause_criteria(["RSA"]), [newer, first], DAY).answer is Answer.NO
    against = Proof("RSA", date(2023, 4, 1), holds=False)
    assert assess(clause_criteria(["RSA"]), [first, against], DAY).answer is Answer.UNKNOWN


@pytest.mark.parametrize("kind", list(Siae))
@pytest.mark.parametrize("code", ["RSA", "ASS", "AAH", "DETLD"])
def test_one_criterion_of_the_first_level_opens_every_structure(kind: Siae, code: str) -> None:
    assert assess(iae_criteria(kind), _proved(code), DAY).answer is Answer.YES


@pytest.mark.parametrize(
    ("kind", "needed"), [(Siae.AI, 2), (Siae.ETTI, 2), (Siae.ACI, 3), (Siae.EI, 3), (Siae.EITI, 3)]
)
def test_second_level_asks_for_two_or_three_by_kind(kind: Siae, needed: int) -> None:
    criteria = iae_criteria(kind)
    assert assess(criteria, _proved(*SECOND[:needed]), DAY).answer is Answer.YES
    assert assess(criteria, _proved(*SECOND[: needed - 1]), DAY).answer is Answer.UNKNOWN
    others = [Proof(one.code, DAY, holds=False) for one in IAE_CRITERIA if one.code not in SECOND[: needed - 1]]
    assert (
        assess(criteria, [*_proved(*SECOND[: needed - 1]), *others, Proof("PASS", DAY, holds=False)], DAY).answer
        is Answer.NO
    )


def test_exclusion_closes_and_an_unknown_one_leaves_unknown() -> None:
    criteria = iae_criteria(Siae.ACI)
    excluded = [Proof("RSA", DAY), Proof("WAITING", DAY), Proof("EMPLOYED", DAY, holds=False)]
    assert assess(criteria, [Proof("RSA", DAY)], DAY).answer is Answer.UNKNOWN
    assert assess(criteria, [*excluded, Proof("PASS", DAY, holds=False)], DAY).answer is Answer.NO


def test_valid_pass_prevails_over_all_else_and_an_expired_one_does_not() -> None:
    against = [Proof(one.code, DAY, holds=False) for one in IAE_CRITERIA] + [Proof("WAITING", DAY)]
    valid = Proof("PASS", date(2022, 6, 1), valid_until=date(2023, 6, 1))
    over = Proof("PASS", date(2021, 5, 31), valid_until=DAY)
    assert assess(iae_criteria(Siae.ETTI), [*against, valid], DAY).answer is Answer.YES
    assert assess(iae_criteria(Siae.ETTI), [*against, over], DAY).answer is Answer.UNKNOWN


def test_proofs_of_other_criteria_are_given_back() -> None:
    other = Proof("PLIE", DAY)
    assert assess(clause_criteria(["RSA"]), [other], DAY).unused == (other,)


@pytest.mark.parametrize(
    ("hired_on", "months", "until"),
    [
        (date(2023, 1, 15), 24, date(2025, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(9999, 1, 1), 24, date.max),
    ],
)
def test_eligibility_lasts_whole_months_from_the_first_hire(hired_on: date, months: int, until: date) -> None:
    assert eligible_until(hired_on, months=months) == until


def test_wrong_lists_and_wrong_proofs_are_refused() -> None:
    one = Criterion("A", "a", "p")
    with pytest.raises(UnknownCriterionError, match="RSSA"):
        clause_criteria(["RSSA"])
    with pytest.raises(WrongCriteriaError):
        clause_criteria([])
    with pytest.raises(WrongCriteriaError):
        any_of([one, one])
    with pytest.raises(WrongCriteriaError):
        Criteria((one,), (Way(2, frozenset({"A"})),))
    with pytest.raises(UnknownCriterionError):
        Criteria((one,), (Way(1, frozenset({"A"})),), exclusions=frozenset({"B"}))
    with pytest.raises(WrongProofError):
        Proof("A", DAY, valid_until=DAY)


CODES = "ABCDEF"
ANSWERS = st.fixed_dictionaries({code: st.sampled_from(Answer) for code in CODES})
LISTED = tuple(Criterion(code, code, "") for code in CODES)
RULES = st.sampled_from(
    [
        any_of(LISTED[:4]),
        Criteria(
            LISTED,
            (Way(1, frozenset("A")), Way(2, frozenset("BCD"))),
            exclusions=frozenset("E"),
            prevailing=frozenset("F"),
        ),
        Criteria(LISTED, (Way(3, frozenset("ABCD")),), exclusions=frozenset("EF")),
        Criteria(LISTED, (), prevailing=frozenset("F")),
    ]
)


def _settled(known: Mapping[str, Answer]) -> list[dict[str, Answer]]:
    """Every way in which what is not known may turn out."""
    open_ = [code for code, answer in known.items() if answer is Answer.UNKNOWN]
    return [
        dict(known) | dict(zip(open_, turned, strict=True))
        for turned in product((Answer.YES, Answer.NO), repeat=len(open_))
    ]


@in_part(4)
@given(RULES, ANSWERS)
def test_answer_is_known_just_when_every_way_of_turning_out_gives_it(rule: Criteria, known: dict[str, Answer]) -> None:
    ends = {whole(rule, settled) for settled in _settled(known)}
    assert whole(rule, known) is (ends.pop() if len(ends) == 1 else Answer.UNKNOWN)


@in_part(4)
@given(RULES, ANSWERS)
def test_wanting_are_just_those_that_can_change_the_answer(rule: Criteria, known: dict[str, Answer]) -> None:
    pivotal = {
        code
        for code, answer in known.items()
        if answer is Answer.UNKNOWN
        and any(
            whole(rule, settled | {code: Answer.YES}) is not whole(rule, settled | {code: Answer.NO})
            for settled in _settled(known)
        )
    }
    assert wanting(rule, known) == pivotal


@in_part(4)
@given(
    st.lists(st.sampled_from([one.code for one in CLAUSE_PUBLICS]), min_size=1), st.integers(-400, 400), st.randoms()
)
def test_order_of_proofs_changes_nothing(codes: list[str], days: int, chance: object) -> None:
    proofs = [Proof(code, DAY + timedelta(days=days % (30 + number))) for number, code in enumerate(codes)]
    turned = sorted(proofs, key=lambda _proof: chance.random())  # type: ignore[attr-defined]
    criteria = clause_criteria(codes)
    assert assess(criteria, proofs, DAY).answer is assess(criteria, turned, DAY).answer

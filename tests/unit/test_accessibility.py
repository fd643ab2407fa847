"""The level of accessibility that the site tells: only an audit makes it more than « non conforme »."""

from datetime import date

import pytest

from alpes_web.accessibility import CHECKS, CONFORMING, NOT_CONFORMING, PARTLY_CONFORMING, measured, of_json

FILE = {"made_on": "2026-11-28", "pages": 3, "widths": [320], "tools": [], "faults": {}, "audit": None}


@pytest.mark.parametrize(
    ("met", "applicable", "level"),
    [
        (0, 0, NOT_CONFORMING),
        (49, 100, NOT_CONFORMING),
        (50, 100, PARTLY_CONFORMING),
        (105, 106, PARTLY_CONFORMING),
        (106, 106, CONFORMING),
    ],
)
def test_level_is_that_of_the_criteria_met(met: int, applicable: int, level: str) -> None:
    audit = {"made_on": "2026-03-02", "made_by": "Cabinet", "met": met, "applicable": applicable}
    found = of_json(FILE | {"audit": audit})
    assert found.audit is not None
    assert found.audit.made_on == date(2026, 3, 2)
    assert found.level == level


def test_without_an_audit_there_is_no_conformity_however_clean_the_checks() -> None:
    assert of_json(FILE | {"faults": dict.fromkeys(CHECKS, 0)}).level == NOT_CONFORMING


def test_file_of_the_site_holds_a_measure_of_every_check() -> None:
    assert measured().faults.keys() == CHECKS.keys()
    assert measured().pages > 0

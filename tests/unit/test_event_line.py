"""The line of the yearly report: numbers agree with their words, and what was not collected is left out."""

import pytest

from alpes_events.statistics.event_line import LineValues, event_line

PUBLISHED = LineValues(exhibitors=11, participants=56, participants_territory=29, interviews=83)


@pytest.mark.parametrize(
    ("values", "french", "english"),
    [
        (
            PUBLISHED,
            "11 exposants – 56 participants dont 29 MNO – 83 entretiens réalisés",
            "11 exhibitors – 56 participants, 29 of them from MNO – 83 interviews held",
        ),
        (
            LineValues(exhibitors=1, participants=1, participants_territory=0, interviews=1),
            "1 exposant – 1 participant dont 0 MNO – 1 entretien réalisé",
            "1 exhibitor – 1 participant, 0 of them from MNO – 1 interview held",
        ),
        (
            LineValues(exhibitors=171, visitors=1_559, demonstrations=15),
            "171 exposants – 1 559 visiteurs – 15 démonstrations",
            "171 exhibitors – 1,559 visitors – 15 demonstrations",
        ),
        (
            LineValues(participants_territory=18),
            "18 participants MNO (total non relevé)",
            "18 participants from MNO (total not recorded)",
        ),
        (LineValues(participants=0), "0 participant", "0 participants"),
        (LineValues(), "Chiffres non relevés", "Figures not recorded"),
    ],
)
def test_line_reads_as_the_report_prints_it(values: LineValues, french: str, english: str) -> None:
    assert event_line(values, territory="MNO") == french
    assert event_line(values, territory="MNO", language="en") == english

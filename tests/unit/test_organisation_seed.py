"""The seed file of an organisation: the example is read whole, and a bad file says what to change."""

from datetime import date
from pathlib import Path

import pytest

from alpes_events.territory.communes import bundled_communes
from alpes_events.territory.priority_districts import generation_on
from alpes_events.territory.seed import BadSeed, parse_seed, read_seed
from alpes_events.territory.time_zone import ZoneRefused

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "organisation.toml"
HEAD = '[identity]\nname = "A"\nshort_name = "A"\nuid_domain = "a.example.org"\n'


def test_example_names_ten_communes_that_the_bundled_list_knows() -> None:
    seed = read_seed(EXAMPLE)
    known = {record.insee_code for record in bundled_communes()}
    members = {member.insee_code for member in seed.territory.members}
    assert len(members) == 10
    assert members <= known
    assert [series.short_name for series in seed.series] == ["", "DTJ", ""]
    assert seed.rules["retention_months"] == 24


def test_member_with_days_keeps_them() -> None:
    seed = parse_seed(
        HEAD + '[territory]\ncode = "T"\nname = "T"\nshort_name = "T"\n'
        'communes = ["59328", { insee_code = "59090", from_on = 2026-01-01, until_on = 2028-01-01 }]'
    )
    assert seed.territory.members[1].until_on == date(2028, 1, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[identity", "n’est pas du TOML valable"),
        (HEAD, "Il manque « territory »"),
        (HEAD + '[territory]\ncode = "T"\nname = "T"\nshort_name = "T"\ncommunes = [{ insee = "59090" }]', "insee"),
    ],
)
def test_bad_file_says_what_to_change(text: str, sentence: str) -> None:
    with pytest.raises(BadSeed, match=sentence):
        parse_seed(text)


PLACE = '[territory]\ncode = "T"\nname = "T"\nshort_name = "T"\ncommunes = ["59328"]\n'


@pytest.mark.parametrize("zone", ["Europe/Lille", "Europe/", "../etc/passwd", "", "Africa/Casablanca"])
def test_zone_that_calendars_cannot_say_is_refused_where_it_is_set(zone: str) -> None:
    with pytest.raises(ZoneRefused, match=f"Le fuseau horaire « {zone} »") as refusal:
        parse_seed(HEAD + f'time_zone = "{zone}"\n' + PLACE)
    assert refusal.value.field == "time_zone"
    assert parse_seed(HEAD + 'time_zone = "Indian/Reunion"\n' + PLACE).identity["time_zone"] == "Indian/Reunion"


def test_unreadable_file_is_named() -> None:
    with pytest.raises(BadSeed, match=r"nowhere\.toml"):
        read_seed(Path("nowhere.toml"))


@pytest.mark.parametrize(
    ("day", "year"), [(date(2014, 12, 31), None), (date(2023, 12, 31), 2015), (date(2024, 1, 1), 2024)]
)
def test_list_of_districts_changes_with_2024(day: date, year: int | None) -> None:
    generation = generation_on(day)
    assert (generation.year if generation else None) == year

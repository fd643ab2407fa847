"""`alpes doctor` names what is in the way, and `alpes db seed` removes two of the things it names."""

import json
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from alpes_events.database.engine import Database
from alpes_events.jobs.models import Leader
from alpes_events.people.models import Account, Role
from alpes_events.people.protection import SecondFactor
from alpes_events.settings.deployment import Deployment, MailServer
from alpes_events.territory.models import Organisation
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.stories import NOW, ORGANISATION

SETTINGS = Deployment(
    backup_folder=Path("no-backups-here"),
    secret_key="une-phrase-assez-longue-pour-un-secret-0123456789",
    base_url="https://agenda.example.org",
    mail=MailServer(host="", sender=""),
)


def findings(database: Database, settings: Deployment = SETTINGS) -> dict[str, str]:
    """Verdict by subject, as `alpes doctor --json` gives them."""
    result = CliRunner().invoke(main, ["doctor", "--json"], obj=_terminal(database, settings))
    return {item["about"]: item["verdict"] for item in json.loads(result.output)["findings"]}


def _terminal(database: Database, settings: Deployment = SETTINGS) -> Terminal:
    return Terminal(settings=settings, database=database, now=lambda: NOW)


def test_doctor_names_everything_a_new_installation_lacks(database: Database) -> None:
    found = findings(database)
    lacking = {about for about, verdict in found.items() if verdict == "bad"}
    assert lacking == {"mail", "organisation", "communes", "accounts", "scheduler"}


def test_doctor_is_content_once_all_is_there(database: Database, tmp_path: Path) -> None:
    seed_file = tmp_path / "organisation.toml"
    seed_file.write_text(ORGANISATION, encoding="utf-8")
    seeded = CliRunner().invoke(main, ["db", "seed", str(seed_file)], obj=_terminal(database))
    assert seeded.exit_code == 0, seeded.output
    with database.writing() as db:
        db.add(Account(email="a@example.org", name="A", role=Role.COORDINATOR, created_at=NOW))
        db.merge(Leader(id=1, holder="x", beat_at=NOW, leased_until=NOW))
        db.commit()
    settings = replace(SETTINGS, demo=True)
    assert set(findings(database, settings).values()) == {"well", "look"}


def test_doctor_asks_what_stands_before_a_site_in_https(database: Database) -> None:
    assert findings(database)["proxy"] == "look"
    assert "proxy" not in findings(database, replace(SETTINGS, proxy_count=1))


def test_doctor_names_a_zone_that_calendars_cannot_say(organised: Database) -> None:
    assert "time_zone" not in findings(organised)
    with organised.writing() as db:
        db.get_one(Organisation, 1).time_zone = "Europe/Lille"
        db.commit()
    assert findings(organised)["time_zone"] == "bad"


def test_doctor_names_administrators_with_a_password_alone(organised: Database) -> None:
    assert "second_factor" not in findings(organised)
    with organised.writing() as db:
        closed = Account(email="b@example.org", name="B", role=Role.ADMINISTRATOR, created_at=NOW, disabled_at=NOW)
        chief = Account(email="a@example.org", name="A", role=Role.ADMINISTRATOR, created_at=NOW)
        db.add_all([chief, closed])
        db.commit()
        chief_id = chief.id or 0
    assert findings(organised)["second_factor"] == "look"
    with organised.writing() as db:
        db.add(SecondFactor(account_id=chief_id, salt="0" * 32, set_at=NOW))
        db.commit()
    assert "second_factor" not in findings(organised)


def test_doctor_goes_on_after_a_secret_that_will_not_do(database: Database, tmp_path: Path) -> None:
    terminal = Terminal(database=database, now=lambda: NOW)
    environment = {"ALPES_SECRET_KEY": "short", "ALPES_BACKUP_FOLDER": str(tmp_path)}
    result = CliRunner().invoke(main, ["doctor", "--json"], obj=terminal, env=environment)
    found = {item["about"] for item in json.loads(result.output)["findings"] if item["verdict"] == "bad"}
    assert {"settings", "mail", "organisation", "scheduler"} <= found


def test_backup_made_by_hand_contents_the_doctor(database: Database, tmp_path: Path) -> None:
    settings = replace(SETTINGS, backup_folder=tmp_path)
    assert findings(database, settings)["backup"] == "look"
    assert CliRunner().invoke(main, ["db", "backup"], obj=_terminal(database, settings)).exit_code == 0
    assert "backup" not in findings(database, settings)


def test_seeding_twice_changes_nothing(database: Database, tmp_path: Path) -> None:
    seed_file = tmp_path / "organisation.toml"
    seed_file.write_text(ORGANISATION, encoding="utf-8")
    first, second = (
        CliRunner().invoke(main, ["db", "seed", str(seed_file)], obj=_terminal(database)) for _ in range(2)
    )
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "déjà" in second.output or "already" in second.output

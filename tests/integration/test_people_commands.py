"""The commands `alpes user` and `alpes people`."""

import json
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner, Result
from sqlmodel import select

from alpes_events.database.engine import Database
from alpes_events.messages.models import OutboxMessage
from alpes_events.people.accounts import account_of_email, account_with_password
from alpes_events.people.audit import Access, accesses
from alpes_events.people.models import Candidate
from alpes_events.people.protection import SecondFactor
from alpes_events.privacy.erasure import erase_person
from alpes_events.settings.deployment import Deployment
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.stories import NOW, an_event, an_organisation, signs_up, somebody

SETTINGS = Deployment(secret_key="une-phrase-assez-longue-pour-un-secret-0123456789")


def _run(database: Database, folder: Path, *words: str, typed: str = "") -> Result:
    terminal = Terminal(settings=replace(SETTINGS, backup_folder=folder), database=database, now=lambda: NOW)
    return CliRunner().invoke(main, list(words), obj=terminal, input=typed, env={"LC_ALL": "fr_FR.UTF-8"})


def test_user_is_created_once_and_disabled(database: Database, tmp_path: Path) -> None:
    make = ("user", "create", "anne@example.org", "--name", "Anne Martin", "--role", "administrator")
    assert _run(database, tmp_path, *make, typed="court\ncourt\n").exit_code == 1
    made = _run(database, tmp_path, *make, typed="une phrase assez longue\n" * 2)
    assert (made.exit_code, "une phrase" in made.output) == (0, False)
    again = _run(database, tmp_path, *make, "--generate")
    assert (again.exit_code, "déjà un compte" in again.output) == (1, True)
    assert _run(database, tmp_path, "user", "create", "x@example.org", "--role", "king").exit_code == 2
    with database.reading() as db:
        assert account_with_password(db, email="anne@example.org", password="une phrase assez longue") == 1
    last = _run(database, tmp_path, "user", "disable", "anne@example.org")
    assert (last.exit_code, "dernier compte" in last.output) == (1, True)
    other = _run(database, tmp_path, *[*make[:2], "bob@example.org", *make[3:]], "--generate", "--json")
    with database.reading() as db:
        generated = json.loads(other.output)["password"]
        assert account_with_password(db, email="bob@example.org", password=generated) == 2
    assert _run(database, tmp_path, "user", "disable", "anne@example.org").exit_code == 0
    with database.reading() as db:
        assert account_of_email(db, "anne@example.org").disabled_at == NOW
    assert _run(database, tmp_path, "user", "disable", "nobody@example.org").exit_code == 1


def test_password_that_was_lost_is_given_anew_from_the_terminal(database: Database, tmp_path: Path) -> None:
    make = ("user", "create", "anne@example.org", "--name", "Anne Martin", "--role", "administrator", "--generate")
    assert _run(database, tmp_path, *make).exit_code == 0
    assert _run(database, tmp_path, "user", "password", "nobody@example.org", "--generate").exit_code == 1
    assert _run(database, tmp_path, "user", "password", "anne@example.org", typed="court\ncourt\n").exit_code == 1
    given = json.loads(_run(database, tmp_path, "user", "password", "anne@example.org", "--generate", "--json").output)
    with database.reading() as db:
        assert account_with_password(db, email="anne@example.org", password=given["password"]) == given["id"] == 1


def test_invited_account_has_no_password_until_its_owner_chooses_one(database: Database, tmp_path: Path) -> None:
    an_organisation(database)
    make = ("user", "create", "anne@example.org", "--name", "Anne Martin", "--role", "advisor", "--invite")
    made = _run(database, tmp_path, *make)
    assert (made.exit_code, "L’invitation part" in made.output) == (0, True)
    again = _run(database, tmp_path, "user", "invite", "anne@example.org", "--json")
    assert json.loads(again.output) == {"id": 1}
    assert _run(database, tmp_path, "user", "invite", "nobody@example.org").exit_code == 1
    with database.reading() as db:
        assert account_of_email(db, "anne@example.org").password_hash is None
        owed = db.exec(select(OutboxMessage.kind)).all()
        assert owed == ["invitation"] * 2
    assert _run(database, tmp_path, "user", "disable", "anne@example.org").exit_code == 0
    assert _run(database, tmp_path, "user", "enable", "anne@example.org").exit_code == 0
    with database.reading() as db:
        assert account_of_email(db, "anne@example.org").disabled_at is None


def test_last_administrator_who_lost_their_phone_gets_back_in_and_is_told(database: Database, tmp_path: Path) -> None:
    an_organisation(database)
    make = ("user", "create", "anne@example.org", "--name", "Anne Martin", "--role", "administrator", "--generate")
    assert _run(database, tmp_path, *make).exit_code == 0
    with database.writing() as db:
        db.add(SecondFactor(account_id=1, salt="0" * 32, set_at=NOW))
        db.commit()
    reset = ("user", "reset-second-factor", "anne@example.org")
    assert json.loads(_run(database, tmp_path, *reset, "--json").output) == {"id": 1, "removed": True}
    assert "n’a pas de connexion en deux temps" in _run(database, tmp_path, *reset).output
    with database.reading() as db:
        assert db.exec(select(SecondFactor)).all() == []
        assert [message.facts["change"] for message in db.exec(select(OutboxMessage))] == ["second_factor_reset"]


def test_person_is_exported_with_a_trace_and_erased_on_confirmation(database: Database, tmp_path: Path) -> None:
    an_organisation(database)
    with database.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
        person = db.exec(select(Candidate.id)).one() or 0
    file = tmp_path / "copy.json"
    assert _run(database, tmp_path, "people", "export", str(person), "--output", str(file)).exit_code == 0
    assert json.loads(file.read_text())["tables"]["candidate"][0]["email"] == somebody(1).email
    assert file.stat().st_mode & 0o077 == 0
    with database.reading() as db:
        assert accesses(db) == [Access(NOW, "exported", None, ("candidate", person), 1)]
    assert _run(database, tmp_path, "people", "erase", str(person), typed="n\n").exit_code == 1
    done = _run(database, tmp_path, "people", "erase", str(person), typed="y\n")
    assert "1 fiche effacée." in done.output
    assert _run(database, tmp_path, "people", "erase", str(person), "--yes").exit_code == 1
    assert (tmp_path / "erased.txt").read_text().strip().startswith(f"{person} ")


def test_restored_backup_does_not_bring_erased_people_back(database: Database, tmp_path: Path) -> None:
    an_organisation(database)
    with database.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
        person = db.exec(select(Candidate.id)).one() or 0
    saved = json.loads(_run(database, tmp_path, "db", "backup", "--folder", str(tmp_path), "--json").output)["path"]
    older = Path(saved).rename(tmp_path / Path(saved).name.replace("2026", "2025"))
    with database.writing() as db:
        erase_person(db, person, now=NOW)
        db.commit()
    restored = _run(database, tmp_path, "db", "restore", str(older), "--yes")
    assert "1 personne effacée depuis cette sauvegarde l’est de nouveau." in restored.output
    with database.reading() as db:
        assert db.exec(select(Candidate.email)).all() == [None]


def test_duplicates_record_and_retention_speak(database: Database, tmp_path: Path) -> None:
    an_organisation(database)
    with database.writing() as db:
        event_id = an_event(db)
        signs_up(db, event_id, 1, person=replace(somebody(1), telephone="06 39 98 00 01"))
        signs_up(db, event_id, 2, person=replace(somebody(1), telephone="06 39 98 00 01", email="x@example.com"))
        db.commit()
    assert json.loads(_run(database, tmp_path, "people", "duplicates", "--json").output) == {"new": 1, "to_decide": 1}
    assert (
        "0 nouvelle proposition.\n1 proposition à décider." in _run(database, tmp_path, "people", "duplicates").output
    )
    assert "candidate.email" in _run(database, tmp_path, "people", "record").output
    assert "Kept:" in _run(database, tmp_path, "people", "record", "--language", "en").output
    assert _run(database, tmp_path, "people", "retention").output == "0 personne prévenue.\n0 personne effacée.\n"

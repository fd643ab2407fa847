"""`alpes interviews`: the timetable proposed, shown and published from a terminal."""

import json

from click.testing import CliRunner, Result

from alpes_events.database.engine import Database
from alpes_events.interviews.live import timetable_of
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.meetings import a_fair
from tests.support.proposals import a_job_dating
from tests.support.stories import NOW
from tests.support.web import SETTINGS


def alpes(database: Database, *arguments: str) -> Result:
    """The command, in French, at the time of these stories."""
    terminal = Terminal(settings=SETTINGS, database=database, now=lambda: NOW)
    return CliRunner().invoke(main, ["interviews", *arguments], obj=terminal, env={"LC_ALL": "fr_FR.UTF-8"})


def test_timetable_is_proposed_shown_and_published(organised: Database) -> None:
    with organised.writing() as db:
        event_id, _, _ = a_job_dating(db)
        db.commit()
    made = json.loads(alpes(organised, "propose", str(event_id), "--seed", "2", "--json").stdout)
    assert (made["met"], made["bound_met"], made["seed"]) == (12, 12, 2)
    draft = json.loads(alpes(organised, "show", str(event_id), "--plan", str(made["plan"]), "--json").stdout)
    assert (draft["draft"], len(draft["interviews"])) == (made["plan"], 12)
    asked = alpes(organised, "publish", str(made["plan"]))
    assert (asked.exit_code, "6 personnes seront prévenues" in asked.stderr) == (1, True)
    done = alpes(organised, "publish", str(made["plan"]), "--yes", "--json")
    assert json.loads(done.stdout) == {"number": 1, "people": 6}
    with organised.reading() as db:
        assert len(timetable_of(db, event_id)) == 12
    assert alpes(organised, "show", str(event_id)).stdout.endswith("12 entretiens.\n")


def test_what_cannot_be_is_told_in_a_sentence(organised: Database) -> None:
    with organised.writing() as db:
        event_id, _ = a_fair(db, "Filature")
        db.commit()
    for arguments, words in (
        (("propose", str(event_id)), "Il n’y a rien à arranger"),
        (("propose", "999"), "n’existe pas"),
        (("publish", "999", "--yes"), "n’existe plus"),
        (("show", str(event_id), "--plan", "999"), "n’existe plus"),
    ):
        refused = alpes(organised, *arguments)
        assert (refused.exit_code, words in refused.stderr) == (1, True)

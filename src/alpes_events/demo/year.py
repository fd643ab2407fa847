"""The rest of the year 2023 in the demonstration, services, pathways, and what others counted; and years around it."""

from random import Random

from sqlmodel import Session

from alpes_events.demo.attested import attest_counts
from alpes_events.demo.clients import Clients
from alpes_events.demo.other_years import serve_around
from alpes_events.demo.pathways import accompany
from alpes_events.demo.scene import Scene
from alpes_events.demo.services import serve
from alpes_events.journal.commands import old_news


def give_account(db: Session, scene: Scene) -> None:
    """Write what the activity report of 2023 counts beside events, hiring and the clause."""
    random = Random(f"year {scene.now:%Y-%m-%d}")  # noqa: S311 (invented people, not secrets)
    clients = Clients(db, scene, random)
    with old_news(db):
        accompany(db, scene, clients, random)
        serve(db, scene, clients, random)
        serve_around(db, scene, clients)
        attest_counts(db, scene)
        clients.keep_active()
    db.flush()

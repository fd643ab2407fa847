"""How to follow the agenda in one's own calendar."""

from flask import Blueprint, render_template, request
from markupsafe import escape

from alpes_events.agenda.feeds import FeedAddress, FeedForm
from alpes_events.agenda.listing import coming_places_and_series, series_of_events
from alpes_events.agenda.models import EventKind
from alpes_events.agenda.scope import FeedScope, scope_labels
from alpes_events.agenda.subscription import subscribe_links
from alpes_events.agenda.words import KIND_WORDS
from alpes_events.territory.queries import communes_on_map
from alpes_web.clocks import today
from alpes_web.identity import identity
from alpes_web.languages import language, said, translated
from alpes_web.site import site

subscribe = Blueprint("subscribe", __name__)

_FRAME = """<iframe src="{address}"
  title="{title}" loading="lazy"
  width="100%" height="640"></iframe>"""
"""What a site puts in a page of its own to show the agenda there."""


@subscribe.get("/subscribe")
def how() -> str:
    """The page that explains subscriptions; its form narrows what arrives."""
    now = site().now()
    with site().database.reading() as db:
        places, slugs = coming_places_and_series(db, now=now)
        communes = {one.insee_code: one.name for one in communes_on_map(db, on=today())}
        series = {one.slug: one.name for one in series_of_events(db, sorted(slugs))}
        kinds = {kind.value: said(KIND_WORDS[kind].many) for kind in EventKind}
        scope = FeedScope(
            kind=_known("kind", kinds), commune=_known("commune", communes), series=_known("series", series)
        )
        labels = scope_labels(db, scope, language=language())
    base = site().settings.base_url
    query = f"?{scope.query}" if scope.query else ""
    address = FeedAddress(base, language()).of(scope)
    name = " – ".join([identity().short_name, *labels])
    return render_template(
        "subscribe/how.html",
        section="subscribe",
        links=subscribe_links(address, name=name),
        news_address=FeedAddress(base, language(), FeedForm.NEWS).of(scope),
        frame_address=f"{base}/embed/agenda{query}",
        frame=site().settings.embed_sites
        and _FRAME.format(
            address=escape(f"{base}/embed/agenda{query}"), title=escape(f"{translated('Agenda de l’emploi')} – {name}")
        ),
        scope=scope,
        labels=labels,
        choices={
            "kind": kinds,
            "commune": {code: name for code, name in communes.items() if code in places},
            "series": series,
        },
    )


def _known(name: str, choices: dict[str, str]) -> tuple[str, ...]:
    """The value that the address asks for, if it is one of the choices."""
    value = request.args.get(name, "")
    return (value,) if value in choices else ()

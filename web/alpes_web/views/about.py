"""Pages about the site itself: where to find us, accessibility, data, the order of places, legal notice."""

from datetime import date

from flask import Blueprint, Response, jsonify, render_template

from alpes_events.database.rows import About
from alpes_events.hiring.ranking_runs import KEPT_PLACES
from alpes_events.privacy.notice import uses_of
from alpes_events.privacy.processing import Terms, record_of_processing
from alpes_matching.ranking.card import card
from alpes_web.accessibility import CHECKS, measured
from alpes_web.identity import identity
from alpes_web.matching_words import criterion_lines, figure_lines, never_used
from alpes_web.printing import asset

about = Blueprint("about", __name__)


@about.get("/find-us")
def find_us() -> str:
    """Where the organisation is, and when it answers."""
    return render_template("about/find_us.html", section="find_us")


@about.get("/accessibility")
def accessibility() -> str:
    """The declaration of accessibility (RGAA 4.1), with what was measured."""
    return render_template("about/accessibility.html", found=measured(), checks=CHECKS)


@about.get("/your-data")
def your_data() -> str:
    """What is kept about people, why, for how long, and what they may ask."""
    terms = Terms(identity().retention_months, identity().retention_notice_days, identity().evidence_months)
    public = [activity for activity in record_of_processing() if activity.about is not About.STAFF]
    return render_template("about/your_data.html", activities=uses_of(public, terms=terms))


@about.get("/order-of-places")
def ranking() -> str:
    """Who passes before whom, and what the software does not do."""
    return render_template("about/ranking.html")


@about.get("/how-ranking-works")
def matching() -> str:
    """What is compared when offers and people are, for how much, who decides, and how to object."""
    return render_template(
        "about/matching.html",
        criteria=criterion_lines(),
        card=card(),
        never_used=never_used(card()),
        figures=figure_lines(card()),
        measured_on=date.fromisoformat(card().measured_on),
        kept_places=KEPT_PLACES,
    )


@about.get("/legal")
def legal() -> str:
    """Who publishes the site."""
    return render_template("about/legal.html")


@about.get("/site.webmanifest")
def manifest() -> Response:
    """What a phone needs to put the site among its applications."""
    answer = jsonify(
        name=identity().name,
        short_name=identity().short_name,
        start_url="/",
        display="standalone",
        background_color="#FBF8F3",
        theme_color="#0B5563",
        icons=[
            {"src": asset("favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(
                {"src": asset(f"icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
                for size in (192, 512)
                for purpose in ("any", "maskable")
            ),
        ],
    )
    answer.headers["Content-Type"] = "application/manifest+json"
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer

"""How to follow the agenda in one's own calendar."""

from flask import Blueprint, render_template

subscribe = Blueprint("subscribe", __name__)


@subscribe.get("/subscribe")
def how() -> str:
    """The page that explains subscriptions."""
    return render_template("subscribe/how.html", section="subscribe")

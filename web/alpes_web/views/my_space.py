"""A candidate's own pages."""

from flask import Blueprint, render_template

my_space = Blueprint("my_space", __name__, url_prefix="/my-space")


@my_space.get("/")
def home() -> str:
    """My sign-ups."""
    return render_template("my_space/home.html", section="my_space")

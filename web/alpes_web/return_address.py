"""Where to go after signing in: only ever a page of this site."""

from urllib.parse import urlsplit


def safe_return(wanted: str | None, *, default: str) -> str:
    """`wanted` when it is a path of this site, else `default`.

    Browsers read `//host`, a path that begins with slash and backslash, and paths with control characters as other
    sites: none of them passes.
    """
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return default
    if "\\" in wanted or not wanted.isprintable():
        return default
    parts = urlsplit(wanted)
    return wanted if not parts.scheme and not parts.netloc else default

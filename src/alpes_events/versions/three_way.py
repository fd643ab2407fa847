"""Two people on one form: what each of them changed since it was shown is kept, and where both did is named."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Merged:
    """What a form comes to when its answers were `mine`, and somebody stored theirs meanwhile.

    `content`: every field, with my value where I changed it, else theirs. `theirs`: the names of the fields that they
    changed. `contested`: those of them that I changed too, to something else; `content` has my value there.
    """

    content: dict[str, str]
    theirs: tuple[str, ...]
    contested: tuple[str, ...]


def merge(shown: Mapping[str, str], mine: Mapping[str, str], stored: Mapping[str, str]) -> Merged:
    """`shown` is what the form said when it was opened, `mine` what was sent, `stored` what is there by now.

    A field that was not shown was not answered either, nor changed by anybody: it stays as it was sent.
    """
    content: dict[str, str] = dict(mine)
    theirs, contested = [], []
    for name in (name for name in mine if name in shown and name in stored and stored[name] != shown[name]):
        theirs.append(name)
        if mine[name] == shown[name]:
            content[name] = stored[name]
        elif mine[name] != stored[name]:
            contested.append(name)
    return Merged(content, tuple(theirs), tuple(contested))

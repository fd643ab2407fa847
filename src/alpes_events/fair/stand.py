"""What is written about an exhibitor, made clean."""

from dataclasses import dataclass, replace

from alpes_events.fair.refusals import BadLabel
from alpes_events.language.folding import composed
from alpes_events.language.sentence import N_

LONGEST_LABEL = 150
LONGEST_SEARCH = 300


@dataclass(frozen=True)
class ExhibitorDraft:
    """An exhibitor as written. `in_territory` is what staff say when no commune is given; None: not known.

    With `insee_code` the commune decides, on the day of the event.
    """

    name: str
    insee_code: str | None = None
    in_territory: bool | None = None
    looking_for: str = ""


def clean_exhibitor(draft: ExhibitorDraft) -> ExhibitorDraft:
    """The draft with a clean name. Raises `BadLabel` with the field."""
    looking_for = composed(draft.looking_for)
    if len(looking_for) > LONGEST_SEARCH:
        raise BadLabel(
            N_("Ce texte est trop long : %(longest)d signes au plus."), field="looking_for", longest=LONGEST_SEARCH
        )
    return replace(
        draft,
        name=clean_label(draft.name, field="name"),
        insee_code=(draft.insee_code or "").strip() or None,
        looking_for=looking_for,
    )


def clean_label(text: str, *, field: str) -> str:
    """A name or title in NFC with single blanks, 1 to 150 signs. Raises `BadLabel`."""
    label = composed(text.replace("\0", ""))
    if not label:
        raise BadLabel(N_("Écrivez un nom."), field=field)
    if len(label) > LONGEST_LABEL:
        raise BadLabel(N_("Ce texte est trop long : %(longest)d signes au plus."), field=field, longest=LONGEST_LABEL)
    return label

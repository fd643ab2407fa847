"""What an exhibitor says of the stand they ask for, made clean. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from alpes_events.fair.codes import PlaceKind, StandOption
from alpes_events.fair.refusals import BadRequest
from alpes_events.fair.stand import ExhibitorDraft, clean_exhibitor
from alpes_events.language.folding import composed, written
from alpes_events.language.sentence import N_

LONGEST_NOTE = 1000
MOST_RECRUITERS = 30
MOST_PLATES = 10
_PLATE = re.compile(r"[A-Z0-9][A-Z0-9 -]{1,13}[A-Z0-9]")


@dataclass(frozen=True)
class StandDraft:
    """A request as written. `village_id` None is no preference; counts None are not said; `no_jobs`: they bring none,
    as they say. `answers` are to the event's own questions, by id.
    """

    exhibitor: ExhibitorDraft
    place_kind: PlaceKind = PlaceKind.STAND
    village_id: int | None = None
    options: tuple[StandOption, ...] = ()
    recruiter_count: int | None = None
    meal_count: int | None = None
    plates: tuple[str, ...] = ()
    no_jobs: bool = False
    near_entrance: bool = False
    note: str = ""
    recruiters: tuple[str, ...] = ()
    answers: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Offered:
    """Which kinds of place and options the event has, and in which villages."""

    place_kinds: frozenset[PlaceKind]
    options: frozenset[StandOption]
    village_ids: frozenset[int]


def clean_request(draft: StandDraft, offered: Offered) -> StandDraft:
    """The draft with clean text and plates, and only what the event has. Raises `BadLabel`, `BadRequest` by field."""
    note = written(draft.note)
    if len(note) > LONGEST_NOTE:
        raise BadRequest(N_("Ce texte est trop long : %(longest)d signes au plus."), field="note", longest=LONGEST_NOTE)
    if draft.place_kind not in offered.place_kinds:
        raise BadRequest(N_("Choisissez une des places proposées."), field="place_kind")
    if draft.village_id is not None and draft.village_id not in offered.village_ids:
        raise BadRequest(N_("Choisissez un des villages proposés."), field="village_id")
    if draft.village_id is None and offered.village_ids:
        raise BadRequest(N_("Choisissez le village où vous serez le mieux placé."), field="village_id")
    _check_count(draft.recruiter_count, field="recruiter_count")
    _check_count(draft.meal_count, field="meal_count")
    return replace(
        draft,
        exhibitor=clean_exhibitor(draft.exhibitor),
        options=tuple(option for option in StandOption if option in draft.options and option in offered.options),
        plates=clean_plates(draft.plates),
        note=note,
    )


def clean_plates(typed: tuple[str, ...]) -> tuple[str, ...]:
    """Licence plates in capitals, each once: « aa 123 bb » is « AA-123-BB ». Raises `BadRequest`."""
    plates = tuple(dict.fromkeys(filter(None, (_plate(one) for one in typed))))
    if len(plates) > MOST_PLATES:
        raise BadRequest(N_("C’est trop de véhicules : %(most)d au plus."), field="plates", most=MOST_PLATES)
    return plates


def _plate(typed: str) -> str:
    plate = composed(typed).upper()
    if not plate:
        return ""
    if not _PLATE.fullmatch(plate):
        raise BadRequest(
            N_("« %(plate)s » n’est pas une plaque : écrivez-la comme « AA-123-BB », une par ligne."),
            field="plates",
            plate=plate[:20],
        )
    french = re.fullmatch(r"([A-Z]{2})[ -]?(\d{3})[ -]?([A-Z]{2})", plate)
    return "-".join(french.groups()) if french else plate


def _check_count(count: int | None, *, field: str) -> None:
    if count is not None and not 0 <= count <= MOST_RECRUITERS:
        raise BadRequest(N_("Indiquez un nombre entre 0 et %(most)d."), field=field, most=MOST_RECRUITERS)

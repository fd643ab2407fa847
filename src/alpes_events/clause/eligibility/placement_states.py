"""How a placement may move: pure."""

from collections.abc import Mapping

from alpes_events.clause.tables.placement_rows import PlacementState

_S = PlacementState
OPEN_PLACEMENTS = (_S.PROPOSED, _S.ACCEPTED)
"""States in which nothing is decided for good: one such placement for a person and a lot."""

_NEXT: Mapping[PlacementState, tuple[PlacementState, ...]] = {
    _S.PROPOSED: (_S.ACCEPTED, _S.REFUSED, _S.DECLINED, _S.WITHDRAWN),
    _S.ACCEPTED: (_S.PROPOSED, _S.REFUSED, _S.DECLINED, _S.WITHDRAWN),
    _S.REFUSED: (_S.PROPOSED,),
    _S.DECLINED: (_S.PROPOSED,),
    _S.WITHDRAWN: (_S.PROPOSED,),
    _S.HIRED: (),
}


def next_states(state: PlacementState) -> tuple[PlacementState, ...]:
    """Where somebody may move it; an employment contract hires, and nobody else."""
    return _NEXT[state]


def may_be_hired(state: PlacementState) -> bool:
    """Whether an employment contract may come of it."""
    return state in OPEN_PLACEMENTS

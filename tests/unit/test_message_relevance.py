"""Whether a message that was owed still says the truth when its turn comes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alpes_events.agenda.models import EventState
from alpes_events.attendance.models import Presence, RegistrationState
from alpes_events.fair.codes import ExhibitorState
from alpes_events.messages.kinds import ABOUT_NO_SIGN_UP, ABOUT_STANDS, FOLLOW_UPS, NOT_OURS, MessageKind
from alpes_events.messages.moment import Moment
from alpes_events.messages.relevance import still_due
from alpes_events.messages.samples import sample_moment
from alpes_events.territory.organisation import OrganisationView
from tests.support.stories import NOW

ORGANISATION = OrganisationView(
    name="Maison de l’Emploi d’essai",
    short_name="MDE",
    tagline="",
    address="",
    telephone="",
    email="bonjour@example.org",
    opening_hours="",
    time_zone="Europe/Paris",
    territory_code="MNO",
    territory_name="Métropole Nord-Ouest",
    territory_short_name="MNO",
    uid_domain="agenda.example.org",
    offer_hours=24,
    cut_off_hours=2,
    retention_months=24,
    retention_notice_days=30,
    evidence_months=60,
    small_cell_threshold=5,
    internal_small_cell_threshold=0,
    texts={},
)
ABOUT_SIGN_UPS = [kind for kind in MessageKind if kind not in ABOUT_NO_SIGN_UP | NOT_OURS | ABOUT_STANDS]


def moment(kind: MessageKind) -> Moment:
    """A moment in which a message of this kind is due."""
    made = sample_moment(kind, "fr", ORGANISATION, now=NOW)
    if kind in {MessageKind.EVENT_CANCELLED, MessageKind.STAND_OFF}:
        assert made.occasion is not None
        return replace(made, occasion=replace(made.occasion, state=EventState.CANCELLED, called_off=True))
    return made


@pytest.mark.parametrize("kind", list(MessageKind))
def test_every_kind_is_due_in_its_own_moment_and_never_without_a_reader(kind: MessageKind) -> None:
    made = moment(kind)
    assert still_due(made)
    assert not still_due(replace(made, reader=replace(made.reader, email=None)))
    assert not still_due(replace(made, reader=replace(made.reader, gone=True)))


@pytest.mark.parametrize("kind", ABOUT_SIGN_UPS)
def test_no_news_about_a_sign_up_is_told_in_another_state(kind: MessageKind) -> None:
    made = moment(kind)
    assert made.standing is not None
    true_in = {
        state
        for state in RegistrationState
        if still_due(replace(made, standing=replace(made.standing, state=state, presence=Presence.UNKNOWN)))
    }
    assert made.standing.state in true_in or kind is MessageKind.THANKS
    assert len(true_in) <= 3


@pytest.mark.parametrize(
    "kind", [MessageKind.CONFIRMED, MessageKind.OFFERED, MessageKind.CHANGED, MessageKind.REMINDER]
)
def test_what_looks_forward_is_not_told_of_an_event_that_is_over_or_off(kind: MessageKind) -> None:
    made = moment(kind)
    assert made.occasion is not None
    assert not still_due(replace(made, now=made.occasion.ends_at))
    assert not still_due(replace(made, occasion=replace(made.occasion, called_off=True)))


def test_an_offer_whose_deadline_has_passed_is_not_told() -> None:
    made = moment(MessageKind.OFFERED)
    assert made.standing is not None
    assert made.standing.offer_expires_at is not None
    assert not still_due(replace(made, now=made.standing.offer_expires_at))


def test_nobody_who_answered_or_was_not_seen_is_thanked() -> None:
    made = moment(MessageKind.THANKS)
    assert made.standing is not None
    assert not still_due(replace(made, standing=replace(made.standing, survey_answered=True)))
    assert not still_due(replace(made, standing=replace(made.standing, presence=Presence.UNKNOWN)))


def test_who_came_back_is_not_told_that_their_file_goes() -> None:
    made = moment(MessageKind.RETENTION_NOTICE)
    later = replace(made.reader, last_active_at=NOW + timedelta(days=1))
    assert not still_due(replace(made, reader=later))


@pytest.mark.parametrize("state", list(RegistrationState))
def test_words_of_the_team_are_due_whatever_becomes_of_the_sign_up_while_they_are_kept(
    state: RegistrationState,
) -> None:
    made = moment(MessageKind.OWN_WORDS)
    assert made.standing is not None
    made = replace(made, standing=replace(made.standing, state=state))
    assert still_due(made)
    assert not still_due(replace(made, own=None))


@pytest.mark.parametrize(
    "kind", sorted(ABOUT_STANDS - FOLLOW_UPS - {MessageKind.STAND_OFF, MessageKind.STAND_DECLINED})
)
def test_news_of_a_stand_is_told_of_no_event_that_is_over_or_off_and_in_no_other_state(kind: MessageKind) -> None:
    made = moment(kind)
    assert made.stand is not None
    assert made.occasion is not None
    assert not still_due(replace(made, occasion=replace(made.occasion, state=EventState.CANCELLED, called_off=True)))
    assert not still_due(replace(made, now=made.occasion.ends_at))
    assert not still_due(replace(made, stand=replace(made.stand, state=ExhibitorState.DECLINED)))

"""Quantities of acts as people write and read them: 12,50 € is 1250 cents, 1 h 30 is 90 minutes. Pure."""

import re
from collections.abc import Mapping

from alpes_events.clause.durations import MINUTES_PER_HOUR, NotHoursError, in_hours, minutes_of
from alpes_events.clause.money import in_euros
from alpes_events.language.sentence import N_, NN_, Sentence, counted, say
from alpes_events.services.kinds import BadAct, Unit

_EUROS = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_MINUTES = re.compile(r"(\d{1,5})\s*(?:min|mn|minutes?)\.?", re.ASCII | re.IGNORECASE)
_BLANKS = re.compile(r"\s")
_HOURS_OF_A_DAY = 24

UNIT_WORDS: Mapping[Unit, str] = {
    Unit.ACT: N_("actes"),
    Unit.MINUTE: N_("heures"),
    Unit.CENT: N_("euros"),
    Unit.PASS: N_("titres"),
    Unit.CARD: N_("cartes"),
    Unit.PLACE: N_("places"),
    Unit.PERSON: N_("personnes"),
}
"""What each unit is called in a file."""
_COUNTED: Mapping[Unit, tuple[str, str]] = {
    Unit.ACT: NN_("%(count)s fois", "%(count)s fois"),
    Unit.PASS: NN_("%(count)s titre", "%(count)s titres"),
    Unit.CARD: NN_("%(count)s carte", "%(count)s cartes"),
    Unit.PLACE: NN_("%(count)s place", "%(count)s places"),
    Unit.PERSON: NN_("%(count)s personne", "%(count)s personnes"),
}


def read_quantity(text: str, unit: Unit) -> int:
    """The whole cents, minutes or things that a text says. Raises `BadAct` about `quantity` with how to write it."""
    plain = text.strip()
    if unit is Unit.CENT:
        return _cents(plain)
    if unit is Unit.MINUTE:
        return _minutes(plain)
    whole = _BLANKS.sub("", plain)
    if not _COUNT.fullmatch(whole):
        raise _bad(say(N_("« %(said)s » n’est pas un nombre entier."), said=plain[:40]))
    return int(whole)


def written_quantity(quantity: int, unit: Unit) -> str:
    """The quantity as it stands in a field, or in a cell: 12,50, 1h30, 3. `read_quantity` reads it again."""
    if unit is Unit.CENT:
        euros, rest = divmod(quantity, 100)
        return f"{euros},{rest:02d}" if rest else str(euros)
    if unit is Unit.MINUTE:
        return f"{quantity // MINUTES_PER_HOUR}h{quantity % MINUTES_PER_HOUR:02d}"
    return str(quantity)


def shown_quantity(quantity: int, unit: Unit, language: str) -> str:
    """The quantity as people read it: 12,50 €, 1 h 30, 3 titres."""
    if unit is Unit.CENT:
        return in_euros(quantity, language)
    if unit is Unit.MINUTE:
        return in_hours(quantity)
    return counted(_COUNTED[unit], quantity, language) % {"count": f"{quantity:,}".replace(",", "\u202f")}


def _cents(text: str) -> int:
    found = _EUROS.fullmatch(_BLANKS.sub("", text).removesuffix("€"))
    if found is None:
        raise _bad(say(N_("« %(said)s » n’est pas un montant : écrivez 12,50."), said=text[:40]))
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def _minutes(text: str) -> int:
    """A bare number is hours, unless it is more than a day has: then nobody can tell."""
    if minutes := _MINUTES.fullmatch(text):
        return int(minutes[1])
    if _COUNT.fullmatch(text) and int(text) > _HOURS_OF_A_DAY:
        sentence = N_("« %(said)s » : en heures ou en minutes ? Écrivez %(said)s min, ou 1 h 30.")
        raise _bad(say(sentence, said=text[:40]))
    try:
        return minutes_of(text)
    except NotHoursError:
        raise _bad(say(N_("« %(said)s » n’est pas une durée : écrivez 1 h 30 ou 90 min."), said=text[:40])) from None


def _bad(sentence: Sentence) -> BadAct:
    return BadAct(sentence.text, field="quantity", **dict(sentence.facts))

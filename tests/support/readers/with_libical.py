"""Reads a calendar with libical (through GObject) and prints what it holds, one JSON object a line."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402 (its version is asked for first)


def shown(time: Any) -> str:
    """A day, or an instant in UTC."""
    if time.is_date():
        return f"{time.get_year():04}-{time.get_month():02}-{time.get_day():02}"
    return datetime.fromtimestamp(time.as_timet_with_zone(time.get_timezone()), tz=UTC).isoformat()


kind = ICalGLib.ComponentKind.VEVENT_COMPONENT
calendar = ICalGLib.Component.new_from_string(Path(sys.argv[1]).read_text(encoding="utf-8"))
event = calendar.get_first_component(kind)
while event is not None:
    status = event.get_status().value_nick.upper()
    told = [event.get_uid(), shown(event.get_dtstart()), shown(event.get_dtend()), event.get_summary(), status]
    print(json.dumps(told))
    event = calendar.get_next_component(kind)

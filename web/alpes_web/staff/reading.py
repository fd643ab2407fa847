"""Reading somebody's file leaves a trace: who read it, and when."""

from alpes_events.people.audit import AuditAction, note_access
from alpes_web.site import site
from alpes_web.staff.scope import me


def note_read(candidate_id: int) -> None:
    """Write to the access audit that the visitor reads this person's contacts, situation or answers."""
    note_access(
        site().database,
        AuditAction.FILE_READ,
        now=site().now(),
        account_id=me().account_id,
        subject=("candidate", candidate_id),
    )

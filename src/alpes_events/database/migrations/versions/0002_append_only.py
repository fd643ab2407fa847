"""append only"""

from alembic import op

from alpes_events.database.append_only import Protection, protect, unprotect

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

# Written out: what a later version protects is not this migration's matter.
_PROTECTIONS = (
    Protection("journal_entry"),
    Protection("presence_mark"),
    Protection("door_count"),
    Protection("access_audit", removable=True),
)


def upgrade() -> None:
    """Make the change."""
    protect(op.get_bind(), _PROTECTIONS)


def downgrade() -> None:
    """Undo it."""
    unprotect(op.get_bind(), _PROTECTIONS)

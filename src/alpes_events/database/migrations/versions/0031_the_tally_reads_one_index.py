"""the tally of hours reads one index, which says on which lot hours count"""

from alembic import op

revision = '0031'
down_revision = '0026'
branch_labels = None
depends_on = None

FORMER = ['account', 'month', 'employment_id', 'recorded_at', 'minutes']
COLUMNS = ['account', 'month', 'employment_id', 'lot_id', 'recorded_at', 'minutes']


def upgrade() -> None:
    """Hours that a convention transfers are of one employment contract and of two lots."""
    op.drop_index('ix_hour_entry_tally', table_name='hour_entry')
    op.create_index('ix_hour_entry_tally', 'hour_entry', COLUMNS, unique=False)


def downgrade() -> None:
    """The index as it was; no row changes."""
    op.drop_index('ix_hour_entry_tally', table_name='hour_entry')
    op.create_index('ix_hour_entry_tally', 'hour_entry', FORMER, unique=False)

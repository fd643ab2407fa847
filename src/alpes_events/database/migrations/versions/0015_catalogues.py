"""catalogues"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table('catalogue',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('published_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_catalogue_event_id')),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_catalogue'))
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table('catalogue')

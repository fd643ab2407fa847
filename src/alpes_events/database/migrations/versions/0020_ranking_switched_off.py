"""ranking can be switched off"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Ranking is on where nobody said otherwise."""
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ranks_people', sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_column('ranks_people')

"""codes for a purpose, and messages to an address of their own"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

PURPOSE = sa.Enum('sign_in', 'address', 'erasure', name='codepurpose', native_enum=False, length=32)


def upgrade() -> None:
    """Every code so far was to sign in, and every message goes where its recipient's row says."""
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('address', sqlmodel.sql.sqltypes.AutoString(length=254), nullable=True))
    with op.batch_alter_table('sign_in_link', schema=None) as batch_op:
        batch_op.add_column(sa.Column('purpose', PURPOSE, nullable=False, server_default='sign_in'))
        batch_op.add_column(sa.Column('address', sqlmodel.sql.sqltypes.AutoString(length=254), nullable=True))
    with op.batch_alter_table('sign_in_link', schema=None) as batch_op:
        batch_op.alter_column('purpose', server_default=None)


def downgrade() -> None:
    """What a code is for is forgotten: one under way, for ten minutes, signs in the browser that asked and is signed in."""
    with op.batch_alter_table('sign_in_link', schema=None) as batch_op:
        batch_op.drop_column('address')
        batch_op.drop_column('purpose')
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_column('address')

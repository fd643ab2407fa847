"""what the organisation says of itself"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

LENGTHS = {
    "transport": 300,
    "accessibility": 300,
    "legal_number": 100,
    "publication_director": 150,
    "host": 300,
    "data_protection_contact": 300,
}


def upgrade() -> None:
    """Room for what it says; nothing is said yet."""
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        for name, length in LENGTHS.items():
            kind = sqlmodel.sql.sqltypes.AutoString(length=length)
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=''))
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        for name in LENGTHS:
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    """Take the room away."""
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        for name in reversed(LENGTHS):
            batch_op.drop_column(name)

"""reports have their title and their audience in English"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None

_COLUMNS = {'title_en': 150, 'audience_en': 100}


def upgrade() -> None:
    """Reports that were made before print their French title until somebody writes the other."""
    with op.batch_alter_table('report', schema=None) as batch_op:
        for name, length in _COLUMNS.items():
            words = sqlmodel.sql.sqltypes.AutoString(length=length)
            batch_op.add_column(sa.Column(name, words, server_default='', nullable=False))
    with op.batch_alter_table('report', schema=None) as batch_op:
        for name in _COLUMNS:
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    """Reports keep their French title and audience."""
    with op.batch_alter_table('report', schema=None) as batch_op:
        for name in _COLUMNS:
            batch_op.drop_column(name)

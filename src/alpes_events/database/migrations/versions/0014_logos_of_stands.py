"""logos of stands"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table('exhibitor', schema=None) as batch_op:
        batch_op.add_column(sa.Column('logo_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_exhibitor_logo_id'), 'upload', ['logo_id'], ['id'])


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table('exhibitor', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_exhibitor_logo_id'), type_='foreignkey')
        batch_op.drop_column('logo_id')

"""experience and training level that an offer asks"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table('job_offer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('experience_months', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('training_level', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f('ck_job_offer_experience'), 'experience_months IS NULL OR experience_months >= 0'
        )
        batch_op.create_check_constraint(
            batch_op.f('ck_job_offer_level'), 'training_level IS NULL OR training_level BETWEEN 3 AND 8'
        )


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table('job_offer', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_job_offer_level'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_job_offer_experience'), type_='check')
        batch_op.drop_column('training_level')
        batch_op.drop_column('experience_months')

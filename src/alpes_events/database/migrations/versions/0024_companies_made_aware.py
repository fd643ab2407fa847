"""companies that the team made aware of a subject"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody noted it before."""
    op.create_table('company_awareness',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('subject', sa.Enum('recruitment', 'work_study', 'aided_contracts', 'clause', 'disability', 'mentoring', 'other', name='awarenesssubject', native_enum=False, length=32), nullable=False),
    sa.Column('in_territory', sa.Boolean(), nullable=True),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('withdrawn_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('noted_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_company_awareness_company_id')),
    sa.ForeignKeyConstraint(['noted_by'], ['account.id'], name=op.f('fk_company_awareness_noted_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_company_awareness'))
    )
    with op.batch_alter_table('company_awareness', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_company_awareness_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_company_awareness_held_on'), ['held_on'], unique=False)


def downgrade() -> None:
    """What was noted goes."""
    with op.batch_alter_table('company_awareness', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_company_awareness_held_on'))
        batch_op.drop_index(batch_op.f('ix_company_awareness_company_id'))

    op.drop_table('company_awareness')

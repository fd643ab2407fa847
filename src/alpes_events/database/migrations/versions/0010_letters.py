"""letters that the team writes itself"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody wrote any yet."""
    op.create_table(
        'letter',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('form_key', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
        sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
        sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column('subject_en', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
        sa.Column('text_en', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column('written_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('written_by', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_letter_event_id')),
        sa.ForeignKeyConstraint(['written_by'], ['account.id'], name=op.f('fk_letter_written_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
        sa.UniqueConstraint('form_key', name=op.f('uq_letter_form_key')),
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_event_id'), ['event_id'], unique=False)


def downgrade() -> None:
    """What was written is forgotten; the messages that wait to tell it are no longer worth sending."""
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_letter_event_id'))
    op.drop_table('letter')

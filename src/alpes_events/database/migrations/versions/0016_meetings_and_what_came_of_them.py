"""meetings: agreements to show a name, what came of interviews, questions to employers, offers that employers write"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No page wrote wishes before: nobody agreed to anything yet."""
    op.create_table('follow_up',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('exhibitor_id', sa.Integer(), nullable=False),
    sa.Column('moment', sa.Enum('six_weeks', 'six_months', name='followupmoment', native_enum=False, length=32), nullable=False),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('put_off_to', sa.Date(), nullable=True),
    sa.Column('put_off_count', sa.Integer(), nullable=False),
    sa.Column('answer', sa.Enum('hired', 'nobody', name='followupanswer', native_enum=False, length=32), nullable=True),
    sa.Column('answered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('answered_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('(answer IS NULL) = (answered_at IS NULL)', name=op.f('ck_follow_up_answer')),
    sa.ForeignKeyConstraint(['answered_by'], ['account.id'], name=op.f('fk_follow_up_answered_by')),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_follow_up_exhibitor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up')),
    sa.UniqueConstraint('exhibitor_id', 'moment', name=op.f('uq_follow_up_exhibitor_id_moment')),
    sa.UniqueConstraint('reference', name=op.f('uq_follow_up_reference'))
    )
    with op.batch_alter_table('exhibitor', schema=None) as batch_op:
        batch_op.add_column(sa.Column('said_interview_count', sa.Integer(), nullable=True))

    with op.batch_alter_table('hire', schema=None) as batch_op:
        batch_op.add_column(sa.Column('exhibitor_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('interview_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('follow_up_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('still_there', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('still_there_on', sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f('ix_hire_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hire_follow_up_id'), ['follow_up_id'], unique=False)
        batch_op.create_index('uq_hire_interview', ['interview_id'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_hire_exhibitor_id'), 'exhibitor', ['exhibitor_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_hire_follow_up_id'), 'follow_up', ['follow_up_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_hire_interview_id'), 'interview', ['interview_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('interview', schema=None) as batch_op:
        batch_op.add_column(sa.Column('outcome', sa.Enum('hired', 'second_interview', 'kept_in_mind', 'no', name='meetingoutcome', native_enum=False, length=32), nullable=True))
        batch_op.add_column(sa.Column('outcome_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('outcome_by', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_interview_outcome_by'), 'account', ['outcome_by'], ['id'])

    with op.batch_alter_table('job_application', schema=None) as batch_op:
        batch_op.add_column(sa.Column('shares_contact', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('job_application', schema=None) as batch_op:
        batch_op.alter_column('shares_contact', server_default=None)

    with op.batch_alter_table('job_offer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('submitted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))

    with op.batch_alter_table('meeting_wish', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('agreed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('agreed_text', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True))
        batch_op.add_column(sa.Column('agreed_by', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True))
        batch_op.add_column(sa.Column('withdrawn_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.execute("UPDATE meeting_wish SET shows_name = false")
    with op.batch_alter_table('meeting_wish', schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f('ck_meeting_wish_agreed'),
            'shows_name = false OR (agreed_at IS NOT NULL AND ended_at IS NULL)',
        )



def downgrade() -> None:
    """What was agreed to, answered and sent is forgotten."""
    with op.batch_alter_table('meeting_wish', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_meeting_wish_agreed'), type_='check')
        batch_op.drop_column('withdrawn_at')
        batch_op.drop_column('agreed_by')
        batch_op.drop_column('agreed_text')
        batch_op.drop_column('agreed_at')
        batch_op.drop_column('ended_at')

    with op.batch_alter_table('job_offer', schema=None) as batch_op:
        batch_op.drop_column('submitted_at')

    with op.batch_alter_table('job_application', schema=None) as batch_op:
        batch_op.drop_column('shares_contact')

    with op.batch_alter_table('interview', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_interview_outcome_by'), type_='foreignkey')
        batch_op.drop_column('outcome_by')
        batch_op.drop_column('outcome_at')
        batch_op.drop_column('outcome')

    with op.batch_alter_table('hire', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_hire_interview_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_hire_follow_up_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_hire_exhibitor_id'), type_='foreignkey')
        batch_op.drop_index('uq_hire_interview', sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_hire_follow_up_id'))
        batch_op.drop_index(batch_op.f('ix_hire_exhibitor_id'))
        batch_op.drop_column('still_there_on')
        batch_op.drop_column('still_there')
        batch_op.drop_column('follow_up_id')
        batch_op.drop_column('interview_id')
        batch_op.drop_column('exhibitor_id')

    with op.batch_alter_table('exhibitor', schema=None) as batch_op:
        batch_op.drop_column('said_interview_count')

    op.drop_table('follow_up')

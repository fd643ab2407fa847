"""the timetable of interviews: tables, hours of presence, drafts, what holds a time, queues and marks"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

TO_COME = (
    "held_at IS NULL AND not_held_at IS NULL AND called_off_at IS NULL AND (starts IS NOT NULL OR queued_at IS NOT NULL)"
)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
UTC = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    """What was planned before was planned on paper: nothing is filled in."""
    op.create_table('interview_day',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('wishes_until', UTC(), nullable=True),
    sa.Column('walk_minutes', sa.Integer(), nullable=False),
    sa.Column('most_each', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('published_at', UTC(), nullable=True),
    sa.Column('changed_at', UTC(), nullable=False),
    sa.CheckConstraint('walk_minutes BETWEEN 0 AND 60', name=op.f('ck_interview_day_walk')),
    sa.CheckConstraint('most_each BETWEEN 1 AND 20', name=op.f('ck_interview_day_most')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_interview_day_event_id')),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_interview_day'))
    )
    op.create_table('interview_table',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('exhibitor_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('opens', sa.Integer(), nullable=False),
    sa.Column('closes', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('breaks', DOCUMENT, nullable=False),
    sa.Column('closed_from', sa.Integer(), nullable=True),
    sa.Column('retired_at', UTC(), nullable=True),
    sa.CheckConstraint('closes > opens', name=op.f('ck_interview_table_hours')),
    sa.CheckConstraint('minutes BETWEEN 5 AND 60', name=op.f('ck_interview_table_length')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_interview_table_event_id')),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_interview_table_exhibitor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interview_table'))
    )
    with op.batch_alter_table('interview_table', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interview_table_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interview_table_exhibitor_id'), ['exhibitor_id'], unique=False)

    op.create_table('interview_hours',
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('comes', sa.Integer(), nullable=True),
    sa.Column('leaves', sa.Integer(), nullable=True),
    sa.Column('most', sa.Integer(), nullable=True),
    sa.Column('left_at', UTC(), nullable=True),
    sa.Column('said_at', UTC(), nullable=False),
    sa.CheckConstraint('comes IS NULL OR leaves IS NULL OR leaves > comes', name=op.f('ck_interview_hours_hours')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_interview_hours_registration_id')),
    sa.PrimaryKeyConstraint('registration_id', name=op.f('pk_interview_hours'))
    )
    op.create_table('interview_plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'published', 'set_aside', name='planstate', native_enum=False, length=32), nullable=False),
    sa.Column('beside', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('made_at', UTC(), nullable=False),
    sa.Column('changed_at', UTC(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('interviews', DOCUMENT, nullable=False),
    sa.Column('unmet', DOCUMENT, nullable=False),
    sa.Column('refused', DOCUMENT, nullable=False),
    sa.Column('figures', DOCUMENT, nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_interview_plan_event_id')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_interview_plan_made_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interview_plan'))
    )
    with op.batch_alter_table('interview_plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interview_plan_event_id'), ['event_id'], unique=False)

    with op.batch_alter_table('meeting_wish', schema=None) as batch_op:
        batch_op.add_column(sa.Column('interest_at', UTC(), nullable=True))

    with op.batch_alter_table('interview', schema=None) as batch_op:
        batch_op.add_column(sa.Column('table_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('starts', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('ends', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('pinned', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('booked_at', UTC(), nullable=True))
        batch_op.add_column(sa.Column('changed_at', UTC(), nullable=True))
        batch_op.add_column(sa.Column('change_count', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('queue_number', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('queued_at', UTC(), nullable=True))
        batch_op.add_column(sa.Column('called_at', UTC(), nullable=True))
        batch_op.add_column(sa.Column('not_held_at', UTC(), nullable=True))
        batch_op.add_column(sa.Column('not_held_why', sa.Enum('person_absent', 'exhibitor_absent', name='notheld', native_enum=False, length=32), nullable=True))
        batch_op.add_column(sa.Column('called_off_at', UTC(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_interview_table_id'), 'interview_table', ['table_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_interview_table_id'), ['table_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_interview_exhibitor_id_queue_number'), ['exhibitor_id', 'queue_number'])
        batch_op.create_check_constraint(batch_op.f('ck_interview_slot'), 'starts IS NULL OR (table_id IS NOT NULL AND ends > starts)')
        batch_op.create_check_constraint(batch_op.f('ck_interview_not_held'), '(not_held_at IS NULL) = (not_held_why IS NULL)')
        batch_op.create_check_constraint(batch_op.f('ck_interview_ended_once'), 'held_at IS NULL OR (not_held_at IS NULL AND called_off_at IS NULL)')
    with op.batch_alter_table('interview', schema=None) as batch_op:
        batch_op.alter_column('pinned', server_default=None)
        batch_op.alter_column('change_count', server_default=None)
        batch_op.create_index('uq_interview_to_come', ['registration_id', 'exhibitor_id'], unique=True,
            sqlite_where=sa.text(TO_COME), postgresql_where=sa.text(TO_COME))

    op.create_table('interview_hold',
    sa.Column('kind', sa.Enum('table', 'person', name='held', native_enum=False, length=32), nullable=False),
    sa.Column('who', sa.Integer(), nullable=False),
    sa.Column('minute', sa.Integer(), nullable=False),
    sa.Column('interview_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['interview_id'], ['interview.id'], name=op.f('fk_interview_hold_interview_id')),
    sa.PrimaryKeyConstraint('kind', 'who', 'minute', name=op.f('pk_interview_hold'))
    )
    with op.batch_alter_table('interview_hold', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interview_hold_interview_id'), ['interview_id'], unique=False)

    op.create_table('interview_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mark_key', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('interview_id', sa.Integer(), nullable=False),
    sa.Column('mark', sa.Enum('held', 'person_absent', 'exhibitor_absent', 'unmarked', name='mark', native_enum=False, length=32), nullable=False),
    sa.Column('marked_at', UTC(), nullable=False),
    sa.Column('noted_at', UTC(), nullable=False),
    sa.Column('marked_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['interview_id'], ['interview.id'], name=op.f('fk_interview_mark_interview_id')),
    sa.ForeignKeyConstraint(['marked_by'], ['account.id'], name=op.f('fk_interview_mark_marked_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interview_mark')),
    sa.UniqueConstraint('mark_key', name=op.f('uq_interview_mark_mark_key'))
    )
    with op.batch_alter_table('interview_mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interview_mark_interview_id'), ['interview_id'], unique=False)


def downgrade() -> None:
    """The timetable goes; interviews stay, those not held as planned ones."""
    op.drop_table('interview_mark')
    op.drop_table('interview_hold')
    with op.batch_alter_table('interview', schema=None) as batch_op:
        batch_op.drop_index('uq_interview_to_come')
        batch_op.drop_index(batch_op.f('ix_interview_table_id'))
    with op.batch_alter_table('interview', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_interview_ended_once'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_interview_not_held'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_interview_slot'), type_='check')
        batch_op.drop_constraint(batch_op.f('uq_interview_exhibitor_id_queue_number'), type_='unique')
        batch_op.drop_constraint(batch_op.f('fk_interview_table_id'), type_='foreignkey')
        for name in ('called_off_at', 'not_held_why', 'not_held_at', 'called_at', 'queued_at', 'queue_number', 'change_count', 'changed_at',
                     'booked_at', 'pinned', 'ends', 'starts', 'table_id'):
            batch_op.drop_column(name)
    with op.batch_alter_table('meeting_wish', schema=None) as batch_op:
        batch_op.drop_column('interest_at')
    op.drop_table('interview_plan')
    op.drop_table('interview_hours')
    op.drop_table('interview_table')
    op.drop_table('interview_day')

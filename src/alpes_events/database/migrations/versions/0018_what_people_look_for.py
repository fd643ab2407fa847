"""what people look for and can do, and the trail of rankings"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

from alpes_events.database.append_only import Protection, protect

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

_PROTECTED = (Protection("ranking_run"), Protection("ranking_place"), Protection("ranking_decision"))


def upgrade() -> None:
    """Make the change."""
    op.create_table('job_project',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('titles', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('rome_codes', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('skills', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('experience', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=True),
    sa.Column('training_level', sa.Integer(), nullable=True),
    sa.Column('licences', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=True),
    sa.Column('travel_minutes', sa.Integer(), nullable=True),
    sa.Column('travel_kilometres', sa.Integer(), nullable=True),
    sa.Column('travel_modes', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('least_weekly_minutes', sa.Integer(), nullable=True),
    sa.Column('most_weekly_minutes', sa.Integer(), nullable=True),
    sa.Column('work_times', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('available_on', sa.Date(), nullable=True),
    sa.Column('contracts', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('languages', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('objected_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('revised_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('revised_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('training_level IS NULL OR training_level > 0', name=op.f('ck_job_project_level')),
    sa.CheckConstraint('travel_kilometres IS NULL OR travel_kilometres > 0', name=op.f('ck_job_project_kilometres')),
    sa.CheckConstraint('travel_minutes IS NULL OR travel_minutes > 0', name=op.f('ck_job_project_minutes')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_job_project_candidate_id')),
    sa.ForeignKeyConstraint(['revised_by'], ['account.id'], name=op.f('fk_job_project_revised_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_project')),
    sa.UniqueConstraint('candidate_id', name=op.f('uq_job_project_candidate_id'))
    )
    with op.batch_alter_table('job_project', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_job_project_revised_at'), ['revised_at'], unique=False)

    op.create_table('ranking_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('cause', sa.Enum('asked', 'journal', name='runcause', native_enum=False, length=32), nullable=False),
    sa.Column('rules', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('offer_digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('input_digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('order_digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('candidate_count', sa.Integer(), nullable=False),
    sa.Column('objected_count', sa.Integer(), nullable=False),
    sa.Column('made_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_ranking_run_made_by')),
    sa.ForeignKeyConstraint(['offer_id'], ['job_offer.id'], name=op.f('fk_ranking_run_offer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ranking_run'))
    )
    with op.batch_alter_table('ranking_run', schema=None) as batch_op:
        batch_op.create_index('ix_ranking_run_offer', ['offer_id', 'id'], unique=False)

    op.create_table('ranking_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=True),
    sa.Column('step', sa.Enum('pinned', 'set_aside', 'put_back', 'proposed', name='rankingstep', native_enum=False, length=32), nullable=False),
    sa.Column('reason', sa.Enum('not_interested', 'not_available', 'working', 'skills', 'hours', 'travel', 'not_reached', 'other', name='asidereason', native_enum=False, length=32), nullable=True),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(step = 'set_aside') = (reason IS NOT NULL)", name=op.f('ck_ranking_decision_reason')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_ranking_decision_account_id')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_ranking_decision_candidate_id')),
    sa.ForeignKeyConstraint(['offer_id'], ['job_offer.id'], name=op.f('fk_ranking_decision_offer_id')),
    sa.ForeignKeyConstraint(['run_id'], ['ranking_run.id'], name=op.f('fk_ranking_decision_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ranking_decision'))
    )
    with op.batch_alter_table('ranking_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ranking_decision_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index('ix_ranking_decision_offer', ['offer_id', 'candidate_id', 'id'], unique=False)

    op.create_table('ranking_place',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.CheckConstraint('rank > 0', name=op.f('ck_ranking_place_rank')),
    sa.CheckConstraint('score >= 0 AND score <= 10000', name=op.f('ck_ranking_place_score')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_ranking_place_candidate_id')),
    sa.ForeignKeyConstraint(['run_id'], ['ranking_run.id'], name=op.f('fk_ranking_place_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ranking_place')),
    sa.UniqueConstraint('run_id', 'rank', name=op.f('uq_ranking_place_run_id_rank'))
    )
    with op.batch_alter_table('ranking_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ranking_place_candidate_id'), ['candidate_id'], unique=False)

    protect(op.get_bind(), _PROTECTED)


def downgrade() -> None:
    """Projects and the trail of rankings go."""
    with op.batch_alter_table('ranking_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ranking_place_candidate_id'))

    op.drop_table('ranking_place')
    with op.batch_alter_table('ranking_decision', schema=None) as batch_op:
        batch_op.drop_index('ix_ranking_decision_offer')
        batch_op.drop_index(batch_op.f('ix_ranking_decision_candidate_id'))

    op.drop_table('ranking_decision')
    with op.batch_alter_table('ranking_run', schema=None) as batch_op:
        batch_op.drop_index('ix_ranking_run_offer')

    op.drop_table('ranking_run')
    with op.batch_alter_table('job_project', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_job_project_revised_at'))

    op.drop_table('job_project')

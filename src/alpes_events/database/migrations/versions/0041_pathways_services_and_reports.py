"""pathways, services, attested counts and reports"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy import Text  # noqa: F401 (named by generated JSONB columns)
from sqlalchemy.dialects import postgresql

from alpes_events.database.append_only import Protection, protect

revision = '0041'
down_revision = '0037'
branch_labels = None
depends_on = None

_PROTECTED = (
    Protection("pathway_revision", removable=True),
    Protection("report_compilation"),
    Protection("report_edition"),
)


def upgrade() -> None:
    """Nobody's pathway and no service were noted before."""
    op.create_table('funding_period',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scheme_code', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('label', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_funding_period_dates')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_funding_period'))
    )
    with op.batch_alter_table('funding_period', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_funding_period_scheme_code'), ['scheme_code'], unique=False)

    op.create_table('report_compilation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('compiled_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('definitions', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('figures', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_compilation'))
    )
    with op.batch_alter_table('report_compilation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_compilation_year'), ['year'], unique=False)

    op.create_table('attested_count',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
    sa.Column('period', sqlmodel.sql.sqltypes.AutoString(length=7), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('decimals', sa.Integer(), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('attested_on', sa.Date(), nullable=False),
    sa.Column('why', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('entered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('entered_by', sa.Integer(), nullable=True),
    sa.Column('replaced_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['entered_by'], ['account.id'], name=op.f('fk_attested_count_entered_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attested_count'))
    )
    with op.batch_alter_table('attested_count', schema=None) as batch_op:
        batch_op.create_index('uq_attested_count_current', ['indicator', 'period'], unique=True, sqlite_where=sa.text('replaced_at IS NULL'), postgresql_where=sa.text('replaced_at IS NULL'))

    op.create_table('custom_indicator',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('label', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
    sa.Column('label_en', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
    sa.Column('rule', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('made_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('retired_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_custom_indicator_made_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_custom_indicator')),
    sa.UniqueConstraint('code', name=op.f('uq_custom_indicator_code'))
    )
    op.create_table('enrolment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('scheme_code', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('funding_period_id', sa.Integer(), nullable=True),
    sa.Column('continues_id', sa.Integer(), nullable=True),
    sa.Column('entered_on', sa.Date(), nullable=False),
    sa.Column('first_entered_on', sa.Date(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('operator', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('referent_id', sa.Integer(), nullable=True),
    sa.Column('insee_code', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=True),
    sa.Column('in_territory', sa.Boolean(), nullable=True),
    sa.Column('in_priority_district', sa.Boolean(), nullable=True),
    sa.Column('sex', sa.Enum('woman', 'man', name='sex', native_enum=False, length=32), nullable=True),
    sa.Column('age_band', sa.Enum('under_18', '18_25', '26_49', '50_plus', name='ageband', native_enum=False, length=32), nullable=True),
    sa.Column('training_level', sa.Integer(), nullable=True),
    sa.Column('noted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('noted_by', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.CheckConstraint('closed_on IS NULL OR closed_on >= entered_on', name=op.f('ck_enrolment_dates')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_enrolment_candidate_id')),
    sa.ForeignKeyConstraint(['continues_id'], ['enrolment.id'], name=op.f('fk_enrolment_continues_id')),
    sa.ForeignKeyConstraint(['funding_period_id'], ['funding_period.id'], name=op.f('fk_enrolment_funding_period_id')),
    sa.ForeignKeyConstraint(['insee_code'], ['commune.insee_code'], name=op.f('fk_enrolment_insee_code')),
    sa.ForeignKeyConstraint(['noted_by'], ['account.id'], name=op.f('fk_enrolment_noted_by')),
    sa.ForeignKeyConstraint(['referent_id'], ['account.id'], name=op.f('fk_enrolment_referent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment'))
    )
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrolment_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrolment_closed_on'), ['closed_on'], unique=False)
        batch_op.create_index('ix_enrolment_scheme', ['scheme_code', 'entered_on'], unique=False)
        batch_op.create_index('uq_enrolment_open', ['candidate_id', 'scheme_code'], unique=True, sqlite_where=sa.text('closed_on IS NULL AND withdrawn_at IS NULL'), postgresql_where=sa.text('closed_on IS NULL AND withdrawn_at IS NULL'))

    op.create_table('report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
    sa.Column('template', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('audience', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('made_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('discarded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_report_made_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_year'), ['year'], unique=False)

    op.create_table('service_act',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('candidate_id', sa.Integer(), nullable=True),
    sa.Column('group_name', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
    sa.Column('organisation', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=True),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('detail', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('result', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('insee_code', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=True),
    sa.Column('in_territory', sa.Boolean(), nullable=True),
    sa.Column('in_priority_district', sa.Boolean(), nullable=True),
    sa.Column('sex', sa.Enum('woman', 'man', name='sex', native_enum=False, length=32), nullable=True),
    sa.Column('age_band', sa.Enum('under_18', '18_25', '26_49', '50_plus', name='ageband', native_enum=False, length=32), nullable=True),
    sa.Column('training_level', sa.Integer(), nullable=True),
    sa.Column('import_key', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True),
    sa.Column('noted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('noted_by', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('replaced_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('ended_on IS NULL OR ended_on >= happened_on', name=op.f('ck_service_act_dates')),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_service_act_quantity')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_service_act_candidate_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_service_act_company_id')),
    sa.ForeignKeyConstraint(['insee_code'], ['commune.insee_code'], name=op.f('fk_service_act_insee_code')),
    sa.ForeignKeyConstraint(['noted_by'], ['account.id'], name=op.f('fk_service_act_noted_by')),
    sa.ForeignKeyConstraint(['replaced_by'], ['service_act.id'], name=op.f('fk_service_act_replaced_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_act')),
    sa.UniqueConstraint('import_key', name=op.f('uq_service_act_import_key'))
    )
    with op.batch_alter_table('service_act', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_act_company_id'), ['company_id'], unique=False)
        batch_op.create_index('ix_service_act_day', ['happened_on'], unique=False)
        batch_op.create_index('ix_service_act_kind', ['kind', 'happened_on'], unique=False)
        batch_op.create_index('ix_service_act_person', ['candidate_id', 'happened_on'], unique=False)

    op.create_table('enrolment_criterion',
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_enrolment_criterion_enrolment_id')),
    sa.PrimaryKeyConstraint('enrolment_id', 'code', name=op.f('pk_enrolment_criterion'))
    )
    op.create_table('pathway_exit',
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('exited_on', sa.Date(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('outcome', sa.Enum('positive', 'legitimate', 'other', name='outcome', native_enum=False, length=32), nullable=False),
    sa.Column('proof', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('job_months', sa.Integer(), nullable=True),
    sa.Column('contract', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('sector', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('noted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('noted_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_pathway_exit_enrolment_id')),
    sa.ForeignKeyConstraint(['noted_by'], ['account.id'], name=op.f('fk_pathway_exit_noted_by')),
    sa.PrimaryKeyConstraint('enrolment_id', name=op.f('pk_pathway_exit'))
    )
    with op.batch_alter_table('pathway_exit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pathway_exit_exited_on'), ['exited_on'], unique=False)

    op.create_table('pathway_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('employment', 'insertion', 'training', 'service', name='stepkind', native_enum=False, length=32), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('label', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
    sa.Column('organisation', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
    sa.Column('contract', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('sector', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('noted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('noted_by', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_pathway_step_dates')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_pathway_step_enrolment_id')),
    sa.ForeignKeyConstraint(['noted_by'], ['account.id'], name=op.f('fk_pathway_step_noted_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pathway_step'))
    )
    with op.batch_alter_table('pathway_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pathway_step_enrolment_id'), ['enrolment_id'], unique=False)

    op.create_table('report_chapter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
    sa.Column('title_en', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
    sa.Column('state', sa.Enum('to_fill', 'written', 'checked', name='chapterstate', native_enum=False, length=32), nullable=False),
    sa.Column('responsible_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('removed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_chapter_report_id')),
    sa.ForeignKeyConstraint(['responsible_id'], ['account.id'], name=op.f('fk_report_chapter_responsible_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_chapter'))
    )
    with op.batch_alter_table('report_chapter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_chapter_report_id'), ['report_id'], unique=False)

    op.create_table('report_edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('why', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('changes', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('published_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('published_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['published_by'], ['account.id'], name=op.f('fk_report_edition_published_by')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_edition_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_edition')),
    sa.UniqueConstraint('report_id', 'number', name=op.f('uq_report_edition_report_id_number'))
    )
    with op.batch_alter_table('report_edition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_edition_report_id'), ['report_id'], unique=False)

    op.create_table('reserved_criterion',
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_reserved_criterion_enrolment_id')),
    sa.PrimaryKeyConstraint('enrolment_id', 'code', name=op.f('pk_reserved_criterion'))
    )
    op.create_table('reserved_exit',
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_reserved_exit_enrolment_id')),
    sa.PrimaryKeyConstraint('enrolment_id', name=op.f('pk_reserved_exit'))
    )
    op.create_table('pathway_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('step_id', sa.Integer(), nullable=True),
    sa.Column('before', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('why', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('revised_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('revised_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_pathway_revision_enrolment_id')),
    sa.ForeignKeyConstraint(['revised_by'], ['account.id'], name=op.f('fk_pathway_revision_revised_by')),
    sa.ForeignKeyConstraint(['step_id'], ['pathway_step.id'], name=op.f('fk_pathway_revision_step_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pathway_revision'))
    )
    with op.batch_alter_table('pathway_revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pathway_revision_enrolment_id'), ['enrolment_id'], unique=False)

    op.create_table('report_block',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('chapter_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('title', 'text', 'figures', 'table', 'chart', 'events', 'picture', name='blockkind', native_enum=False, length=32), nullable=False),
    sa.Column('content', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('removed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by'], ['account.id'], name=op.f('fk_report_block_changed_by')),
    sa.ForeignKeyConstraint(['chapter_id'], ['report_chapter.id'], name=op.f('fk_report_block_chapter_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_block'))
    )
    with op.batch_alter_table('report_block', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_block_chapter_id'), ['chapter_id'], unique=False)

    op.create_table('report_comment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('block_id', sa.Integer(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.Column('written_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('written_by', sa.Integer(), nullable=True),
    sa.Column('settled_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['block_id'], ['report_block.id'], name=op.f('fk_report_comment_block_id')),
    sa.ForeignKeyConstraint(['written_by'], ['account.id'], name=op.f('fk_report_comment_written_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_comment'))
    )
    with op.batch_alter_table('report_comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_comment_block_id'), ['block_id'], unique=False)

    protect(op.get_bind(), _PROTECTED)


def downgrade() -> None:
    """Pathways, services, attested counts and reports go; figures of events, offers and the clause stay."""
    with op.batch_alter_table('report_comment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_comment_block_id'))

    op.drop_table('report_comment')
    with op.batch_alter_table('report_block', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_block_chapter_id'))

    op.drop_table('report_block')
    with op.batch_alter_table('pathway_revision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pathway_revision_enrolment_id'))

    op.drop_table('pathway_revision')
    op.drop_table('reserved_exit')
    op.drop_table('reserved_criterion')
    with op.batch_alter_table('report_edition', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_edition_report_id'))

    op.drop_table('report_edition')
    with op.batch_alter_table('report_chapter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_chapter_report_id'))

    op.drop_table('report_chapter')
    with op.batch_alter_table('pathway_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pathway_step_enrolment_id'))

    op.drop_table('pathway_step')
    with op.batch_alter_table('pathway_exit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pathway_exit_exited_on'))

    op.drop_table('pathway_exit')
    op.drop_table('enrolment_criterion')
    with op.batch_alter_table('service_act', schema=None) as batch_op:
        batch_op.drop_index('ix_service_act_person')
        batch_op.drop_index('ix_service_act_kind')
        batch_op.drop_index('ix_service_act_day')
        batch_op.drop_index(batch_op.f('ix_service_act_company_id'))

    op.drop_table('service_act')
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_year'))

    op.drop_table('report')
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.drop_index('uq_enrolment_open', sqlite_where=sa.text('closed_on IS NULL AND withdrawn_at IS NULL'), postgresql_where=sa.text('closed_on IS NULL AND withdrawn_at IS NULL'))
        batch_op.drop_index('ix_enrolment_scheme')
        batch_op.drop_index(batch_op.f('ix_enrolment_closed_on'))
        batch_op.drop_index(batch_op.f('ix_enrolment_candidate_id'))

    op.drop_table('enrolment')
    op.drop_table('custom_indicator')
    with op.batch_alter_table('attested_count', schema=None) as batch_op:
        batch_op.drop_index('uq_attested_count_current', sqlite_where=sa.text('replaced_at IS NULL'), postgresql_where=sa.text('replaced_at IS NULL'))

    op.drop_table('attested_count')
    with op.batch_alter_table('report_compilation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_compilation_year'))

    op.drop_table('report_compilation')
    with op.batch_alter_table('funding_period', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_funding_period_scheme_code'))

    op.drop_table('funding_period')

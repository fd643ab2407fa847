"""companies, requests for stands, and the plan of the halls"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy import Text  # noqa: F401 (named by generated JSONB columns)
from sqlalchemy.dialects import postgresql

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table('company',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
    sa.Column('search_name', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('core_name', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('siren', sqlmodel.sql.sqltypes.AutoString(length=9), nullable=True),
    sa.Column('naf', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=True),
    sa.Column('size', sa.Enum('none', '1_9', '10_49', '50_249', '250_plus', name='companysize', native_enum=False, length=32), nullable=True),
    sa.Column('siae_kind', sa.Enum('aci', 'ai', 'ei', 'etti', 'eiti', name='siaekind', native_enum=False, length=32), nullable=True),
    sa.Column('website', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('activity', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('logo_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('revised_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('merged_into', sa.Integer(), nullable=True),
    sa.CheckConstraint('merged_into IS NULL OR merged_into <> id', name=op.f('ck_company_merge')),
    sa.ForeignKeyConstraint(['logo_id'], ['upload.id'], name=op.f('fk_company_logo_id')),
    sa.ForeignKeyConstraint(['merged_into'], ['company.id'], name=op.f('fk_company_merged_into')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_company'))
    )
    with op.batch_alter_table('company', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_company_core_name'), ['core_name'], unique=False)
        batch_op.create_index(batch_op.f('ix_company_merged_into'), ['merged_into'], unique=False)
        batch_op.create_index(batch_op.f('ix_company_search_name'), ['search_name'], unique=False)
        batch_op.create_index(batch_op.f('ix_company_siren'), ['siren'], unique=False)

    op.create_table('establishment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
    sa.Column('siret', sqlmodel.sql.sqltypes.AutoString(length=14), nullable=True),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('insee_code', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=True),
    sa.Column('commune_name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('postal_code', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('closed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_establishment_company_id')),
    sa.ForeignKeyConstraint(['insee_code'], ['commune.insee_code'], name=op.f('fk_establishment_insee_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_establishment')),
    sa.UniqueConstraint('siret', name=op.f('uq_establishment_siret'))
    )
    with op.batch_alter_table('establishment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_establishment_company_id'), ['company_id'], unique=False)

    op.create_table('company_contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('establishment_id', sa.Integer(), nullable=True),
    sa.Column('family_name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('given_name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('search_name', sqlmodel.sql.sqltypes.AutoString(length=220), nullable=False),
    sa.Column('email', sqlmodel.sql.sqltypes.AutoString(length=254), nullable=True),
    sa.Column('telephone', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
    sa.Column('role', sa.Enum('manager', 'human_resources', 'recruiter', 'on_site', 'communication', 'other', name='contactrole', native_enum=False, length=32), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('last_active_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('left_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('erased_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_company_contact_company_id')),
    sa.ForeignKeyConstraint(['establishment_id'], ['establishment.id'], name=op.f('fk_company_contact_establishment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_company_contact'))
    )
    with op.batch_alter_table('company_contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_company_contact_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_company_contact_email'), ['email'], unique=False)
        batch_op.create_index(batch_op.f('ix_company_contact_last_active_at'), ['last_active_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_company_contact_search_name'), ['search_name'], unique=False)

    op.create_table('hall',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('column_count', sa.Integer(), nullable=False),
    sa.Column('row_count', sa.Integer(), nullable=False),
    sa.Column('entrance_column', sa.Integer(), nullable=False),
    sa.Column('entrance_row', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_hall_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hall'))
    )
    with op.batch_alter_table('hall', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hall_event_id'), ['event_id'], unique=False)

    op.create_table('stand_call',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('pool_id', sa.Integer(), nullable=False),
    sa.Column('opens_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('closes_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('place_kinds', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('options', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('asked_for', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('complete_by', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('rules', sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('revised_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('closed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.CheckConstraint('opens_at IS NULL OR closes_at IS NULL OR closes_at > opens_at', name=op.f('ck_stand_call_window')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_stand_call_event_id')),
    sa.ForeignKeyConstraint(['pool_id'], ['seat_pool.id'], name=op.f('fk_stand_call_pool_id')),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_stand_call'))
    )
    op.create_table('village',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('pool_id', sa.Integer(), nullable=False),
    sa.Column('retired_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_village_event_id')),
    sa.ForeignKeyConstraint(['pool_id'], ['seat_pool.id'], name=op.f('fk_village_pool_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_village')),
    sa.UniqueConstraint('event_id', 'name', name=op.f('uq_village_event_id_name'))
    )
    with op.batch_alter_table('village', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_village_event_id'), ['event_id'], unique=False)

    op.create_table('company_domain',
    sa.Column('domain', sqlmodel.sql.sqltypes.AutoString(length=190), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('approved_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('approved_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['approved_by'], ['account.id'], name=op.f('fk_company_domain_approved_by')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_company_domain_company_id')),
    sa.PrimaryKeyConstraint('domain', name=op.f('pk_company_domain'))
    )
    with op.batch_alter_table('company_domain', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_company_domain_company_id'), ['company_id'], unique=False)

    op.create_table('company_merge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('score', sa.Float(), nullable=False),
    sa.Column('reasons', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'accepted', 'refused', 'undone', name='mergestate', native_enum=False, length=32), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=True),
    sa.Column('merged_id', sa.Integer(), nullable=True),
    sa.Column('proposed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_company_merge_order')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_company_merge_decided_by')),
    sa.ForeignKeyConstraint(['first_id'], ['company.id'], name=op.f('fk_company_merge_first_id')),
    sa.ForeignKeyConstraint(['kept_id'], ['company.id'], name=op.f('fk_company_merge_kept_id')),
    sa.ForeignKeyConstraint(['merged_id'], ['company.id'], name=op.f('fk_company_merge_merged_id')),
    sa.ForeignKeyConstraint(['second_id'], ['company.id'], name=op.f('fk_company_merge_second_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_company_merge')),
    sa.UniqueConstraint('first_id', 'second_id', name=op.f('uq_company_merge_first_id_second_id'))
    )
    with op.batch_alter_table('company_merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_company_merge_second_id'), ['second_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_company_merge_state'), ['state'], unique=False)

    op.create_table('company_speaker',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('asked', 'approved', 'refused', 'ended', name='speakerstate', native_enum=False, length=32), nullable=False),
    sa.Column('way', sa.Enum('invitation', 'domain', 'coordinator', name='speakerway', native_enum=False, length=32), nullable=True),
    sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_company_speaker_account_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_company_speaker_company_id')),
    sa.ForeignKeyConstraint(['contact_id'], ['company_contact.id'], name=op.f('fk_company_speaker_contact_id')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_company_speaker_decided_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_company_speaker'))
    )
    with op.batch_alter_table('company_speaker', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_company_speaker_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_company_speaker_company_id'), ['company_id'], unique=False)
        batch_op.create_index('uq_company_speaker_live', ['company_id', 'account_id'], unique=True, sqlite_where=sa.text("state IN ('asked', 'approved')"), postgresql_where=sa.text("state IN ('asked', 'approved')"))

    op.create_table('booth',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('hall_id', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('column', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('village_id', sa.Integer(), nullable=True),
    sa.Column('has_power', sa.Boolean(), nullable=False),
    sa.Column('exhibitor_id', sa.Integer(), nullable=True),
    sa.Column('pinned', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_booth_event_id')),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_booth_exhibitor_id')),
    sa.ForeignKeyConstraint(['hall_id'], ['hall.id'], name=op.f('fk_booth_hall_id')),
    sa.ForeignKeyConstraint(['village_id'], ['village.id'], name=op.f('fk_booth_village_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booth')),
    sa.UniqueConstraint('event_id', 'number', name=op.f('uq_booth_event_id_number')),
    sa.UniqueConstraint('exhibitor_id', name=op.f('uq_booth_exhibitor_id')),
    sa.UniqueConstraint('hall_id', 'column', 'row', name=op.f('uq_booth_hall_id_column_row'))
    )
    with op.batch_alter_table('booth', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_booth_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_booth_hall_id'), ['hall_id'], unique=False)

    op.create_table('meeting_wish',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('exhibitor_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('shows_name', sa.Boolean(), nullable=False),
    sa.Column('wished_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_meeting_wish_exhibitor_id')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_meeting_wish_registration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_wish')),
    sa.UniqueConstraint('registration_id', 'exhibitor_id', name=op.f('uq_meeting_wish_registration_id_exhibitor_id'))
    )
    with op.batch_alter_table('meeting_wish', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_wish_exhibitor_id'), ['exhibitor_id'], unique=False)

    op.create_table('recruiter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('exhibitor_id', sa.Integer(), nullable=False),
    sa.Column('family_name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('given_name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_recruiter_exhibitor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recruiter')),
    sa.UniqueConstraint('reference', name=op.f('uq_recruiter_reference'))
    )
    with op.batch_alter_table('recruiter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recruiter_exhibitor_id'), ['exhibitor_id'], unique=False)

    op.create_table('stand_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('exhibitor_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('content', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_stand_answer_exhibitor_id')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_stand_answer_question_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stand_answer')),
    sa.UniqueConstraint('exhibitor_id', 'question_id', name=op.f('uq_stand_answer_exhibitor_id_question_id'))
    )
    with op.batch_alter_table('exhibitor', schema=None) as batch_op:
        batch_op.add_column(sa.Column('company_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('contact_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('state', sa.Enum('requested', 'to_complete', 'waitlisted', 'accepted', 'declined', 'withdrawn', name='exhibitorstate', native_enum=False, length=32), nullable=False, server_default='accepted'))
        batch_op.add_column(sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=True))
        batch_op.add_column(sa.Column('form_key', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=True))
        batch_op.add_column(sa.Column('place_kind', sa.Enum('stand', 'table', 'demonstration', 'workshop', name='placekind', native_enum=False, length=32), nullable=False, server_default='stand'))
        batch_op.add_column(sa.Column('village_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('holds_seat', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('requested_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('queued_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('approved_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('options', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('recruiter_count', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('meal_count', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('plates', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('no_jobs', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('near_entrance', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('rules_accepted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('self_requested', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False, server_default='fr'))

    op.execute("UPDATE exhibitor SET state = 'withdrawn', changed_at = withdrawn_at WHERE withdrawn_at IS NOT NULL")
    with op.batch_alter_table('exhibitor', schema=None) as batch_op:
        batch_op.alter_column('state', server_default=None)
        batch_op.alter_column('place_kind', server_default=None)
        batch_op.alter_column('holds_seat', server_default=None)
        batch_op.alter_column('reason', server_default=None)
        batch_op.alter_column('options', server_default=None)
        batch_op.alter_column('plates', server_default=None)
        batch_op.alter_column('no_jobs', server_default=None)
        batch_op.alter_column('near_entrance', server_default=None)
        batch_op.alter_column('note', server_default=None)
        batch_op.alter_column('self_requested', server_default=None)
        batch_op.alter_column('language', server_default=None)
        batch_op.create_check_constraint(op.f('ck_exhibitor_queue'), "state <> 'waitlisted' OR queued_at IS NOT NULL")
        batch_op.create_check_constraint(op.f('ck_exhibitor_seat'), "holds_seat = false OR state IN ('requested', 'to_complete', 'accepted')")
        batch_op.create_index(batch_op.f('ix_exhibitor_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exhibitor_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index('ix_exhibitor_queue', ['event_id', 'village_id', 'state', 'queued_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exhibitor_village_id'), ['village_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_exhibitor_form_key'), ['form_key'])
        batch_op.create_unique_constraint(batch_op.f('uq_exhibitor_reference'), ['reference'])
        batch_op.create_foreign_key(batch_op.f('fk_exhibitor_village_id'), 'village', ['village_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_exhibitor_company_id'), 'company', ['company_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_exhibitor_contact_id'), 'company_contact', ['contact_id'], ['id'])
        batch_op.drop_column('withdrawn_at')

    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_outbox_message_recipient'), type_='check')
        batch_op.add_column(sa.Column('contact_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('exhibitor_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_outbox_message_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_message_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_outbox_message_contact_id'), 'company_contact', ['contact_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_outbox_message_exhibitor_id'), 'exhibitor', ['exhibitor_id'], ['id'])
        batch_op.create_check_constraint(
            op.f('ck_outbox_message_recipient'),
            "(candidate_id IS NULL OR (account_id IS NULL AND contact_id IS NULL))"
            " AND (account_id IS NULL OR contact_id IS NULL)",
        )

    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asked_of', sa.Enum('visitors', 'exhibitors', name='askedof', native_enum=False, length=32), nullable=False, server_default='visitors'))
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.alter_column('asked_of', server_default=None)



def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_outbox_message_recipient'), type_='check')
        batch_op.create_check_constraint(
            op.f('ck_outbox_message_recipient'), "candidate_id IS NULL OR account_id IS NULL")  # those to exhibitors stay, to nobody
        batch_op.drop_constraint(batch_op.f('fk_outbox_message_exhibitor_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_outbox_message_contact_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_outbox_message_exhibitor_id'))
        batch_op.drop_index(batch_op.f('ix_outbox_message_contact_id'))
        batch_op.drop_column('exhibitor_id')
        batch_op.drop_column('contact_id')

    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_column('asked_of')

    with op.batch_alter_table('exhibitor', schema=None) as batch_op:
        batch_op.add_column(sa.Column('withdrawn_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.execute("UPDATE exhibitor SET withdrawn_at = COALESCE(changed_at, requested_at, CURRENT_TIMESTAMP) WHERE state <> 'accepted'")
    with op.batch_alter_table('exhibitor', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_exhibitor_queue'), type_='check')
        batch_op.drop_constraint(op.f('ck_exhibitor_seat'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_exhibitor_contact_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_exhibitor_company_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_exhibitor_village_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_exhibitor_reference'), type_='unique')
        batch_op.drop_constraint(batch_op.f('uq_exhibitor_form_key'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_exhibitor_village_id'))
        batch_op.drop_index('ix_exhibitor_queue')
        batch_op.drop_index(batch_op.f('ix_exhibitor_contact_id'))
        batch_op.drop_index(batch_op.f('ix_exhibitor_company_id'))
        batch_op.drop_column('language')
        batch_op.drop_column('self_requested')
        batch_op.drop_column('rules_accepted_at')
        batch_op.drop_column('note')
        batch_op.drop_column('near_entrance')
        batch_op.drop_column('no_jobs')
        batch_op.drop_column('plates')
        batch_op.drop_column('meal_count')
        batch_op.drop_column('recruiter_count')
        batch_op.drop_column('options')
        batch_op.drop_column('reason')
        batch_op.drop_column('changed_at')
        batch_op.drop_column('approved_at')
        batch_op.drop_column('queued_at')
        batch_op.drop_column('requested_at')
        batch_op.drop_column('holds_seat')
        batch_op.drop_column('village_id')
        batch_op.drop_column('place_kind')
        batch_op.drop_column('form_key')
        batch_op.drop_column('reference')
        batch_op.drop_column('state')
        batch_op.drop_column('contact_id')
        batch_op.drop_column('company_id')

    op.drop_table('stand_answer')
    with op.batch_alter_table('recruiter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recruiter_exhibitor_id'))

    op.drop_table('recruiter')
    with op.batch_alter_table('meeting_wish', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_wish_exhibitor_id'))

    op.drop_table('meeting_wish')
    with op.batch_alter_table('booth', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_booth_hall_id'))
        batch_op.drop_index(batch_op.f('ix_booth_event_id'))

    op.drop_table('booth')
    with op.batch_alter_table('company_speaker', schema=None) as batch_op:
        batch_op.drop_index('uq_company_speaker_live', sqlite_where=sa.text("state IN ('asked', 'approved')"), postgresql_where=sa.text("state IN ('asked', 'approved')"))
        batch_op.drop_index(batch_op.f('ix_company_speaker_company_id'))
        batch_op.drop_index(batch_op.f('ix_company_speaker_account_id'))

    op.drop_table('company_speaker')
    with op.batch_alter_table('company_merge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_company_merge_state'))
        batch_op.drop_index(batch_op.f('ix_company_merge_second_id'))

    op.drop_table('company_merge')
    with op.batch_alter_table('company_domain', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_company_domain_company_id'))

    op.drop_table('company_domain')
    with op.batch_alter_table('village', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_village_event_id'))

    op.drop_table('village')
    op.drop_table('stand_call')
    with op.batch_alter_table('hall', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hall_event_id'))

    op.drop_table('hall')
    with op.batch_alter_table('company_contact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_company_contact_search_name'))
        batch_op.drop_index(batch_op.f('ix_company_contact_last_active_at'))
        batch_op.drop_index(batch_op.f('ix_company_contact_email'))
        batch_op.drop_index(batch_op.f('ix_company_contact_company_id'))

    op.drop_table('company_contact')
    with op.batch_alter_table('establishment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_establishment_company_id'))

    op.drop_table('establishment')
    with op.batch_alter_table('company', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_company_siren'))
        batch_op.drop_index(batch_op.f('ix_company_search_name'))
        batch_op.drop_index(batch_op.f('ix_company_merged_into'))
        batch_op.drop_index(batch_op.f('ix_company_core_name'))

    op.drop_table('company')

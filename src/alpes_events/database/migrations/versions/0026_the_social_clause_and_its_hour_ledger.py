"""the social clause and its hour ledger"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

from alpes_events.database.append_only import Protection, protect

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
UTC = sqlmodel.sql.sqltypes.UTCDateTime
Words = sqlmodel.sql.sqltypes.AutoString
_PROTECTED = (
    Protection("hour_entry"),
    Protection("clause_obligation"),
    Protection("clause_document"),
    Protection("eligibility_assessment"),
    Protection("disability_assessment", removable=True),
)


def upgrade() -> None:
    """What was kept elsewhere comes in by files: nothing is filled in."""
    op.create_table('contracting_authority',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', Words(length=150), nullable=False),
    sa.Column('search_name', Words(length=300), nullable=False),
    sa.Column('siren', Words(length=9), nullable=True),
    sa.Column('created_at', UTC(), nullable=False),
    sa.Column('revised_at', UTC(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contracting_authority'))
    )
    with op.batch_alter_table('contracting_authority', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contracting_authority_search_name'), ['search_name'], unique=False)

    op.create_table('eligibility_criterion',
    sa.Column('code', Words(length=16), nullable=False),
    sa.Column('label', Words(length=150), nullable=False),
    sa.Column('label_en', Words(length=150), nullable=False),
    sa.Column('rule', Words(length=500), nullable=False),
    sa.Column('proof', Words(length=200), nullable=False),
    sa.Column('proof_months', sa.Integer(), nullable=True),
    sa.Column('sensitive', sa.Boolean(), nullable=False),
    sa.Column('needs_opinion', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired_at', UTC(), nullable=True),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_eligibility_criterion'))
    )
    op.create_table('clause_operation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('authority_id', sa.Integer(), nullable=False),
    sa.Column('name', Words(length=150), nullable=False),
    sa.Column('search_name', Words(length=300), nullable=False),
    sa.Column('insee_code', Words(length=5), nullable=True),
    sa.Column('commune_name', Words(length=100), nullable=False),
    sa.Column('in_territory', sa.Boolean(), nullable=True),
    sa.Column('created_at', UTC(), nullable=False),
    sa.Column('revised_at', UTC(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['contracting_authority.id'], name=op.f('fk_clause_operation_authority_id')),
    sa.ForeignKeyConstraint(['insee_code'], ['commune.insee_code'], name=op.f('fk_clause_operation_insee_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clause_operation'))
    )
    with op.batch_alter_table('clause_operation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clause_operation_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_clause_operation_search_name'), ['search_name'], unique=False)

    op.create_table('declaration_columns',
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('columns', DOCUMENT, nullable=False),
    sa.Column('mapped_at', UTC(), nullable=False),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_declaration_columns_company_id')),
    sa.PrimaryKeyConstraint('company_id', name=op.f('pk_declaration_columns'))
    )
    op.create_table('globalisation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('reference', Words(length=60), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('created_at', UTC(), nullable=False),
    sa.Column('ended_at', UTC(), nullable=True),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_globalisation_company_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_globalisation'))
    )
    with op.batch_alter_table('globalisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_globalisation_company_id'), ['company_id'], unique=False)

    op.create_table('hour_declaration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('reference', Words(length=32), nullable=False),
    sa.Column('nobody_worked', sa.Boolean(), nullable=False),
    sa.Column('opened_at', UTC(), nullable=False),
    sa.Column('changed_at', UTC(), nullable=False),
    sa.Column('sent_at', UTC(), nullable=True),
    sa.Column('sent_way', sa.Enum('link', 'account', 'file', 'staff', name='declarationway', native_enum=False, length=32), nullable=True),
    sa.Column('reminded_count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_hour_declaration_company_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hour_declaration')),
    sa.UniqueConstraint('company_id', 'month', name=op.f('uq_hour_declaration_company_id_month')),
    sa.UniqueConstraint('reference', name=op.f('uq_hour_declaration_reference'))
    )
    with op.batch_alter_table('hour_declaration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hour_declaration_month'), ['month'], unique=False)

    op.create_table('public_contract',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('operation_id', sa.Integer(), nullable=False),
    sa.Column('reference', Words(length=60), nullable=False),
    sa.Column('title', Words(length=150), nullable=False),
    sa.Column('search_name', Words(length=450), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('publics', DOCUMENT, nullable=False),
    sa.Column('eligibility_months', sa.Integer(), nullable=False),
    sa.Column('penalty_cents', sa.Integer(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('created_at', UTC(), nullable=False),
    sa.Column('revised_at', UTC(), nullable=False),
    sa.CheckConstraint('eligibility_months BETWEEN 1 AND 120', name=op.f('ck_public_contract_eligibility')),
    sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_public_contract_dates')),
    sa.CheckConstraint('penalty_cents IS NULL OR penalty_cents >= 0', name=op.f('ck_public_contract_penalty')),
    sa.ForeignKeyConstraint(['operation_id'], ['clause_operation.id'], name=op.f('fk_public_contract_operation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_public_contract')),
    sa.UniqueConstraint('operation_id', 'reference', name=op.f('uq_public_contract_operation_id_reference'))
    )
    with op.batch_alter_table('public_contract', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_public_contract_operation_id'), ['operation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_public_contract_search_name'), ['search_name'], unique=False)

    op.create_table('clause_lot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('number', Words(length=20), nullable=False),
    sa.Column('title', Words(length=150), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('created_at', UTC(), nullable=False),
    sa.Column('revised_at', UTC(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['public_contract.id'], name=op.f('fk_clause_lot_contract_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clause_lot')),
    sa.UniqueConstraint('contract_id', 'number', name=op.f('uq_clause_lot_contract_id_number'))
    )
    with op.batch_alter_table('clause_lot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clause_lot_contract_id'), ['contract_id'], unique=False)

    op.create_table('evidence_identity',
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('family_name', Words(length=100), nullable=False),
    sa.Column('given_name', Words(length=100), nullable=False),
    sa.Column('birth_on', sa.Date(), nullable=True),
    sa.Column('kept_until', sa.Date(), nullable=False),
    sa.Column('moved_at', UTC(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_evidence_identity_candidate_id')),
    sa.PrimaryKeyConstraint('candidate_id', name=op.f('pk_evidence_identity'))
    )
    with op.batch_alter_table('evidence_identity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_identity_kept_until'), ['kept_until'], unique=False)

    op.create_table('hour_bonus',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=True),
    sa.Column('criterion_code', Words(length=16), nullable=True),
    sa.Column('mode', Words(length=32), nullable=True),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('added_at', UTC(), nullable=False),
    sa.Column('withdrawn_at', UTC(), nullable=True),
    sa.CheckConstraint('percent BETWEEN 0 AND 1000', name=op.f('ck_hour_bonus_percent')),
    sa.ForeignKeyConstraint(['contract_id'], ['public_contract.id'], name=op.f('fk_hour_bonus_contract_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hour_bonus'))
    )
    with op.batch_alter_table('hour_bonus', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hour_bonus_contract_id'), ['contract_id'], unique=False)

    op.create_table('hour_chain',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('hash', Words(length=64), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['public_contract.id'], name=op.f('fk_hour_chain_contract_id')),
    sa.PrimaryKeyConstraint('contract_id', name=op.f('pk_hour_chain'))
    )
    op.create_table('clause_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('tally', 'statement', 'certificate', 'shortfall', name='documentkind', native_enum=False, length=32), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=True),
    sa.Column('company_id', sa.Integer(), nullable=True),
    sa.Column('wishes', DOCUMENT, nullable=False),
    sa.Column('heads', DOCUMENT, nullable=False),
    sa.Column('seal', Words(length=64), nullable=False),
    sa.Column('made_at', UTC(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_clause_document_company_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['public_contract.id'], name=op.f('fk_clause_document_contract_id')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_clause_document_made_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clause_document')),
    sa.UniqueConstraint('kind', 'year', 'number', name=op.f('uq_clause_document_kind_year_number'))
    )
    with op.batch_alter_table('clause_document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clause_document_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_clause_document_contract_id'), ['contract_id'], unique=False)

    op.create_table('clause_obligation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('initial', 'amendment', 'tranche', 'renewal', name='obligationkind', native_enum=False, length=32), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('method', sa.Enum('labour_share', 'worked_hours', 'invoices', 'stated', name='sizingmethod', native_enum=False, length=32), nullable=False),
    sa.Column('parameters', DOCUMENT, nullable=False),
    sa.Column('document', Words(length=100), nullable=False),
    sa.Column('recorded_at', UTC(), nullable=False),
    sa.Column('recorded_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['lot_id'], ['clause_lot.id'], name=op.f('fk_clause_obligation_lot_id')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('fk_clause_obligation_recorded_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clause_obligation'))
    )
    with op.batch_alter_table('clause_obligation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clause_obligation_lot_id'), ['lot_id'], unique=False)

    op.create_table('clause_target',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('set_at', UTC(), nullable=False),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_clause_target_minutes')),
    sa.ForeignKeyConstraint(['lot_id'], ['clause_lot.id'], name=op.f('fk_clause_target_lot_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clause_target')),
    sa.UniqueConstraint('lot_id', 'due_on', name=op.f('uq_clause_target_lot_id_due_on'))
    )
    op.create_table('disability_proof',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('code', Words(length=16), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('holds', sa.Boolean(), nullable=False),
    sa.Column('reference', Words(length=100), nullable=False),
    sa.Column('noted_at', UTC(), nullable=False),
    sa.Column('noted_by', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', UTC(), nullable=True),
    sa.CheckConstraint('valid_until IS NULL OR valid_until > issued_on', name=op.f('ck_disability_proof_dates')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_disability_proof_candidate_id')),
    sa.ForeignKeyConstraint(['noted_by'], ['account.id'], name=op.f('fk_disability_proof_noted_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disability_proof'))
    )
    with op.batch_alter_table('disability_proof', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_disability_proof_candidate_id'), ['candidate_id'], unique=False)

    op.create_table('eligibility_assessment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('assessed_on', sa.Date(), nullable=False),
    sa.Column('answer', sa.Enum('yes', 'no', 'unknown', name='eligible', native_enum=False, length=32), nullable=False),
    sa.Column('criterion_code', Words(length=16), nullable=True),
    sa.Column('proof_until', sa.Date(), nullable=True),
    sa.Column('criteria', DOCUMENT, nullable=False),
    sa.Column('assessed_at', UTC(), nullable=False),
    sa.Column('assessed_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['assessed_by'], ['account.id'], name=op.f('fk_eligibility_assessment_assessed_by')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_eligibility_assessment_candidate_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['public_contract.id'], name=op.f('fk_eligibility_assessment_contract_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_eligibility_assessment'))
    )
    with op.batch_alter_table('eligibility_assessment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_eligibility_assessment_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_eligibility_assessment_contract_id'), ['contract_id'], unique=False)

    op.create_table('eligibility_proof',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('code', Words(length=16), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('holds', sa.Boolean(), nullable=False),
    sa.Column('reference', Words(length=100), nullable=False),
    sa.Column('issuer', sa.Enum('france_travail', 'mde', 'mission_locale', 'mdph', name='issuer', native_enum=False, length=32), nullable=True),
    sa.Column('opinion', Words(length=2000), nullable=False),
    sa.Column('validated_at', UTC(), nullable=True),
    sa.Column('validated_by', sa.Integer(), nullable=True),
    sa.Column('refused_at', UTC(), nullable=True),
    sa.Column('noted_at', UTC(), nullable=False),
    sa.Column('noted_by', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', UTC(), nullable=True),
    sa.CheckConstraint('valid_until IS NULL OR valid_until > issued_on', name=op.f('ck_eligibility_proof_dates')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_eligibility_proof_candidate_id')),
    sa.ForeignKeyConstraint(['noted_by'], ['account.id'], name=op.f('fk_eligibility_proof_noted_by')),
    sa.ForeignKeyConstraint(['validated_by'], ['account.id'], name=op.f('fk_eligibility_proof_validated_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_eligibility_proof'))
    )
    with op.batch_alter_table('eligibility_proof', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_eligibility_proof_candidate_id'), ['candidate_id'], unique=False)

    op.create_table('globalised_lot',
    sa.Column('globalisation_id', sa.Integer(), nullable=False),
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['globalisation_id'], ['globalisation.id'], name=op.f('fk_globalised_lot_globalisation_id')),
    sa.ForeignKeyConstraint(['lot_id'], ['clause_lot.id'], name=op.f('fk_globalised_lot_lot_id')),
    sa.PrimaryKeyConstraint('globalisation_id', 'lot_id', name=op.f('pk_globalised_lot'))
    )
    with op.batch_alter_table('globalised_lot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_globalised_lot_lot_id'), ['lot_id'], unique=False)

    op.create_table('lot_company',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('contractor', 'co_contractor', 'subcontractor', name='lotrole', native_enum=False, length=32), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('added_at', UTC(), nullable=False),
    sa.Column('withdrawn_at', UTC(), nullable=True),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_lot_company_company_id')),
    sa.ForeignKeyConstraint(['lot_id'], ['clause_lot.id'], name=op.f('fk_lot_company_lot_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lot_company'))
    )
    with op.batch_alter_table('lot_company', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lot_company_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_lot_company_lot_id'), ['lot_id'], unique=False)

    op.create_table('placement_plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'set_aside', name='placementplanstate', native_enum=False, length=32), nullable=False),
    sa.Column('first_on', sa.Date(), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=False),
    sa.Column('stints', DOCUMENT, nullable=False),
    sa.Column('lots', DOCUMENT, nullable=False),
    sa.Column('figures', DOCUMENT, nullable=False),
    sa.Column('made_at', UTC(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_placement_plan_made_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement_plan'))
    )
    op.create_table('disability_assessment',
    sa.Column('assessment_id', sa.Integer(), nullable=False),
    sa.Column('code', Words(length=16), nullable=True),
    sa.Column('criteria', DOCUMENT, nullable=False),
    sa.ForeignKeyConstraint(['assessment_id'], ['eligibility_assessment.id'], name=op.f('fk_disability_assessment_assessment_id')),
    sa.PrimaryKeyConstraint('assessment_id', name=op.f('pk_disability_assessment'))
    )
    op.create_table('lot_job',
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['lot_id'], ['clause_lot.id'], name=op.f('fk_lot_job_lot_id')),
    sa.ForeignKeyConstraint(['offer_id'], ['job_offer.id'], name=op.f('fk_lot_job_offer_id')),
    sa.PrimaryKeyConstraint('lot_id', 'offer_id', name=op.f('pk_lot_job'))
    )
    with op.batch_alter_table('lot_job', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lot_job_offer_id'), ['offer_id'], unique=False)

    op.create_table('placement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('proposed', 'accepted', 'refused', 'declined', 'hired', 'withdrawn', name='placementstate', native_enum=False, length=32), nullable=False),
    sa.Column('assessment_id', sa.Integer(), nullable=True),
    sa.Column('run_id', sa.Integer(), nullable=True),
    sa.Column('plan_id', sa.Integer(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('planned_minutes', sa.Integer(), nullable=True),
    sa.Column('created_at', UTC(), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('moved_at', UTC(), nullable=False),
    sa.ForeignKeyConstraint(['assessment_id'], ['eligibility_assessment.id'], name=op.f('fk_placement_assessment_id')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_placement_candidate_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_placement_company_id')),
    sa.ForeignKeyConstraint(['created_by'], ['account.id'], name=op.f('fk_placement_created_by')),
    sa.ForeignKeyConstraint(['lot_id'], ['clause_lot.id'], name=op.f('fk_placement_lot_id')),
    sa.ForeignKeyConstraint(['plan_id'], ['placement_plan.id'], name=op.f('fk_placement_plan_id')),
    sa.ForeignKeyConstraint(['run_id'], ['ranking_run.id'], name=op.f('fk_placement_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement'))
    )
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placement_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_lot_id'), ['lot_id'], unique=False)
        batch_op.create_index('uq_placement_open', ['candidate_id', 'lot_id'], unique=True, sqlite_where=sa.text("state IN ('proposed', 'accepted')"), postgresql_where=sa.text("state IN ('proposed', 'accepted')"))

    op.create_table('employment_contract',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=True),
    sa.Column('placement_id', sa.Integer(), nullable=True),
    sa.Column('mode', sa.Enum('cdi', 'cdd', 'apprenticeship', 'professionalisation', 'temporary', 'etti', 'ai', 'geiq', 'eatt', 'ei', 'aci', 'ea', 'esat', 'regie', 'training', name='employmentmode', native_enum=False, length=32), nullable=True),
    sa.Column('rome_code', Words(length=5), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('weekly_minutes', sa.Integer(), nullable=True),
    sa.Column('planned_minutes', sa.Integer(), nullable=True),
    sa.Column('assessment_id', sa.Integer(), nullable=True),
    sa.Column('criterion_code', Words(length=16), nullable=True),
    sa.Column('eligible_until', sa.Date(), nullable=True),
    sa.Column('insee_code', Words(length=5), nullable=True),
    sa.Column('commune_name', Words(length=100), nullable=False),
    sa.Column('in_territory', sa.Boolean(), nullable=True),
    sa.Column('in_priority_district', sa.Boolean(), nullable=True),
    sa.Column('sex', sa.Enum('woman', 'man', name='sex', native_enum=False, length=32), nullable=True),
    sa.Column('age_band', sa.Enum('under_18', '18_25', '26_49', '50_plus', name='ageband', native_enum=False, length=32), nullable=True),
    sa.Column('training_level', sa.Integer(), nullable=True),
    sa.Column('noted_at', UTC(), nullable=False),
    sa.Column('noted_by', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', UTC(), nullable=True),
    sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_employment_contract_dates')),
    sa.CheckConstraint('planned_minutes IS NULL OR planned_minutes >= 0', name=op.f('ck_employment_contract_planned')),
    sa.ForeignKeyConstraint(['assessment_id'], ['eligibility_assessment.id'], name=op.f('fk_employment_contract_assessment_id')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_employment_contract_candidate_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_employment_contract_company_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['company.id'], name=op.f('fk_employment_contract_employer_id')),
    sa.ForeignKeyConstraint(['insee_code'], ['commune.insee_code'], name=op.f('fk_employment_contract_insee_code')),
    sa.ForeignKeyConstraint(['lot_id'], ['clause_lot.id'], name=op.f('fk_employment_contract_lot_id')),
    sa.ForeignKeyConstraint(['noted_by'], ['account.id'], name=op.f('fk_employment_contract_noted_by')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_employment_contract_placement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employment_contract'))
    )
    with op.batch_alter_table('employment_contract', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_employment_contract_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_employment_contract_company_id'), ['company_id'], unique=False)
        batch_op.create_index('ix_employment_contract_lot_person', ['lot_id', 'candidate_id'], unique=False)

    op.create_table('declared_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('declaration_id', sa.Integer(), nullable=False),
    sa.Column('employment_id', sa.Integer(), nullable=True),
    sa.Column('person_words', Words(length=200), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('overtime', sa.Boolean(), nullable=False),
    sa.Column('flags', DOCUMENT, nullable=False),
    sa.Column('way', sa.Enum('link', 'account', 'file', 'staff', name='declarationway', native_enum=False, length=32), nullable=False),
    sa.Column('state', sa.Enum('written', 'sent', 'validated', 'refused', 'withdrawn', name='linestate', native_enum=False, length=32), nullable=False),
    sa.Column('reason', Words(length=300), nullable=False),
    sa.Column('declared_sequence', sa.Integer(), nullable=True),
    sa.Column('written_at', UTC(), nullable=False),
    sa.Column('decided_at', UTC(), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_declared_line_minutes')),
    sa.CheckConstraint('until_on >= from_on', name=op.f('ck_declared_line_days')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_declared_line_decided_by')),
    sa.ForeignKeyConstraint(['declaration_id'], ['hour_declaration.id'], name=op.f('fk_declared_line_declaration_id')),
    sa.ForeignKeyConstraint(['employment_id'], ['employment_contract.id'], name=op.f('fk_declared_line_employment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declared_line'))
    )
    with op.batch_alter_table('declared_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_declared_line_declaration_id'), ['declaration_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_declared_line_employment_id'), ['employment_id'], unique=False)

    op.create_table('disability_criterion',
    sa.Column('employment_id', sa.Integer(), nullable=False),
    sa.Column('code', Words(length=16), nullable=False),
    sa.ForeignKeyConstraint(['employment_id'], ['employment_contract.id'], name=op.f('fk_disability_criterion_employment_id')),
    sa.PrimaryKeyConstraint('employment_id', name=op.f('pk_disability_criterion'))
    )
    op.create_table('followed_situation',
    sa.Column('employment_id', sa.Integer(), nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('situation', sa.Enum('same_employer', 'other_job', 'training', 'jobseeker', 'other', name='latersituation', native_enum=False, length=32), nullable=False),
    sa.Column('noted_on', sa.Date(), nullable=False),
    sa.Column('noted_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('months IN (6, 12)', name=op.f('ck_followed_situation_months')),
    sa.ForeignKeyConstraint(['employment_id'], ['employment_contract.id'], name=op.f('fk_followed_situation_employment_id')),
    sa.ForeignKeyConstraint(['noted_by'], ['account.id'], name=op.f('fk_followed_situation_noted_by')),
    sa.PrimaryKeyConstraint('employment_id', 'months', name=op.f('pk_followed_situation'))
    )
    op.create_table('hour_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('employment_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('account', sa.Enum('planned', 'declared', 'validated', 'refused', name='houraccount', native_enum=False, length=32), nullable=False),
    sa.Column('kind', sa.Enum('planned', 'declared', 'validated', 'refused', 'corrected', 'transferred', name='hourkind', native_enum=False, length=32), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('reverses', sa.Integer(), nullable=True),
    sa.Column('source', sa.Enum('declaration', 'file', 'convention', 'staff', name='hoursource', native_enum=False, length=32), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', UTC(), nullable=False),
    sa.Column('recorded_by', sa.Integer(), nullable=True),
    sa.Column('hash', Words(length=64), nullable=False),
    sa.CheckConstraint("(kind = 'corrected') = (reverses IS NOT NULL)", name=op.f('ck_hour_entry_reverses')),
    sa.CheckConstraint("minutes > 0 OR kind IN ('corrected', 'transferred')", name=op.f('ck_hour_entry_minutes')),
    sa.CheckConstraint('sequence > 0', name=op.f('ck_hour_entry_sequence')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_hour_entry_candidate_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['public_contract.id'], name=op.f('fk_hour_entry_contract_id')),
    sa.ForeignKeyConstraint(['employment_id'], ['employment_contract.id'], name=op.f('fk_hour_entry_employment_id')),
    sa.ForeignKeyConstraint(['lot_id'], ['clause_lot.id'], name=op.f('fk_hour_entry_lot_id')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('fk_hour_entry_recorded_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hour_entry')),
    sa.UniqueConstraint('contract_id', 'reverses', name=op.f('uq_hour_entry_contract_id_reverses')),
    sa.UniqueConstraint('contract_id', 'sequence', name=op.f('uq_hour_entry_contract_id_sequence'))
    )
    with op.batch_alter_table('hour_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hour_entry_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index('ix_hour_entry_employment', ['employment_id', 'account', 'month'], unique=False)
        batch_op.create_index(batch_op.f('ix_hour_entry_lot_id'), ['lot_id'], unique=False)
        batch_op.create_index('ix_hour_entry_source', ['source', 'source_id'], unique=False)
        batch_op.create_index('ix_hour_entry_tally', ['account', 'month', 'employment_id', 'recorded_at', 'minutes'], unique=False)

    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('evidence_months', sa.Integer(), server_default='60', nullable=False))

    protect(op.get_bind(), _PROTECTED)


def downgrade() -> None:
    """Facilitators go on as coordinators, whose pages they have."""
    op.execute("UPDATE account SET role = 'coordinator' WHERE role = 'facilitator'")
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_column('evidence_months')

    with op.batch_alter_table('hour_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_hour_entry_tally')
        batch_op.drop_index('ix_hour_entry_source')
        batch_op.drop_index(batch_op.f('ix_hour_entry_lot_id'))
        batch_op.drop_index('ix_hour_entry_employment')
        batch_op.drop_index(batch_op.f('ix_hour_entry_candidate_id'))

    op.drop_table('hour_entry')
    op.drop_table('followed_situation')
    op.drop_table('disability_criterion')
    with op.batch_alter_table('declared_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_declared_line_employment_id'))
        batch_op.drop_index(batch_op.f('ix_declared_line_declaration_id'))

    op.drop_table('declared_line')
    with op.batch_alter_table('employment_contract', schema=None) as batch_op:
        batch_op.drop_index('ix_employment_contract_lot_person')
        batch_op.drop_index(batch_op.f('ix_employment_contract_company_id'))
        batch_op.drop_index(batch_op.f('ix_employment_contract_candidate_id'))

    op.drop_table('employment_contract')
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.drop_index('uq_placement_open', sqlite_where=sa.text("state IN ('proposed', 'accepted')"), postgresql_where=sa.text("state IN ('proposed', 'accepted')"))
        batch_op.drop_index(batch_op.f('ix_placement_lot_id'))
        batch_op.drop_index(batch_op.f('ix_placement_candidate_id'))

    op.drop_table('placement')
    with op.batch_alter_table('lot_job', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_lot_job_offer_id'))

    op.drop_table('lot_job')
    op.drop_table('disability_assessment')
    op.drop_table('placement_plan')
    with op.batch_alter_table('lot_company', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_lot_company_lot_id'))
        batch_op.drop_index(batch_op.f('ix_lot_company_company_id'))

    op.drop_table('lot_company')
    with op.batch_alter_table('globalised_lot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_globalised_lot_lot_id'))

    op.drop_table('globalised_lot')
    with op.batch_alter_table('eligibility_proof', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_eligibility_proof_candidate_id'))

    op.drop_table('eligibility_proof')
    with op.batch_alter_table('eligibility_assessment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_eligibility_assessment_contract_id'))
        batch_op.drop_index(batch_op.f('ix_eligibility_assessment_candidate_id'))

    op.drop_table('eligibility_assessment')
    with op.batch_alter_table('disability_proof', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_disability_proof_candidate_id'))

    op.drop_table('disability_proof')
    op.drop_table('clause_target')
    with op.batch_alter_table('clause_obligation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clause_obligation_lot_id'))

    op.drop_table('clause_obligation')
    with op.batch_alter_table('clause_document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clause_document_contract_id'))
        batch_op.drop_index(batch_op.f('ix_clause_document_company_id'))

    op.drop_table('clause_document')
    op.drop_table('hour_chain')
    with op.batch_alter_table('hour_bonus', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hour_bonus_contract_id'))

    op.drop_table('hour_bonus')
    with op.batch_alter_table('evidence_identity', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_identity_kept_until'))

    op.drop_table('evidence_identity')
    with op.batch_alter_table('clause_lot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clause_lot_contract_id'))

    op.drop_table('clause_lot')
    with op.batch_alter_table('public_contract', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_public_contract_search_name'))
        batch_op.drop_index(batch_op.f('ix_public_contract_operation_id'))

    op.drop_table('public_contract')
    with op.batch_alter_table('hour_declaration', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hour_declaration_month'))

    op.drop_table('hour_declaration')
    with op.batch_alter_table('globalisation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_globalisation_company_id'))

    op.drop_table('globalisation')
    op.drop_table('declaration_columns')
    with op.batch_alter_table('clause_operation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clause_operation_search_name'))
        batch_op.drop_index(batch_op.f('ix_clause_operation_authority_id'))

    op.drop_table('clause_operation')
    op.drop_table('eligibility_criterion')
    with op.batch_alter_table('contracting_authority', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contracting_authority_search_name'))

    op.drop_table('contracting_authority')

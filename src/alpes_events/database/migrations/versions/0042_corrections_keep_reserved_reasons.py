"""corrections of exits keep reserved reasons; services name their organisation in words only"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from alpes_events.database.append_only import Protection, protect

revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None

_PROTECTED = (Protection("reserved_revision", removable=True),)


def upgrade() -> None:
    """A service that named a company by its record only says its name: no page ever noted one so."""
    op.create_table('reserved_revision',
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_reserved_revision_enrolment_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['pathway_revision.id'], name=op.f('fk_reserved_revision_revision_id')),
    sa.PrimaryKeyConstraint('revision_id', name=op.f('pk_reserved_revision'))
    )
    with op.batch_alter_table('reserved_revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reserved_revision_enrolment_id'), ['enrolment_id'], unique=False)
    protect(op.get_bind(), _PROTECTED)

    op.execute(
        "UPDATE service_act SET organisation = "
        "(SELECT SUBSTR(name, 1, 150) FROM company WHERE company.id = service_act.company_id) "
        "WHERE organisation = '' AND company_id IS NOT NULL"
    )
    with op.batch_alter_table('service_act', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_service_act_company_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_service_act_company_id'))
        batch_op.drop_column('company_id')


def downgrade() -> None:
    """Corrections keep no reserved reason; services have room for a company, and name none."""
    with op.batch_alter_table('service_act', schema=None) as batch_op:
        batch_op.add_column(sa.Column('company_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_service_act_company_id'), 'company', ['company_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_service_act_company_id'), ['company_id'], unique=False)

    op.drop_table('reserved_revision')

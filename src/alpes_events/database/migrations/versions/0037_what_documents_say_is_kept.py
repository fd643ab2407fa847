"""what documents of the clause say is kept as it went out"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from alpes_events.database.append_only import Protection, protect

revision = '0037'
down_revision = '0032'
branch_labels = None
depends_on = None

_PROTECTED = (Protection("clause_document_content"),)


def upgrade() -> None:
    """Documents that went out before have no content kept: they are made anew from the ledger."""
    op.create_table('clause_document_content',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['clause_document.id'], name=op.f('fk_clause_document_content_document_id')),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_clause_document_content'))
    )
    protect(op.get_bind(), _PROTECTED)


def downgrade() -> None:
    """The contents go: documents are made anew from the ledger again."""
    op.drop_table('clause_document_content')

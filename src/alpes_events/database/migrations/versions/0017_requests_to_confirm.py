"""applications and alerts of somebody unknown, until their address is confirmed"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table('offer_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('form_key', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('kind', sa.Enum('application', 'alert', name='requestkind', native_enum=False, length=32), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=True),
    sa.Column('choice', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('given_name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('family_name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('email', sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
    sa.Column('telephone', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('message', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('confirmed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('candidate_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(kind = 'application') = (offer_id IS NOT NULL)", name=op.f('ck_offer_request_offer')),
    sa.CheckConstraint('(confirmed_at IS NULL) = (candidate_id IS NULL)', name=op.f('ck_offer_request_confirmed')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_offer_request_candidate_id')),
    sa.ForeignKeyConstraint(['offer_id'], ['job_offer.id'], name=op.f('fk_offer_request_offer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer_request')),
    sa.UniqueConstraint('form_key', name=op.f('uq_offer_request_form_key')),
    sa.UniqueConstraint('reference', name=op.f('uq_offer_request_reference'))
    )
    with op.batch_alter_table('offer_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_offer_request_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_offer_request_email'), ['email'], unique=False)
        batch_op.create_index(batch_op.f('ix_offer_request_expires_at'), ['expires_at'], unique=False)


def downgrade() -> None:
    """Requests that wait go: whoever made them makes them again."""
    with op.batch_alter_table('offer_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_offer_request_expires_at'))
        batch_op.drop_index(batch_op.f('ix_offer_request_email'))
        batch_op.drop_index(batch_op.f('ix_offer_request_candidate_id'))
    op.drop_table('offer_request')

"""rankings behind the gate of a lot"""

import sqlalchemy as sa
from alembic import op

from alpes_events.database.append_only import Protection, protect

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

_PROTECTED = (Protection("lot_ranking"),)


def upgrade() -> None:
    """No ranking was made for a lot before."""
    op.create_table('lot_ranking',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('lot_id', sa.Integer(), nullable=False),
    sa.Column('eligible_on', sa.Date(), nullable=False),
    sa.Column('yes_count', sa.Integer(), nullable=False),
    sa.Column('unknown_count', sa.Integer(), nullable=False),
    sa.Column('no_count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['lot_id'], ['clause_lot.id'], name=op.f('fk_lot_ranking_lot_id')),
    sa.ForeignKeyConstraint(['run_id'], ['ranking_run.id'], name=op.f('fk_lot_ranking_run_id')),
    sa.PrimaryKeyConstraint('run_id', name=op.f('pk_lot_ranking'))
    )
    with op.batch_alter_table('lot_ranking', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lot_ranking_lot_id'), ['lot_id'], unique=False)

    protect(op.get_bind(), _PROTECTED)


def downgrade() -> None:
    """The rankings stay, without the lot that they were made for."""
    with op.batch_alter_table('lot_ranking', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_lot_ranking_lot_id'))

    op.drop_table('lot_ranking')

"""occupations of the ROME"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table('occupation',
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('label', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('parent_code', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('version', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_occupation'))
    )
    with op.batch_alter_table('occupation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occupation_parent_code'), ['parent_code'], unique=False)
    op.create_table('occupation_title',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.ForeignKeyConstraint(['code'], ['occupation.code'], name=op.f('fk_occupation_title_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occupation_title'))
    )
    with op.batch_alter_table('occupation_title', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occupation_title_code'), ['code'], unique=False)
    op.create_table('trained_occupations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_sha256', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('version', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('trained_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_trained_occupations_single')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trained_occupations'))
    )


def downgrade() -> None:
    """The occupations go; offers keep their codes, and the file can be imported again."""
    op.drop_table('trained_occupations')
    op.drop_table('occupation_title')
    op.drop_table('occupation')

"""alerts of an address without a person, the last sign of life of employers, questions as visitors answered them"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0022'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Alerts stay their candidates'; what was answered so far was answered to the questions as they stand."""
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('last_active_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.execute("UPDATE account SET last_active_at = (SELECT MAX(seen_at) FROM account_session WHERE account_session.account_id = account.id) WHERE role = 'employer'")

    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('label', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False, server_default=''))
    op.execute("UPDATE answer SET label = (SELECT label FROM question WHERE question.id = answer.question_id)")
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.alter_column('label', server_default=None)

    with op.batch_alter_table('offer_alert', schema=None) as batch_op:
        batch_op.add_column(sa.Column('email', sqlmodel.sql.sqltypes.AutoString(length=254), nullable=True))
        batch_op.add_column(sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False, server_default='fr'))
        batch_op.add_column(sa.Column('kept_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.execute("UPDATE offer_alert SET kept_at = created_at")
    with op.batch_alter_table('offer_alert', schema=None) as batch_op:
        batch_op.alter_column('candidate_id', existing_type=sa.Integer(), nullable=True)
        batch_op.alter_column('language', server_default=None)
        batch_op.alter_column('kept_at', nullable=False)
        batch_op.create_index(batch_op.f('ix_offer_alert_email'), ['email'], unique=False)
        batch_op.create_check_constraint(batch_op.f('ck_offer_alert_whose'), '(candidate_id IS NULL) <> (email IS NULL)')

    with op.batch_alter_table('offer_request', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_offer_request_confirmed'), type_='check')
        batch_op.create_check_constraint(
            op.f('ck_offer_request_confirmed'), "kind = 'alert' OR (confirmed_at IS NULL) = (candidate_id IS NULL)"
        )


def downgrade() -> None:
    """Alerts of an address go, with the requests that made them."""
    op.execute("DELETE FROM offer_request WHERE confirmed_at IS NOT NULL AND candidate_id IS NULL")
    with op.batch_alter_table('offer_request', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_offer_request_confirmed'), type_='check')
        batch_op.create_check_constraint(
            op.f('ck_offer_request_confirmed'), '(confirmed_at IS NULL) = (candidate_id IS NULL)'
        )

    op.execute("DELETE FROM offer_alert WHERE candidate_id IS NULL")
    with op.batch_alter_table('offer_alert', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_offer_alert_whose'), type_='check')
        batch_op.drop_index(batch_op.f('ix_offer_alert_email'))
        batch_op.alter_column('candidate_id', existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column('kept_at')
        batch_op.drop_column('language')
        batch_op.drop_column('email')

    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_column('label')

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_column('last_active_at')

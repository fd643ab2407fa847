"""the question that an exhibitor answered, as it was put to them"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was answered so far was answered to the questions as they stand."""
    with op.batch_alter_table('stand_answer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('label', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False, server_default=''))
    op.execute("UPDATE stand_answer SET label = (SELECT label FROM question WHERE question.id = stand_answer.question_id)")
    with op.batch_alter_table('stand_answer', schema=None) as batch_op:
        batch_op.alter_column('label', server_default=None)


def downgrade() -> None:
    """Answers are to the questions as they stand again; a question for a number is one for a text."""
    op.execute("UPDATE question SET kind = 'text' WHERE kind = 'number'")
    with op.batch_alter_table('stand_answer', schema=None) as batch_op:
        batch_op.drop_column('label')

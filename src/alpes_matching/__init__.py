"""Pure functions: who fits what and why, and which two records are one person."""

import os

# On a machine that is busy, NumPy's threads wait for one another: the same work takes ten times as long by the clock.
# The library that NumPy calculates with reads this when it is loaded; whoever has chosen a number keeps it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

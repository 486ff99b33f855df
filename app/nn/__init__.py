"""The network: spec, parameters, and the plan that computes with them. NumPy and nothing of the web."""

import os

# Two threads slow every network below about a million parameters; this must be said before NumPy is first imported.
for _variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[_variable] = "1"

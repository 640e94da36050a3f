"""The least number of partners, by one whole-number program over all demands at once."""

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

SECONDS = 60


def wenigste_partner(geflecht):
    """Return the least number of partners against outsiders; None if it is not found in time.

    Variables: for each small cell p a changed table d_p with M d_p = 0 and d_p[p] >= k − value;
    one binary for each possible partner, without which no d_p may move it.
    """
    g, cells = geflecht, np.arange(len(geflecht.wert))
    goals = [c for c in np.flatnonzero(g.primaer) if np.isfinite(g.soll_oben[c])]
    partners = np.flatnonzero(g.sperrbar & ~g.pflicht)
    if not goals:
        return 0
    size = len(cells)
    most = 2 * g.wert.max() + 20
    down = np.where(g.pflicht | g.sperrbar, g.wert - g.unten, 0.0)
    up = np.where(g.pflicht | g.sperrbar, most, 0.0)
    lower, upper = np.tile(-down, (len(goals), 1)), np.tile(up, (len(goals), 1))
    for row, cell in enumerate(goals):
        lower[row, cell] = g.soll_oben[cell] - g.wert[cell]
    pick = sparse.csr_array(
        (np.ones(len(partners)), (np.arange(len(partners)), partners)), (len(partners), size)
    )
    every = sparse.kron(sparse.eye_array(len(goals)), pick)
    columns = sparse.vstack([sparse.eye_array(len(partners))] * len(goals))
    relations = sparse.kron(sparse.eye_array(len(goals)), g.matrix)
    nothing = sparse.csr_array((relations.shape[0], len(partners)))
    high = columns @ sparse.diags_array(up[partners])
    low = columns @ sparse.diags_array(down[partners])
    constraints = [
        LinearConstraint(sparse.hstack([relations, nothing]).tocsr(), 0, 0),
        LinearConstraint(sparse.hstack([every, -high]).tocsr(), -np.inf, 0),
        LinearConstraint(sparse.hstack([every, low]).tocsr(), 0, np.inf),
    ]
    binary = np.concatenate([np.zeros(size * len(goals)), np.ones(len(partners))])
    answer = milp(
        binary,
        integrality=binary,
        bounds=Bounds(
            np.append(lower.ravel(), np.zeros(len(partners))),
            np.append(upper.ravel(), np.ones(len(partners))),
        ),
        constraints=constraints,
        options={"time_limit": SECONDS},
    )
    return round(answer.fun) if answer.status == 0 else None

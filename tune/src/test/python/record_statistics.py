"""Records what scipy says of bootstrap intervals, Wilcoxon's test and Holm's correction.

    python record_statistics.py statistics.json

Recorded with numpy 2.4.6, scipy 1.17.1. The BCa interval is scipy.stats.bootstrap's own; its resamples and jackknife values
are recorded beside it, so that the other side computes from the same numbers. scipy has no Holm; it is written out here.
"""

import json
import sys

import numpy as np
from scipy import stats


def spread(seed, statistic):
    rng = np.random.default_rng(seed)
    data = rng.gamma(1.5, size=25)
    result = stats.bootstrap((data,), statistic, n_resamples=999, confidence_level=0.9, method="BCa", vectorized=False,
                             rng=np.random.default_rng(seed))
    percentile = stats.bootstrap((data,), statistic, n_resamples=999, confidence_level=0.9, method="percentile",
                                 vectorized=False, rng=np.random.default_rng(seed))
    return {"estimate": float(statistic(data)), "drawn": result.bootstrap_distribution.tolist(),
            "without": [float(statistic(np.delete(data, i))) for i in range(len(data))],
            "bca": list(map(float, result.confidence_interval)),
            "percentile": list(map(float, percentile.confidence_interval))}


def wilcoxon(seed, n, ties):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=n), rng.normal(0.4, size=n)
    if ties:
        a[:2] = b[:2]
    method = "exact" if n <= 20 else "approx"
    kept = a != b
    p = stats.wilcoxon(a[kept], b[kept], method=method, correction=method == "approx").pvalue
    return {"first": a.tolist(), "second": b.tolist(), "p": float(p)}


def holm(p):
    order, highest, adjusted = np.argsort(p), 0.0, np.empty(len(p))
    for rank, i in enumerate(order):
        highest = max(highest, min(1.0, (len(p) - rank) * p[i]))
        adjusted[i] = highest
    return {"p": list(p), "adjusted": adjusted.tolist()}


if __name__ == "__main__":
    record = {
        "spreads": [spread(1, np.mean), spread(2, lambda x: np.std(x)), spread(3, lambda x: np.max(x) - np.mean(x))],
        "wilcoxon": [wilcoxon(4, 8, False), wilcoxon(5, 20, False), wilcoxon(6, 12, True), wilcoxon(7, 60, False)],
        "holm": [holm([0.01, 0.04, 0.03, 0.005]), holm([0.2]), holm([0.5, 0.6, 0.01, 0.01])],
    }
    with open(sys.argv[1], "w") as file:
        json.dump(record, file)
        file.write("\n")

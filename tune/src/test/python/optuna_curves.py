"""Records what Optuna's TPE and GP samplers reach on three functions: the best value so far after each trial.

    python optuna_curves.py FILE.csv [SAMPLER:FUNCTION ...]

Needs optuna and its GP's dependencies (torch, scipy); one thread, tens of minutes. All samplers and functions unless some
are named, as in gp:mixed. One row for each sampler, function and seed; the functions are those of the Java class Toys, to the last digit.
Default settings of both samplers but for the seed; TPE on the conditional toy also with multivariate and group.
"""
import csv
import math
import sys
import warnings

import optuna
import torch

SEEDS = 20
TRIALS = {"branin": 60, "hartmann6": 100, "mixed": 100}

ALPHA = [1.0, 1.2, 3.0, 3.2]
A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
P = [[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
     [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]]


def branin(trial):
    x = trial.suggest_float("x", -5, 10)
    y = trial.suggest_float("y", 0, 15)
    b, c, t = 5.1 / (4 * math.pi ** 2), 5 / math.pi, 1 / (8 * math.pi)
    return (y - b * x * x + c * x - 6) ** 2 + 10 * (1 - t) * math.cos(x) + 10


def hartmann6(trial):
    x = [trial.suggest_float(f"x{i}", 0, 1) for i in range(6)]
    return -sum(ALPHA[i] * math.exp(-sum(A[i][j] * (x[j] - P[i][j] * 1e-4) ** 2 for j in range(6))) for i in range(4))


def mixed(trial):
    optimizer = trial.suggest_categorical("optimizer", ["sgd", "adam", "rmsprop"])
    rate = math.log10(trial.suggest_float("rate", 1e-5, 1, log=True))
    layers = trial.suggest_int("layers", 1, 8)
    value = 0.3 * ((layers - 5) / 2) ** 2
    if optimizer == "sgd":
        momentum = trial.suggest_float("momentum", 0, 0.99)
        return value + (rate + 1) ** 2 + 4 * (momentum - 0.9) ** 2 + 0.1
    if optimizer == "adam":
        beta = trial.suggest_float("beta", 0.8, 0.999)
        return value + (rate + 3) ** 2 + (10 * (beta - 0.95)) ** 2
    return value + (rate + 4) ** 2 + 0.5


def samplers(name, seed):
    yield "tpe", optuna.samplers.TPESampler(seed=seed)
    if name == "mixed":
        yield "tpe_group", optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True)
    yield "gp", optuna.samplers.GPSampler(seed=seed)


def main(target, wanted):
    warnings.simplefilter("ignore")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    torch.set_num_threads(1)
    with open(target, "w", newline="") as out:
        out.write(f"# optuna {optuna.__version__}: best value so far after each trial; see src/test/python/optuna_curves.py\n")
        writer = csv.writer(out, lineterminator="\n")
        for objective in (branin, hartmann6, mixed):
            name = objective.__name__
            for seed in range(SEEDS):
                for sampler, made in samplers(name, seed):
                    if wanted and f"{sampler}:{name}" not in wanted:
                        continue
                    study = optuna.create_study(sampler=made)
                    study.optimize(objective, n_trials=TRIALS[name])
                    best, curve = math.inf, []
                    for trial in study.trials:
                        best = min(best, trial.value)
                        curve.append(f"{best:.6g}")
                    writer.writerow([sampler, name, seed, *curve])
                    out.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

"""Times an exported focal.py beside PyTorch's textbook form of the same loss, each eager and under torch.compile, forward and
backward, [100 000, 80], the best of several rounds in turn.

Usage: time.py FOLDER [THREADS]
"""
import sys
import time

import losses
import torch

torch.set_num_threads(int(sys.argv[2]) if len(sys.argv) > 2 else 2)
module = next(each for each in losses.all_of(sys.argv[1]) if each.name == "focal").loss(reduction="sum").eval()
logits = torch.randn(100_000, 80)
target = (torch.rand(100_000, 80) < 0.001).float()


def textbook(x, y):
    p = torch.sigmoid(x)
    cross_entropy = torch.nn.functional.binary_cross_entropy_with_logits(x, y, reduction="none")
    p_t = p * y + (1 - p) * (1 - y)
    alpha_t = 0.25 * y + 0.75 * (1 - y)
    return (alpha_t * (1 - p_t) ** 2 * cross_entropy).sum()


def step(loss):
    x = logits.detach().requires_grad_()
    begin = time.perf_counter()
    loss(x, target).backward()
    return time.perf_counter() - begin


forms = {"textbook": textbook, "export": module, "textbook, compiled": torch.compile(textbook),
         "export, compiled": torch.compile(module)}
for loss in forms.values():
    step(loss)
best = {name: min(step(loss) for _ in range(1)) for name, loss in forms.items()}
for _ in range(7):
    for name, loss in forms.items():
        best[name] = min(best[name], step(loss))
for name, seconds in best.items():
    print(f"{name:20} {1000 * seconds:8.1f} ms")

"""Checks the exported modules of a folder against what 'parfocal compute' made of their points.

For each loss: value and gradient in double and in float32 against the oracle in double, in units of the last place of the
result (for gradients of the largest of their row): the 99th percentile, and beside it that of compute itself, because where a
result is a true difference no float32 is near. Then gradcheck, but for losses that hold a term constant by stop_gradient;
float16, bfloat16 and autocast; dense against sparse targets. With --compile NAME,... these modules under torch.compile, too.

Usage: check.py FOLDER [--compile NAME,...]
"""
import copy
import csv
import re
import sys

import losses
import torch

torch.manual_seed(1)
LIMIT = 4.0
COMPILED = sys.argv[3].split(",") if len(sys.argv) > 3 and sys.argv[2] == "--compile" else []
failures = []


def expect(condition, what):
    if not condition:
        failures.append(what)
        print("    FAILED:", what)


def table(file):
    with open(file) as lines:
        rows = list(csv.reader(lines))
    return rows[0], torch.tensor([[float(x) for x in row] for row in rows[1:]], dtype=torch.float64)


def columns(header, numbers, names):
    return torch.stack([numbers[:, header.index(name)] for name in names], -1)


def inputs(loss, header, numbers, dtype):
    predicted = columns(header, numbers, loss.columns()).to(dtype)
    if loss.kind == "box":
        return [predicted, columns(header, numbers, [each[0] for each in loss.given]).to(dtype)]
    predicted = predicted if loss.kind == "row" else predicted[:, 0]
    given = [columns(header, numbers, loss.given_columns(each[0])).to(dtype) for each in loss.given]
    return [predicted] + [one if each[0] in loss.given_rows else one[:, 0] for each, one in zip(loss.given, given)]


def evaluated(module, tensors):
    predicted = tensors[0].detach().clone().requires_grad_()
    value = module(predicted, *tensors[1:])
    value.sum().backward()
    return value.detach(), predicted.grad


def steps(found, exact, scale, digits):
    """The 99th percentile of the differences in units of the last place: of the value, or of the largest number of its row."""
    size = torch.maximum(exact.abs(), scale)
    unit = torch.clamp(2.0 ** torch.floor(torch.log2(size)), min=2.0**-126) * 2.0**-digits
    return torch.quantile(((found.double() - exact).abs() / unit).flatten()[:16000], 0.99).item()


def check(loss):
    header, reference = table(loss.file.with_suffix(".reference.csv"))
    _, computed = table(loss.file.with_suffix(".compute.csv"))
    gradients = ["gradient"] if loss.kind == "pointwise" else ["g_" + name for name in loss.columns()]
    value = columns(header, reference, ["value"])[:, 0]
    gradient = columns(header, reference, gradients)
    largest = gradient.abs().amax(-1, keepdim=True).expand_as(gradient)
    zero = torch.zeros_like(value)
    module = loss.loss(reduction="none").eval()
    line = []
    for dtype, digits in ((torch.float64, 52), (torch.float32, 23)):
        tensors = inputs(loss, header, reference, dtype)
        v, g = evaluated(module, tensors)
        g = g if g.dim() == 2 else g.unsqueeze(-1)
        line += [steps(v, value, zero, digits), steps(g, gradient, largest, digits)]
    own = [steps(columns(header, computed, ["value"])[:, 0], value, zero, 23),
           steps(columns(header, computed, gradients), gradient, largest, 23)]
    print(f"{loss.name:24} double {line[0]:7.1f} {line[1]:7.1f}   float32 {line[2]:7.1f} {line[3]:7.1f}"
          f"   compute {own[0]:7.1f} {own[1]:7.1f}", flush=True)
    near = line[2] <= max(LIMIT, 2 * own[0]) and line[3] <= max(LIMIT, 2 * own[1])
    expect(near, loss.name + " is further from the oracle than compute")
    if "stop_gradient" not in loss.file.read_text():
        doubles = inputs(loss, header, reference[:12], torch.float64)
        predicted = doubles[0].clone().requires_grad_()
        smooth = torch.autograd.gradcheck(lambda x: module(x, *doubles[1:]), (predicted,), raise_exception=False)
        expect(smooth, loss.name + " fails gradcheck")
    halves(loss, module, header, reference)
    sums(loss, header, reference)
    if loss.name in COMPILED:
        compiled(loss, module, header, reference)
    return line


def halves(loss, module, header, reference):
    for dtype in (torch.float16, torch.bfloat16):
        tensors = inputs(loss, header, reference, torch.float32)
        predicted = tensors[0].to(dtype)
        v, g = evaluated(module, [predicted] + tensors[1:])
        w, h = evaluated(module, [predicted.float()] + tensors[1:])
        expect(v.dtype == torch.float32 and g.dtype == dtype, f"{loss.name}: types of {dtype}")
        expect(torch.equal(v, w) and torch.equal(g, h.to(dtype)), f"{loss.name}: {dtype} is computed in float32")
    with torch.autocast("cpu", torch.bfloat16):
        v, g = evaluated(module, inputs(loss, header, reference, torch.float32))
    w, h = evaluated(module, inputs(loss, header, reference, torch.float32))
    expect(torch.equal(v, w) and torch.equal(g, h), loss.name + " under autocast")


def sums(loss, header, reference):
    tensors = inputs(loss, header, reference, torch.float64)
    values = loss.loss(reduction="none").eval()(*tensors)
    expect(torch.allclose(loss.loss(reduction="sum").eval()(*tensors), values.sum()), loss.name + ": sum")
    expect(torch.allclose(loss.loss(reduction="mean").eval()(*tensors), values.mean()), loss.name + ": mean")
    expect(torch.allclose(loss.loss().eval()(*tensors, normalizer=7), values.sum() / 7), loss.name + ": given normalizer")
    adjustable = [n for n in loss.module.PARAMETERS if not (loss.row and n == loss.row.group(2))]
    if adjustable:
        again = {losses_name(n): loss.module.PARAMETERS[n] for n in adjustable}
        free = loss.loss(reduction="none", **again).eval()(*tensors)
        expect(torch.allclose(free, values, rtol=1e-9, atol=1e-12), loss.name + ": parameters given again")
    for name in re.findall(r"^#     param (\w+)\[class\]", loss.file.read_text(), re.M):
        by_class = torch.full((loss.bins or 1,), float(loss.module.PARAMETERS[name]), dtype=torch.float64)
        free = loss.loss(reduction="none", **{name: by_class}).eval()(*tensors)
        expect(torch.allclose(free, values, rtol=1e-9, atol=1e-12), f"{loss.name}: {name} by class")
    if loss.kind != "pointwise":
        return
    logits = torch.randn(40, 5, dtype=torch.float64)
    labels = torch.randint(-2, 5, (40,))
    quality = torch.rand(40, dtype=torch.float64) if all(not each[3] for each in loss.given) else torch.ones(40).double()
    one = loss.loss(reduction="none").eval()
    dense = []
    for name, *_ in loss.given:
        column = torch.zeros(40, 5, dtype=torch.float64)
        for i, label in enumerate(labels.tolist()):
            if label >= 0:
                column[i, label] = 1 if name == "label" else quality[i]
        dense.append(column)
    expected = one(logits, *dense) * (labels != -2).unsqueeze(-1)
    expect(torch.equal(one.sparse(logits, labels, quality), expected), loss.name + ": labels are dense targets")


def losses_name(name):
    return name + "_" if name in ("lambda",) else name


def compiled(loss, module, header, reference):
    tensors = inputs(loss, header, reference, torch.float32)
    for mode in (True, False):
        a, b = copy.deepcopy(loss.loss()).train(mode), copy.deepcopy(loss.loss()).train(mode)
        v, g = evaluated(a, tensors)
        w, h = evaluated(torch.compile(b, fullgraph=True), tensors)
        expect(torch.allclose(v, w, rtol=1e-5) and torch.allclose(g, h, rtol=1e-4, atol=1e-6), f"{loss.name}: compiled")
        for state in loss.states:
            expect(torch.allclose(getattr(a, "state_" + state), getattr(b, "state_" + state)), f"{loss.name}: compiled state")


worst = {}
for each in losses.all_of(sys.argv[1]):
    worst[each.name] = check(each)
near = sum(line[2] <= LIMIT and line[3] <= LIMIT for line in worst.values())
print(f"{len(worst)} losses, {near} of them within {LIMIT:g} units in float32 at 99 % of the points")
sys.exit("failed: " + "; ".join(failures) if failures else 0)

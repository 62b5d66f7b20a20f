"""What the scripts of golden values share: samples of tensors, a check that no decision is near a tie, and the file's form."""
import json
import pathlib

import torch

import formula_weights

SAMPLES = 8


def samples(tensor):
    """Sums of a tensor and its largest element (by magnitude) of each of 8 equal stretches, with indices (row-major)."""
    flat = tensor.detach().flatten().double()
    bounds = [len(flat) * i // SAMPLES for i in range(SAMPLES + 1)]
    at = sorted({a + int(flat[a:b].abs().argmax()) for a, b in zip(bounds, bounds[1:]) if b > a})
    return {"shape": list(tensor.shape), "sum": float(flat.sum()), "absolute": float(flat.abs().sum()),
            "norm": float(flat.norm()), "at": at, "values": [float(flat[i]) for i in at]}


def gradients(model, names):
    """Samples of the gradients of the named parameters."""
    parameters = dict(model.named_parameters())
    return {name: samples(parameters[name].grad) for name in names}


def numbers(tensor):
    """Nested lists of exact values."""
    return tensor.detach().double().tolist() if tensor.is_floating_point() else tensor.tolist()


def stable(model, results, amounts=(1e-6, 3e-6), tries=2):
    """Fails unless small relative changes of all weights leave what results() gives as it is.

    results() gives nested lists and dicts. Tensors of whole numbers must stay the same; others may change by 2e-5
    and 5e-5 of their largest element, which is far less than another decision would change them.
    """
    def differences(a, b, path=""):
        if isinstance(a, (list, tuple)):
            if len(a) != len(b):
                return [path + ": another number of them"]
            return [d for i, (x, y) in enumerate(zip(a, b)) for d in differences(x, y, f"{path}[{i}]")]
        if isinstance(a, dict):
            return [d for key in a for d in differences(a[key], b[key], f"{path}.{key}")]
        if a.shape != b.shape:
            return [f"{path}: {list(a.shape)} became {list(b.shape)}"]
        tolerance = 2e-5 + 5e-5 * float(a.abs().max()) if a.is_floating_point() and a.numel() else 0
        off = (a - b).abs() > tolerance
        return [f"{path}: {int(off.sum())} of {a.numel()} changed by up to {float((a - b).abs().max()):.2e}"] if off.any() else []

    before = results()
    kept = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    generator = torch.Generator().manual_seed(1)
    for amount in amounts:
        for _ in range(tries):
            with torch.no_grad():
                for name, tensor in model.state_dict().items():
                    if tensor.is_floating_point():
                        tensor.copy_(kept[name] * (1 + amount * (2 * torch.rand(tensor.shape, generator=generator) - 1)))
            changed = differences(before, results())
            if changed:
                raise SystemExit(f"weights changed by {amount} give other results; choose other constants\n" + "\n".join(changed))
    model.load_state_dict(kept)


def freeze_batch_norm(model):
    """Batch norm uses its running statistics, in training too; its scale and shift are not trained."""
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.eval()
            module.requires_grad_(False)


def write(folder, name, content):
    """One line for each entry of the outer two layers, so that a difference can be read."""
    def entries(value, depth):
        if isinstance(value, dict) and value and depth < 2:
            inner = ",\n".join(" " * (depth + 1) + json.dumps(k) + ": " + entries(v, depth + 1) for k, v in value.items())
            return "{\n" + inner + "\n" + " " * depth + "}"
        return json.dumps(value)

    path = pathlib.Path(folder) / f"{name}.json"
    path.write_text(entries(content, 0) + "\n")
    print(f"{path.name}: {path.stat().st_size} bytes")


def head(model, rules, about, count, height, width):
    """The beginning of a golden file: fills the model's weights by the rules and says what was put in."""
    shapes = formula_weights.fill(model, rules)
    return {"about": about, "torch": torch.__version__, "rules": rules,
            "images": {"count": count, "height": height, "width": width}, "weights": shapes}

"""Writes the small weight files that the readers' tests read, and weights.json: what each of them holds.

    python weight_files.py FOLDER

Needs PyTorch and safetensors. Values are small multiples of 1/8, exact in every floating-point type used.
"""
import argparse
import collections
import io
import json
import os
import pathlib
import pickle
import struct
import sys
import zipfile

import torch
from safetensors.torch import save_file
from torch import nn


def values(*shape, dtype=torch.float32):
    """0, 1/8, -2/8, 3/8, … in the given shape; whole numbers for integer types."""
    count = torch.Size(shape).numel()
    signed = torch.tensor([i if i % 2 else -i for i in range(count)], dtype=torch.float64)
    if dtype == torch.bool:
        return (signed > 0).reshape(shape)
    if dtype == torch.uint8:
        return signed.abs().to(dtype).reshape(shape)
    return (signed if not dtype.is_floating_point else signed / 8).to(dtype).reshape(shape)


def state():
    """A state dict as modules give it: ordered, with the attribute _metadata, with a scalar of int64."""
    module = nn.Sequential(collections.OrderedDict(conv=nn.Conv2d(2, 3, 3, bias=False), norm=nn.BatchNorm2d(3)))
    weights = module.state_dict()
    for name, tensor in weights.items():
        tensor.copy_(values(*tensor.shape, dtype=tensor.dtype))
    weights["norm.num_batches_tracked"].fill_(7)
    return weights


def shared():
    """Views of one storage: the whole, a slice with an offset, a transposed matrix, every second column, one expanded row."""
    base = values(4, 6)
    return {"base": base, "tail": base[2:], "transposed": base.t(), "columns": base[:, ::2], "row": base[1:2].expand(3, 6)}


TYPES = {
    "float32": torch.float32, "float64": torch.float64, "float16": torch.float16, "bfloat16": torch.bfloat16,
    "int64": torch.int64, "int32": torch.int32, "int16": torch.int16, "int8": torch.int8, "uint8": torch.uint8, "bool": torch.bool,
}


def typed(names=TYPES):
    return {name: values(2, 3, dtype=TYPES[name]) for name in names} | {"scalar": values(2)[1], "empty": torch.zeros(0, 4)}


def plain():
    """What checkpoints carry beside tensors, of the types that plain data has."""
    return {"epoch": 12, "best": 0.5, "note": "späte Änderung", "done": True, "none": None, "big": 2**40, "negative": -3,
            "rates": [0.1, 0.01], "size": (320, 256), "tags": {"a"}, "raw": b"\x00\x01",
            "optimizer": {"state": {0: {"step": torch.tensor(5.0), "exp_avg": values(3)}}, "param_groups": [{"lr": 0.1, "params": [0]}]}}


class Calls:
    """Pickles as a call of a function: what a hostile file does."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


class Outside:
    """A view that claims more elements than its storage has."""

    def __reduce__(self):
        stored = Stored("FloatStorage", "0", 4)
        return torch._utils._rebuild_tensor_v2, (stored, 0, (1000, 1000), (1000, 1), False, collections.OrderedDict())


Stored = collections.namedtuple("Stored", "type key count")


def by_hand(path, content, storages=None):
    """A zip file as torch.save writes it, from a pickle made here."""

    class Pickler(pickle.Pickler):
        def persistent_id(self, value):
            if isinstance(value, Stored):
                return "storage", getattr(torch, value.type), value.key, "cpu", value.count
            return None

    data = io.BytesIO()
    Pickler(data, protocol=2).dump(content)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        entries = {"data.pkl": data.getvalue(), "byteorder": b"little", "version": b"3\n"}
        entries |= {f"data/{key}": values for key, values in (storages or {}).items()}
        for name, entry in entries.items():
            archive.writestr(zipfile.ZipInfo(f"archive/{name}", (1980, 1, 1, 0, 0, 0)), entry)


def describe(tensors):
    return {
        name: {"type": str(t.dtype).removeprefix("torch."), "shape": list(t.shape),
               "values": [float(v) for v in t.flatten().to(torch.float64)]}
        for name, t in tensors.items()
    }


def main(folder):
    manifest = {}

    def note(name, **what):
        manifest[name] = what

    def good(name, content, tensors, **options):
        torch.save(content, folder / name, **options)
        note(name, tensors=describe(tensors))

    torch.manual_seed(0)
    weights = state()
    good("state_dict.pth", weights, weights)
    good("types.pth", typed(), typed())
    good("shared_storage.pth", shared(), shared())
    good("parameters.pth", {"weight": nn.Parameter(values(2, 2)), "bias": nn.Parameter(values(2), requires_grad=False)},
         {"weight": values(2, 2), "bias": values(2)})
    # Names of a Lightning checkpoint, which keeps its module's name before each; tensors is the wanted view.
    good("nested_state_dict.pth", plain() | {"state_dict": {f"model.{n}": t for n, t in weights.items()}},
         {f"model.{n}": t for n, t in weights.items()})
    good("nested_model.pth", plain() | {"model": weights}, weights)
    halved = {n: t if t.dtype == torch.int64 else t / 2 for n, t in weights.items()}
    good("ema.pth", plain() | {"model": weights, "ema": halved}, halved)
    good("ema_module.pth", plain() | {"model": weights, "ema": {"module": halved, "updates": 100}}, halved)
    good("ema_state_dict.pth", plain() | {"state_dict": weights, "ema_state_dict": halved}, halved)
    good("protocol4.pth", weights, weights, pickle_protocol=4)

    def bad(name, reason):
        note(name, refused=reason)

    torch.save(weights, folder / "legacy.pth", _use_new_zipfile_serialization=False)
    bad("legacy.pth", "legacy: not a zip file, a pickle of PyTorch before 1.6")
    torch.save(nn.Sequential(nn.Linear(2, 2)), folder / "whole_module.pth")
    bad("whole_module.pth", "global: torch.nn.modules.container.Sequential")
    torch.save({"args": argparse.Namespace(lr=0.1), "model": weights}, folder / "namespace.pth")
    bad("namespace.pth", "global: argparse.Namespace")
    with open(folder / "plain_pickle.pth", "wb") as file:
        pickle.dump({"weight": [1.0, 2.0]}, file, protocol=2)
    bad("plain_pickle.pth", "legacy: a bare pickle")
    by_hand(folder / "hostile_system.pth", {"weight": Calls(os.system, "touch parfocal-was-executed")})
    bad("hostile_system.pth", f"global: {os.system.__module__}.system")
    by_hand(folder / "hostile_eval.pth", {"weight": Calls(eval, "open('parfocal-was-executed', 'w')")})
    bad("hostile_eval.pth", "global: builtins.eval (written __builtin__.eval by protocol 2)")
    by_hand(folder / "hostile_getattr.pth", {"weight": Calls(getattr, collections.OrderedDict, "fromkeys")})
    bad("hostile_getattr.pth", "global: builtins.getattr (written __builtin__.getattr by protocol 2)")
    by_hand(folder / "outside_storage.pth", {"weight": Outside()}, {"0": struct.pack("<4f", 1, 2, 3, 4)})
    bad("outside_storage.pth", "a tensor of 1000 x 1000 in a storage of 4 elements")
    by_hand(folder / "missing_storage.pth", {"weight": Outside()})
    bad("missing_storage.pth", "no entry data/0")
    whole = (folder / "state_dict.pth").read_bytes()
    (folder / "truncated.pth").write_bytes(whole[: len(whole) // 2])
    bad("truncated.pth", "a zip file without its directory")
    with zipfile.ZipFile(folder / "state_dict.pth") as archive, zipfile.ZipFile(folder / "truncated_pickle.pth", "w") as cut:
        for entry in archive.infolist():
            data = archive.read(entry)
            data = data[: len(data) // 2] if entry.filename.endswith("data.pkl") else data
            cut.writestr(zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), data)
    bad("truncated_pickle.pth", "a pickle that ends early")
    (folder / "not_weights.pth").write_bytes(b"<html>404: not found</html>\n")
    bad("not_weights.pth", "neither zip nor pickle nor safetensors")
    (folder / "empty.pth").write_bytes(b"")
    bad("empty.pth", "no bytes")
    torch.save({"weight": torch.tensor([1.0, float("nan"), float("inf")])}, folder / "nan.pth")
    note("nan.pth", notFinite=["weight"])

    kinds = {n: t.contiguous() for n, t in typed().items()}
    save_file(kinds, folder / "types.safetensors", metadata={"format": "pt"})
    note("types.safetensors", tensors=describe(kinds))
    save_file({n: t.contiguous() for n, t in weights.items()}, folder / "state_dict.safetensors")
    note("state_dict.safetensors", tensors=describe(weights))
    whole = (folder / "state_dict.safetensors").read_bytes()
    (folder / "truncated.safetensors").write_bytes(whole[:-10])
    bad("truncated.safetensors", "the data end before the header says")
    (folder / "long_header.safetensors").write_bytes(struct.pack("<Q", 1 << 60) + whole[8:])
    bad("long_header.safetensors", "a header longer than the file")
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(what)}" for name, what in manifest.items())
    (folder / "weights.json").write_text("{\n" + lines + "\n}\n")
    for file in folder.iterdir():
        file.chmod(0o644)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

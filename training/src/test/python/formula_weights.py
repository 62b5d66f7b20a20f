"""Weights and images by formula, so that golden values need no file of weights. FormulaWeights.java is its twin.

Noise. Element i (from 0, row-major) of the noise called NAME is a number of 24 bits, uniform in [-1, 1):

    hash = FNV-1a of 64 bits over the UTF-8 bytes of NAME
    bits = splitmix64's mix of hash + (i + 1) * 0x9E3779B97F4A7C15          (modulo 2**64)
    noise(NAME, i) = ((bits >> 40) - 2**23) / 2**23                         (exact in float32)

Weights. A list of rules, kept in each golden file, gives every tensor of the state dict its values. The first rule whose
regular expression is found in the tensor's name counts:

    {"match": …, "centre": c, "spread": s}     value = float32(c + s * noise)
    {"match": …, "gain": g}                    value = float32(g * sqrt(3 / fan_in) * noise), fan_in = product of shape[1:]

computed in float64 and rounded once. noise with gain g has the standard deviation g / sqrt(fan_in). Tensors of whole numbers
(num_batches_tracked) are 0.

Images. Pixels are bytes, so that they may travel as images do; a network sees byte / 255. For image n, channel c (red, green, blue):

    wave(t) = |2 * (t - floor(t)) - 1|
    v = 0.45 * wave((3 * x + y + 17 * c + 31 * n) / 48) + 0.35 * wave((y - x + 29 * c + 7 * n + 512) / 20) + 0.1 * (noise("image" n, (c * H + y) * W + x) + 1)
    byte = floor(255 * v)
"""
import math
import re

import numpy as np
import torch

_STEP = np.uint64(0x9E3779B97F4A7C15)


def fnv1a(text):
    value = 0xCBF29CE484222325
    for byte in text.encode("utf-8"):
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def noise(name, count):
    """float64 of count elements in [-1, 1)."""
    with np.errstate(over="ignore"):
        z = np.uint64(fnv1a(name)) + np.arange(1, count + 1, dtype=np.uint64) * _STEP
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return ((z >> np.uint64(40)).astype(np.float64) - 2.0**23) / 2.0**23


def weight(rules, name, shape):
    """The tensor called name, float32."""
    count = math.prod(shape)
    for rule in rules:
        if re.search(rule["match"], name):
            if "gain" in rule:
                centre, spread = 0.0, rule["gain"] * math.sqrt(3.0 / math.prod(shape[1:]))
            else:
                centre, spread = rule["centre"], rule["spread"]
            return torch.from_numpy((centre + spread * noise(name, count)).astype(np.float32)).reshape(shape)
    raise ValueError(f"no rule for {name}")


def fill(model, rules):
    """Gives every tensor of the model's state dict its values; says names and shapes in their order."""
    shapes = {}
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            shapes[name] = list(tensor.shape)
            tensor.copy_(weight(rules, name, tuple(tensor.shape)) if tensor.is_floating_point() else torch.zeros_like(tensor))
    return shapes


def _wave(t):
    return np.abs(2.0 * (t - np.floor(t)) - 1.0)


def image(n, height, width):
    """uint8 [3, height, width]."""
    c, y, x = np.meshgrid(np.arange(3), np.arange(height), np.arange(width), indexing="ij")
    grain = noise(f"image{n}", 3 * height * width).reshape(3, height, width)
    v = 0.45 * _wave((3 * x + y + 17 * c + 31 * n) / 48.0)
    v = v + 0.35 * _wave((y - x + 29 * c + 7 * n + 512) / 20.0)
    v = v + 0.1 * (grain + 1.0)
    return torch.from_numpy(np.floor(255.0 * v).astype(np.uint8))


def images(count, height, width):
    """float32 [3, height, width] in [0, 1), one tensor an image."""
    return [image(n, height, width).float() / 255 for n in range(count)]

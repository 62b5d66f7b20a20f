"""Records a few values of formula_weights.py, which its twin in Java must give bit for bit.

    python formula.py FOLDER
"""
import sys

import formula_weights
import golden

RULES = [
    {"match": r"\.bias$", "centre": -4.6, "spread": 0.3},
    {"match": r"norm\d?\.weight$", "centre": 1.0, "spread": 0.25},
    {"match": r"weight$", "gain": 1.4},
    {"match": r"Gewicht_für_ß", "centre": 0.0, "spread": 1.0},
]
TENSORS = {"backbone.conv1.weight": (4, 3, 7, 7), "norm2.weight": (5,), "head.cls.bias": (6,), "fc.weight": (3, 11), "Gewicht_für_ß": ()}


def main(folder):
    tensors = {}
    for name, shape in TENSORS.items():
        tensors[name] = golden.samples(formula_weights.weight(RULES, name, shape))
    images = formula_weights.images(2, 13, 17)
    golden.write(folder, "formula", {
        "rules": RULES,
        "noise": {"": formula_weights.noise("", 3).tolist(), "conv": formula_weights.noise("conv", 5).tolist()},
        "tensors": tensors,
        "images": [{"height": 13, "width": 17} | golden.samples(image) for image in images],
    })


if __name__ == "__main__":
    main(sys.argv[1])

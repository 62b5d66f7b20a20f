"""What the scripts beside this one know of an exported loss: its signature, read from the text in its file."""
import importlib.util
import pathlib
import random
import re


class Exported:
    def __init__(self, file):
        self.file = pathlib.Path(file)
        self.name = self.file.stem
        spec = importlib.util.spec_from_file_location(self.name, file)
        self.module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.module)
        text = "\n".join(line[6:] for line in self.file.read_text().splitlines() if line.startswith("#     "))
        signature = re.search(r"^loss \w+\((.*)\)$", text, re.M).group(1)
        predicted, given = (signature.split(";") + [""])[:2]
        self.predicted = [part.strip() for part in predicted.split(",")]
        self.row = re.match(r"(\w+)\[(\w+)\]", self.predicted[0])
        self.bins = self._number(self.row.group(2)) if self.row else None
        self.given = [self._range(part) for part in re.split(r",(?![^\[{]*[\]}])", given) if part.strip()]
        self.kind = "row" if self.row else "pointwise" if len(self.predicted) == 1 else "box"
        self.loss = next(v for v in vars(self.module).values()
                         if isinstance(v, type) and issubclass(v, self.module.torch.nn.Module))
        self.given_rows = re.findall(r"[;,] *(\w+)\[", signature.partition(";")[1] + signature.partition(";")[2])
        self.states = re.findall(r"^state (\w+)", text, re.M)

    def _number(self, text):
        return eval(text, {}, dict(self.module.PARAMETERS))

    def _range(self, part):
        name = part.split()[0]
        row = re.fullmatch(r"(\w+)\[\w+\]", name)
        if row:
            return row.group(1), None, None, False
        integer = "integer" in part or "{" in part
        bounds = re.search(r"[\[{](.*)[\]}]", part)
        if not bounds:
            return name, None, None, integer
        low, high = bounds.group(1).split(",")[0], bounds.group(1).split(",")[-1]
        return name, self._number(low), self._number(high), integer

    def columns(self):
        if self.row:
            return [f"{self.row.group(1)}{i}" for i in range(self.bins)]
        return self.predicted

    def given_columns(self, name):
        """The columns of a given input: a row has one for each of its logits."""
        return [f"{name}{i}" for i in range(self.bins)] if name in self.given_rows else [name]

    def point(self, source):
        """One row of numbers that float32 holds: half of them near 0, half of them where functions saturate."""
        wide = source.random() < 0.5
        size = 20 if wide else 3
        if self.kind == "box":
            predicted = [source.uniform(0, 20) for _ in self.predicted]
            given = [source.uniform(0, 20) for _ in self.given]
            if len(self.predicted) == 4:
                for box in (predicted, given):
                    box[2] = box[0] + source.uniform(0.5, 15)
                    box[3] = box[1] + source.uniform(0.5, 15)
            else:
                for box in (predicted, given):
                    box[4] = source.uniform(-1.5, 1.5)
            return predicted + given
        predicted = [source.uniform(-size, size) for _ in self.columns()]
        given = []
        for each in self.given:
            row = each[0] in self.given_rows
            given += [source.uniform(-size, size) for _ in range(self.bins)] if row else [self._target(source, *each[1:])]
        return predicted + given

    @staticmethod
    def _target(source, low, high, integer):
        if low is None:
            return source.uniform(0, 16)
        kind = source.randrange(4)
        value = low if kind == 0 else high if kind == 1 else source.uniform(low, min(high, low + 1e3))
        return float(round(value)) if integer else value


def all_of(folder):
    return [Exported(file) for file in sorted(pathlib.Path(folder).glob("*.py"))]


def seeded(name):
    return random.Random(name)

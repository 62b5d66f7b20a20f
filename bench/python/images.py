"""Images a second that torchvision's transforms and PIL decode and augment, by worker processes; the same changes as Parfocal's:
flip, zoom by 0.8 to 1.3, shift by a tenth, brightness, contrast, saturation, 320 × 240. Needs Python, PyTorch and torchvision.

    python images.py FOLDER WORKERS SECONDS        WORKERS 0: in the process itself
"""
import pathlib
import sys
import time

import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision import tv_tensors
from torchvision.transforms import v2

WIDTH, HEIGHT, OBJECTS = 320, 240, 13


class Views(Dataset):
    def __init__(self, folder):
        self.files = sorted(pathlib.Path(folder).glob("*.jpg"))
        self.change = v2.Compose([
            v2.Resize((HEIGHT, WIDTH)),
            v2.RandomHorizontalFlip(0.5),
            v2.RandomAffine(0, translate=(0.1, 0.1), scale=(0.8, 1.3), interpolation=v2.InterpolationMode.BILINEAR, fill=114),
            v2.ColorJitter(0.2, 0.2, 0.2),
            v2.ToImage(),
            v2.ToDtype(torch.float32, scale=True),
            v2.Normalize([0.5] * 3, [0.25] * 3),
        ])

    def __len__(self):
        return 1 << 30

    def __getitem__(self, index):
        image = Image.open(self.files[index % len(self.files)]).convert("RGB")
        corners = torch.tensor([[20 * i, 15 * i, 20 * i + 60, 15 * i + 50] for i in range(OBJECTS)], dtype=torch.float32)
        boxes = tv_tensors.BoundingBoxes(corners, format="XYXY", canvas_size=(image.height, image.width))
        changed, boxes = self.change(image, boxes)
        return changed, boxes.as_subclass(torch.Tensor)


def main():
    folder, workers, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    torch.set_num_threads(1)
    loader = iter(DataLoader(Views(folder), batch_size=8, num_workers=workers))
    for _ in range(10):
        next(loader)
    start, count = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        count += len(next(loader)[0])
    print(f"{count / (time.perf_counter() - start):.1f}")


if __name__ == "__main__":
    main()

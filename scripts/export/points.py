"""Writes NAME.csv for each exported NAME.py of a folder: points for 'parfocal compute', as float32 holds them."""
import csv
import struct
import sys

import losses

for loss in losses.all_of(sys.argv[1]):
    source = losses.seeded(loss.name)
    with open(loss.file.with_suffix(".csv"), "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(loss.columns() + [name for each in loss.given for name in loss.given_columns(each[0])])
        for _ in range(2000):
            writer.writerow([repr(struct.unpack("f", struct.pack("f", x))[0]) for x in loss.point(source)])

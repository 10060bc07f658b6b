"""Draws the curve that GaussianProcess wrote: python gaussian_process_plot.py curve.csv picture.svg"""

import csv
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "jacobi"
import matplotlib.pyplot as plot

rows = list(csv.DictReader(open(sys.argv[1])))


def columns(kind):
    chosen = [row for row in rows if row["kind"] == kind]
    return [[float(row[name]) for row in chosen] for name in ("x", "y", "deviation")]


data, (x, mean, deviation) = columns("data"), columns("curve")
figure, axes = plot.subplots(figsize=(7, 4))
axes.plot(data[0], data[1], ".", color="0.6", markersize=3, rasterized=False, label="1000 points")
low = [m - 2 * d for m, d in zip(mean, deviation)]
high = [m + 2 * d for m, d in zip(mean, deviation)]
axes.fill_between(x, low, high, alpha=0.3, label="mean ± 2 standard deviations")
axes.plot(x, mean, label="mean of the fitted process")
axes.set_xlabel("x")
axes.set_ylabel("y")
axes.grid(True, alpha=0.25)
axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.13), ncols=3, frameon=False)
figure.tight_layout()
figure.savefig(sys.argv[2], metadata={"Date": None})

"""Draws what CompileTimeBenchmarks measured: python compile_time.py times.csv picture.svg"""

import csv
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "jacobi"
import matplotlib.pyplot as plot

rows = list(csv.DictReader(open(sys.argv[1])))
figure, axes = plot.subplots(figsize=(7, 4.5))
for kind in dict.fromkeys(row["kind"] for row in rows):
    points = [
        (int(row["equations"]), sum(float(row[part]) for part in ("trace", "passes", "compile")))
        for row in rows if row["kind"] == kind
    ]
    axes.plot(*zip(*points), marker="o", label=kind)
equations = [300, 100_000]
axes.plot(equations, [count * 1e-5 for count in equations], "k:", label="10 us an equation")
axes.set_xscale("log")
axes.set_yscale("log")
axes.set_xlabel("equations")
axes.set_ylabel("seconds to trace, optimize and compile")
axes.grid(True, which="both", alpha=0.25)
axes.legend()
figure.tight_layout()
figure.savefig(sys.argv[2], metadata={"Date": None})

"""Writes functions.json: results of NumPy's and SciPy's functions, and derivatives of functions to the fourth order by mpmath.

Run it in this folder: python3 functions.py (needs numpy, scipy and mpmath). "arrays" has cases of inputs, options and
outputs for each function; what is not a number is null, infinities are strings. "derivatives" has points and the values and derivatives there.
"""
import json
import struct
import mpmath as mp
import numpy as np
from scipy import special

mp.mp.dps = 60
random = np.random.default_rng(7)
arrays = {}


def array(x):
    x = np.asarray(x)
    kind = {"f": "float64", "i": "int64", "b": "bool"}[x.dtype.kind]
    flat = [float(v) for v in x.ravel()]
    return {"dtype": kind, "shape": list(x.shape), "values": [None if v != v else v if abs(v) < np.inf else "inf" if v > 0 else "-inf" for v in flat]}


def case(name, inputs, outputs, **options):
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    arrays.setdefault(name, []).append(
        {"inputs": [array(x) for x in inputs], "options": options, "outputs": [array(x) for x in outputs]})


# Integers, with Python's exact ones for what is truncated.
for x, y in [(range(-9, 10), [2] * 19), (range(-9, 10), [-4] * 19), ([7, -7, 0, 2**62, -2**63], [2, 2, -5, -3, 1])]:
    a, b = np.array(x), np.array(y)
    truncated = [abs(int(p)) // abs(int(q)) * (1 if (p < 0) == (q < 0) else -1) for p, q in zip(a, b)]
    case("/", [a, b], np.array(truncated))
    case("%", [a, b], np.array([int(p) - int(q) * t for p, q, t in zip(a, b, truncated)]))
    case("floorDivide", [a, b], a // b)
    case("mod", [a, b], np.mod(a, b))
for y in [2.0, -0.7, 0.1, np.inf, -np.inf]:
    a, b = np.array([-7.3, -2.0, -0.1, 0.3, 1.0, 5.5, 1e17]), np.array([y])
    case("floorDivide", [a, b], np.floor_divide(a, b))
    case("mod", [a, b], np.mod(a, b))

# Cumulative.
for shape in [(5,), (3, 4), (2, 3, 2), (1, 70)]:
    x = random.normal(size=shape).round(1)
    for axis in range(len(shape)):
        case("cumprod", [x], np.cumprod(x, axis), axis=axis)
        case("cummax", [x], np.maximum.accumulate(x, axis), axis=axis)
        case("cummin", [x], np.minimum.accumulate(x, axis), axis=axis)
        case("logCumSumExp", [x], np.logaddexp.accumulate(x, axis), axis=axis)
        flipped = np.flip(x, axis)
        case("cumprod", [x], np.flip(np.cumprod(flipped, axis), axis), axis=axis, reversed=1)
        case("cummax", [x], np.flip(np.maximum.accumulate(flipped, axis), axis), axis=axis, reversed=1)
        case("logCumSumExp", [x], np.flip(np.logaddexp.accumulate(flipped, axis), axis), axis=axis, reversed=1)
whole = random.integers(-3, 4, size=(4, 3))
case("cumprod", [whole], np.cumprod(whole, 0), axis=0)
case("cummax", [whole], np.maximum.accumulate(whole, 1), axis=1)
case("cummax", [np.array([1, np.nan, 3, 2.0])], np.maximum.accumulate([1, np.nan, 3, 2.0]), axis=0)

# Order statistics.
plain = random.normal(size=(3, 5, 4))
holes = plain.copy()
holes[0, 0, 0] = holes[1, :, 2] = holes[2, 3, 1] = np.nan
methods = ["linear", "lower", "higher", "midpoint", "nearest"]
for x in [plain, holes]:
    for axis in range(3):
        case("median", [x], np.median(x, axis), axis=axis)
        case("nanMedian", [x], np.nanmedian(x, axis), axis=axis)
        for method in methods:
            for q in [np.array(0.3), np.array([0, 0.25, 0.5, 1])]:
                case("quantile " + method, [x, q], np.quantile(x, q, axis, method=method), axis=axis)
                case("nanQuantile " + method, [x, q], np.nanquantile(x, q, axis, method=method), axis=axis)
        case("percentile", [x, np.array([10.0, 90])], np.percentile(x, [10, 90], axis), axis=axis)
        names = {"nanSum": np.nansum, "nanProd": np.nanprod, "nanMean": np.nanmean, "nanMax": np.nanmax,
                 "nanMin": np.nanmin, "nanVariance": np.nanvar, "nanStandardDeviation": np.nanstd}
        for name, function in names.items():
            case(name, [x], function(x, axis), axis=axis)
        case("nanVariance", [x], np.nanvar(x, axis, ddof=1), axis=axis, correction=1)
        order = np.argsort(-x, axis, kind="stable").take([0, 1], axis)
        case("topK", [x], [np.take_along_axis(x, order, axis), order], axis=axis, count=2)
        if x is plain:
            case("maxWithIndex", [x], [x.max(axis), x.argmax(axis)], axis=axis)
            case("minWithIndex", [x], [x.min(axis), x.argmin(axis)], axis=axis)
    for method in methods:
        case("quantile " + method, [x, np.array(0.7)], np.quantile(x, 0.7, (0, 2), method=method), axis=0, axis2=2)
mask = plain > 0.2
for axis in range(3):
    for name, function in {"sum": np.sum, "mean": np.mean, "prod": np.prod, "variance": np.var,
                           "standardDeviation": np.std}.items():
        case(name + "(where:)", [plain, mask], function(plain, axis=axis, where=mask), axis=axis)
    case("max(where:)", [plain, plain > -9], plain.max(axis), axis=axis)
row = np.array([True, False, True, True])
case("sum(where:)", [plain, row], plain.sum(2, where=row), axis=2)

# Products, differences and grids.
a, b = random.normal(size=(4, 3)), random.normal(size=(3,))
case("cross", [a, b], np.cross(a, b), axis=-1)
case("cross", [a.T, a.T[:, ::-1]], np.cross(a.T, a.T[:, ::-1], axis=0), axis=0)
x, y = random.normal(size=(2, 3, 4)), random.normal(size=(4, 3, 5))
case("tensordot", [x, y.transpose(1, 0, 2)], np.tensordot(x, y.transpose(1, 0, 2), 2), axes=2)
case("tensordot", [x, y], np.tensordot(x, y, 1), axes=1)
case("tensordot", [x[0, 0], y[0, 0]], np.tensordot(x[0, 0], y[0, 0], 0), axes=0)
case("tensordot pairs", [x, y], np.tensordot(x, y, ([1, 2], [1, 0])))
case("kronecker", [a, x[0]], np.kron(a, x[0]))
case("kronecker", [b, x], np.kron(b, x))
case("kronecker", [whole, whole[0]], np.kron(whole, whole[0]))
for order in range(5):
    for axis in (0, 1):
        case("diff", [a], np.diff(a, order, axis), order=order, axis=axis)
places = np.sort(random.normal(size=4))
case("trapezoid x", [x, places], np.trapezoid(x, places, axis=2), axis=2)
case("trapezoid x", [a, places], np.trapezoid(a, places, axis=0), axis=0)
case("trapezoid x", [a, a + np.arange(3)], np.trapezoid(a, a + np.arange(3), axis=-1), axis=-1)
case("trapezoid", [x], np.trapezoid(x, dx=0.3, axis=1), axis=1, spacing=0.3)
for indexing in ["xy", "ij"]:
    case("meshgrid " + indexing, [b, places], np.meshgrid(b, places, indexing=indexing))
    case("meshgrid " + indexing, [b, places, b[:2]], np.meshgrid(b, places, b[:2], indexing=indexing))
    case("meshgrid " + indexing, [b], np.meshgrid(b, indexing=indexing))
for diagonal in [-5, -1, 0, 2, 9]:
    case("tril", [x], np.tril(x, diagonal), diagonal=diagonal)
    case("triu", [whole], np.triu(whole, diagonal), diagonal=diagonal)
case("hstack", [b, places], np.hstack([b, places]))
case("hstack", [a, a + 1], np.hstack([a, a + 1]))
case("vstack", [b, b + 1], np.vstack([b, b + 1]))
case("vstack", [a, b], np.vstack([a, b]))
indices = random.integers(-4, 4, size=(2, 1, 4))
table = np.arange(12.0).reshape(1, 3, 4)
case("takeAlongAxis", [table, indices % 3], np.take_along_axis(np.broadcast_to(table, (2, 3, 4)), indices % 3, 1), axis=1)
at = np.array([-1.0, 0.0, 0.1, 0.5, 0.99, 1.0, 1.7, 2.0, 3.5, np.nan])
xs, ys = np.array([0.0, 0.5, 1.0, 2.0]), np.array([1.0, -2.0, 4.0, 0.25])
case("interp", [at, xs, ys], np.interp(at, xs, ys))
case("interp", [at.reshape(2, 5), xs[:1], ys[:1]], np.where(np.isnan(at), np.nan, ys[0]).reshape(2, 5))
case("interp", [at[:9], np.array([0.0, 1, 1, 2]), ys], np.interp(at[:9], [0.0, 1, 1, 2], ys))

# Searching and counting.
for values in [np.array([3, 1, 2, 3, 1, 7, -2]), np.array([[1.5, np.nan, 0.5], [0.5, np.nan, 1.5]]), np.array([], float)]:
    u, first, inverse, counts = np.unique(values, return_index=True, return_inverse=True, return_counts=True)
    case("unique", [values], [u, first, inverse.reshape(values.shape), counts])
number, weight = np.array([3, 0, 1, 3, 3]), np.array([0.5, 1, 2, -1, 4])
case("bincount", [number], np.bincount(number))
case("bincount", [number], np.bincount(number, minlength=7), minimumLength=7)
case("bincount weights", [number, weight], np.bincount(number, weight))
case("bincount length", [number, weight], np.bincount(number, weight, minlength=6), length=6)
data = random.normal(size=50)
for bins in [1, 7, 10]:
    case("histogram", [data], np.histogram(data, bins), bins=bins)
case("histogram", [np.array([2.0, 2.0])], np.histogram([2.0, 2.0], 4), bins=4)
case("histogram", [np.array([], float)], np.histogram(np.array([], float), 3), bins=3)
case("histogram range", [data], np.histogram(data, 6, (-0.5, 1.0)), bins=6)
case("histogram edges", [data, xs, np.arange(50.0)], np.histogram(data, xs, weights=np.arange(50.0))[0])
for side in ["left", "right"]:
    for n in [0, 1, 2, 3, 7, 8, 9]:
        elements = np.sort(random.integers(0, 5, size=n))
        case("searchSorted " + side, [elements, np.arange(-1, 7).reshape(2, 4)],
             np.searchsorted(elements, np.arange(-1, 7).reshape(2, 4), side))
    sorted_ = np.array([-1, 0.5, 0.5, np.inf, np.nan])
    case("searchSorted " + side, [sorted_, np.array([np.nan, 0.5, 3])], np.searchsorted(sorted_, [np.nan, 0.5, 3], side))
case("digitize", [at[:9], xs], np.digitize(at[:9], xs))
case("digitize right", [at[:9], xs], np.digitize(at[:9], xs, right=True))
for values in [whole, np.array([0.0, 2, np.nan, 0]), mask[0]]:
    case("nonzero", [values], np.nonzero(values))
left = np.array([1.0, 1 + 1e-6, 1e-9, np.nan, 1e10])
right = np.array([1.0, 1.0, 0.0, np.nan, 1.00001e10])
case("isClose", [left, right], np.isclose(left, right))
case("isClose equalNaN", [left, right], np.isclose(left, right, equal_nan=True))
case("allClose", [left[:3], right[:3]], np.array(np.allclose(left[:3], right[:3])))
case("allClose", [left, right], np.array(np.allclose(left, right)))
degrees = np.array([2.6, 4.0, 17.3])
case("multivariateLogGamma", [degrees], special.multigammaln(degrees, 5), dimension=5)


# Derivatives.
def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def series(x, order):
    """A derivative of sin(πx) / (πx), by its integral over cosines, whose Taylor series converges everywhere."""
    u = mp.pi * x
    total, j = mp.mpf(0), 0
    with mp.workdps(200):
        while j < 400:
            if 2 * j >= order:
                total += (-1)**j * u**(2 * j - order) / ((2 * j + 1) * mp.factorial(2 * j - order))
            j += 1
    return total * mp.pi**order


def silu(x, order):
    s, t = 1 / (1 + mp.exp(-x)), 1 / (1 + mp.exp(x))
    slopes = [s, s * t, s * t * (t - s), s * t * (1 - 6 * s * t), s * t * (t - s) * (1 - 12 * s * t)]
    return (order * slopes[order - 1] if order else 0) + x * slopes[order]


half = lambda x: x * mp.erfc(-x / mp.sqrt(2)) / 2
density = lambda x: mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def gelu(x, order):
    closed = [half, lambda x: mp.erfc(-x / mp.sqrt(2)) / 2 + x * density(x), lambda x: density(x) * (2 - x * x),
              lambda x: density(x) * (x**3 - 4 * x), lambda x: density(x) * (-x**4 + 7 * x * x - 4)]
    return closed[order](x)


derivatives = {}
functions = {
    "sinc": (series, [0, 1e-8, 1e-3, 0.1, 0.5, 0.63, 0.95, 1, 1.27, 1.55, 1.6, 2, 3.3, 7, 25.5, -0.2, -4.1]),
    "silu": (silu, [0, 1e-3, 1, -1, -20, 20, -300, -700, 600]),
    "gelu": (gelu, [0, 1e-3, 1, -1, -5, -12, -30, 30, 9]),
}
for name, (f, points) in functions.items():
    derivatives[name] = {"x": points, "values": [[float(f(mp.mpf(x), k)) for k in range(5)] for x in points]}

with open("functions.json", "w") as file:
    lines = []
    for name, cases in arrays.items():
        rows = ",\n   ".join(json.dumps(c, separators=(",", ":")) for c in cases)
        lines.append(f'  "{name}": [\n   {rows}]')
    rows = ",\n  ".join(f'"{name}": {json.dumps(d, separators=(",", ":"))}' for name, d in derivatives.items())
    file.write('{\n "arrays": {\n' + ",\n".join(lines) + '},\n "derivatives": {\n  ' + rows + "}\n}\n")

"""Writes weights.json: logSumExp, softmax and logSoftmax of short vectors, with all first and second derivatives, by mpmath.

Run it in this folder: python3 weights.py (needs mpmath). The derivatives are closed forms of the weights; where 1 - w is
meant, it is the sum of the other weights. "double" has points for float64, "single" such for float32. What is not 0 and
not a normal number of the type has too few digits to be compared, and is null.
"""
import json
import struct
import mpmath as mp

mp.mp.dps = 60


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


POINTS = [
    [1e20, 1e20], [1e4, 1e4], [1e7, 1e7], [40, 0], [0, 40], [15, 0], [37.43, 0], [700, 701], [0.1, 0.2, 0.3],
    [-1000.5, -1000, -1003], [1e300, -1e300], [-40, 0, 1, -40], [3, 3, 3], [80, 20, 81, 20.5], [5, 5, -30], [0, -700],
    [0], [2, 1.9999999, -600], [-3e5, -3e5 - 30, -3e5 + 2],
]


def number(x, smallest, largest):
    if x != 0 and not smallest <= abs(x) <= largest:
        return None
    return float(x)


def table(x, smallest, largest):
    n = range(len(x))
    m = max(x)
    top = x.index(m)
    e = [mp.exp(a - m) for a in x]
    rest = mp.fsum(e[i] for i in n if i != top)
    w = [a / (1 + rest) for a in e]
    others = [mp.fsum(w[j] for j in n if j != i) for i in n]

    def jacobian(i, j):
        return w[i] * others[i] if i == j else -w[i] * w[j]

    def second(i, j, k):
        """The derivative of softmax i by j and k: that of w_i (d_ij - w_j)."""
        d = others[i] if i == j else -w[j]
        return jacobian(i, k) * d - w[i] * jacobian(j, k)

    def scale(i, j, k):
        """What the two terms of that have before they cancel."""
        d = others[i] if i == j else -w[j]
        return abs(jacobian(i, k) * d) + abs(w[i] * jacobian(j, k))

    def clean(values):
        return [clean(v) if isinstance(v, list) else number(v, smallest, largest) for v in values]

    hessian = [[jacobian(i, j) for j in n] for i in n]
    z = [a - m - mp.log1p(rest) for a in x]
    return {
        "x": [float(a) for a in x],
        "logSumExp": clean([m + mp.log1p(rest)])[0],
        "weights": clean(w),
        "hessian": clean(hessian),
        "weightsHessian": clean([[[second(i, j, k) for k in n] for j in n] for i in n]),
        "weightsHessianScale": clean([[[scale(i, j, k) for k in n] for j in n] for i in n]),
        "logSoftmax": clean(z),
        "logSoftmaxJacobian": clean([[others[i] if i == j else -w[j] for j in n] for i in n]),
    }


def tables(rounded, smallest, largest):
    return [table([mp.mpf(rounded(a)) for a in x], smallest, largest) for x in POINTS if max(map(abs, x)) < largest]


with open("weights.json", "w") as file:
    json.dump(
        {
            "double": tables(float, mp.mpf(2) ** -1022, mp.mpf(2) ** 1023),
            "single": tables(single, mp.mpf(2) ** -126, mp.mpf(2) ** 127),
        },
        file, indent=1)

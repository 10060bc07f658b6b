"""Writes extremes.json: first and second derivatives at extreme arguments, by mpmath at 60 digits and more.

Run it in this folder: python3 extremes.py (needs mpmath). The derivatives are closed forms, for differences of numbers
such as 1e300 need more digits than there are. "double" has points for float64, "single" such for float32.
"""
import json
import struct
import mpmath as mp

mp.mp.dps = 60


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def logistic(x):
    return 1 / (1 + mp.exp(-x))


def gauss(x):
    return 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)


# name: (first, second, the places)
def slope(x):
    return logistic(x) * logistic(-x)


functions = {
    "exp": (mp.exp, mp.exp, "range"), "expMinusOne": (mp.exp, mp.exp, "range"),
    "log": (lambda x: 1 / x, lambda x: -1 / x**2, "positive"),
    "logOnePlus": (lambda x: 1 / (1 + x), lambda x: -1 / (1 + x)**2, "positive"),
    "sqrt": (lambda x: 1 / (2 * mp.sqrt(x)), lambda x: -1 / (4 * mp.sqrt(x)**3), "positive"),
    "square": (lambda x: 2 * x, lambda x: mp.mpf(2), "any"),
    "reciprocal": (lambda x: -1 / x**2, lambda x: 2 / x**3, "any"),
    "asin": (lambda x: 1 / mp.sqrt(1 - x * x), lambda x: x / mp.sqrt(1 - x * x)**3, "unit"),
    "acos": (lambda x: -1 / mp.sqrt(1 - x * x), lambda x: -x / mp.sqrt(1 - x * x)**3, "unit"),
    "atan": (lambda x: 1 / (1 + x * x), lambda x: -2 * x / (1 + x * x)**2, "any"),
    "sinh": (mp.cosh, mp.sinh, "range"), "cosh": (mp.sinh, mp.cosh, "range"),
    "tanh": (lambda x: mp.sech(x)**2, lambda x: -2 * mp.tanh(x) * mp.sech(x)**2, "range"),
    "asinh": (lambda x: 1 / mp.sqrt(1 + x * x), lambda x: -x / mp.sqrt(1 + x * x)**3, "any"),
    "acosh": (lambda x: 1 / mp.sqrt(x * x - 1), lambda x: -x / mp.sqrt(x * x - 1)**3, "aboveOne"),
    "atanh": (lambda x: 1 / (1 - x * x), lambda x: 2 * x / (1 - x * x)**2, "unit"),
    "sigmoid": (slope, lambda x: slope(x) * (logistic(-x) - logistic(x)), "range"),
    "softplus": (logistic, slope, "range"),
    "erf": (gauss, lambda x: -2 * x * gauss(x), "gauss"),
    "erfc": (lambda x: -gauss(x), lambda x: 2 * x * gauss(x), "gauss"),
}


def places(exponents, ulp, top, bell):
    """Places by name, from powers of ten, the distance from 1 to the next number, the logarithm of the largest number, and
    the square root of that."""
    tens = [mp.mpf(10)**e for e in exponents]
    within = [t for t in tens if 10 * ulp < t < 1] + [0.5, 0.999]
    ranged = [t for t in tens if t < 1] + [1.0, 3.0, 0.25 * top, 0.49 * top, 0.51 * top, 0.99 * top]
    return {
        "any": [s * t for t in tens for s in (1, -1)], "positive": tens,
        "unit": [s * t for t in within + [1 - ulp / 2, 1 - 4 * ulp] for s in (1, -1)],
        "aboveOne": [1 + ulp, 1 + 8 * ulp, 1.5] + [t for t in tens if t > 1],
        "range": [s * t for t in ranged for s in (1, -1)],
        "gauss": [s * t for t in [t for t in tens if t < 1] + [0.25 * bell, 0.5 * bell, 0.98 * bell] for s in (1, -1)],
    }


def rounded(value, to, least):
    """The nearest number of the type; what is not normal in it has too few digits to be compared, and becomes null."""
    value = mp.mpf(value)
    if not mp.isfinite(value):
        return None
    if value != 0 and abs(value) < least:
        return None
    try:
        number = to(float(value))
        return number if abs(number) < float("inf") else None
    except OverflowError:
        return None


precisions = {
    "double": (float, 2.0**-1022,
               places([-300, -160, -154, -77, -20, -8, -3, 3, 8, 20, 77, 103, 150, 153], 2.0**-52, 709.0, 26.6)),
    "single": (single, 2.0**-126, places([-37, -20, -10, -5, -3, 3, 5, 9, 12, 18], 2.0**-23, 88.0, 9.3)),
}
# Where squares overflow but derivatives do not.
beyond = {"double": [1e155, 1e200, 1e300, -1e160], "single": [1e19, 3e25, 1e37, -2e20]}
result = {}
for precision, (to, least, table) in precisions.items():
    result[precision] = {}
    for name, (first, second, domain) in functions.items():
        points = list(table[domain])
        if domain in ("any", "positive", "aboveOne"):
            points += [x for x in beyond[precision] if domain == "any" or x > 0]
        xs = [to(float(x)) for x in points]
        with mp.workdps(700):
            result[precision][name] = {
                "x": xs, "first": [rounded(first(mp.mpf(x)), to, least) for x in xs],
                "second": [rounded(second(mp.mpf(x)), to, least) for x in xs]}

with open("extremes.json", "w") as file:
    json.dump(result, file, indent=1)
    file.write("\n")

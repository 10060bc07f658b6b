"""Writes extremes.json: values, first and second derivatives at extreme arguments, by mpmath at 60 digits and more.

Run it in this folder: python3 extremes.py (needs mpmath). The derivatives are closed forms, for differences of numbers
such as 1e300 need more digits than there are. "double" has points for float64 and complex128, "single" such for float32
and complex64. What is not a normal number of the type has too few digits to be compared, and is null.
"""
import json
import struct
import mpmath as mp

mp.mp.dps = 60


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def logistic(x):
    return 1 / (1 + mp.exp(-x))


def slope(x):
    return logistic(x) * logistic(-x)


def gauss(x):
    return 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)


def erfinv_slope(y):
    return mp.sqrt(mp.pi) / 2 * mp.exp(y * y)


def erfinv(x):
    # The solution of erfc(y) = 1 - x, which mpmath's own erfinv does not find at 700 digits.
    with mp.workdps(60):
        y = mp.erfinv(x)
    for _ in range(6):
        y -= (mp.erf(y) - x) / gauss(y)
    return y


def root(x):
    """The product of roots, which has the branch cuts of asin and acos."""
    return mp.sqrt(1 - x) * mp.sqrt(1 + x)


def hypot_one(x):
    return mp.sqrt(1 + 1j * x) * mp.sqrt(1 - 1j * x) if isinstance(x, mp.mpc) else mp.sqrt(1 + x * x)


def outer_root(x):
    return mp.sqrt(x - 1) * mp.sqrt(x + 1)


def polygamma(n):
    def value(x):
        # Nothing is lost at 60 digits: the series has terms of one sign.
        with mp.workdps(60):
            return mp.polygamma(n, x)
    return value


def log_gamma(x):
    with mp.workdps(60):
        return mp.log(abs(mp.gamma(x))) if abs(x) < 1e3 else mp.loggamma(x)


ln2, ln10 = mp.log(2), mp.log(10)
with mp.workdps(720):
    ln2, ln10 = mp.log(2), mp.log(10)

# name: (value, first, second, the places)
functions = {
    "exp": (mp.exp, mp.exp, mp.exp, "range"), "expMinusOne": (mp.expm1, mp.exp, mp.exp, "range"),
    "exp2": (lambda x: mp.exp(x * ln2), lambda x: ln2 * mp.exp(x * ln2), lambda x: ln2**2 * mp.exp(x * ln2), "range"),
    "log": (mp.log, lambda x: 1 / x, lambda x: -1 / x**2, "positive"),
    "log2": (lambda x: mp.log(x) / ln2, lambda x: 1 / (x * ln2), lambda x: -1 / (x**2 * ln2), "positive"),
    "log10": (lambda x: mp.log(x) / ln10, lambda x: 1 / (x * ln10), lambda x: -1 / (x**2 * ln10), "positive"),
    "logOnePlus": (lambda x: mp.log(1 + x), lambda x: 1 / (1 + x), lambda x: -1 / (1 + x)**2, "positive"),
    "sqrt": (mp.sqrt, lambda x: 1 / (2 * mp.sqrt(x)), lambda x: -1 / (4 * mp.sqrt(x)**3), "positive"),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), lambda x: 1 / (3 * mp.cbrt(abs(x))**2),
             lambda x: -2 * mp.sign(x) / (9 * mp.cbrt(abs(x))**5), "any"),
    "square": (lambda x: x * x, lambda x: 2 * x, lambda x: mp.mpf(2), "any"),
    "reciprocal": (lambda x: 1 / x, lambda x: -1 / x**2, lambda x: 2 / x**3, "any"),
    "asin": (mp.asin, lambda x: 1 / root(x), lambda x: x / root(x)**3, "unit"),
    "acos": (mp.acos, lambda x: -1 / root(x), lambda x: -x / root(x)**3, "unit"),
    "atan": (mp.atan, lambda x: 1 / (1 + x * x), lambda x: -2 * x / (1 + x * x)**2, "any"),
    "sin": (mp.sin, mp.cos, lambda x: -mp.sin(x), "small"), "cos": (mp.cos, lambda x: -mp.sin(x),
            lambda x: -mp.cos(x), "small"),
    "tan": (mp.tan, lambda x: mp.sec(x)**2, lambda x: 2 * mp.tan(x) * mp.sec(x)**2, "small"),
    "sinh": (mp.sinh, mp.cosh, mp.sinh, "range"), "cosh": (mp.cosh, mp.sinh, mp.cosh, "range"),
    "tanh": (mp.tanh, lambda x: mp.sech(x)**2, lambda x: -2 * mp.tanh(x) * mp.sech(x)**2, "range"),
    "asinh": (mp.asinh, lambda x: 1 / hypot_one(x), lambda x: -x / hypot_one(x)**3, "any"),
    "acosh": (mp.acosh, lambda x: 1 / outer_root(x), lambda x: -x / outer_root(x)**3, "aboveOne"),
    "atanh": (mp.atanh, lambda x: 1 / (1 - x * x), lambda x: 2 * x / (1 - x * x)**2, "unit"),
    "sigmoid": (logistic, slope, lambda x: slope(x) * (logistic(-x) - logistic(x)), "range"),
    "softplus": (lambda x: mp.log1p(mp.exp(x)), logistic, slope, "range"),
    "logSigmoid": (lambda x: -mp.log1p(mp.exp(-x)), lambda x: logistic(-x), lambda x: -slope(x), "range"),
    "erf": (mp.erf, gauss, lambda x: -2 * x * gauss(x), "gauss"),
    "erfc": (mp.erfc, lambda x: -gauss(x), lambda x: 2 * x * gauss(x), "gauss"),
    "erfinv": (erfinv, lambda x: erfinv_slope(erfinv(x)), lambda x: 2 * erfinv(x) * erfinv_slope(erfinv(x))**2, "unit"),
    "logGamma": (log_gamma, polygamma(0), polygamma(1), "positive"),
    "digamma": (polygamma(0), polygamma(1), polygamma(2), "positive"),
    "trigamma": (polygamma(1), polygamma(2), polygamma(3), "positive"),
    "polygamma4": (polygamma(4), polygamma(5), polygamma(6), "positive"),
    "polygamma120": (polygamma(120), polygamma(121), polygamma(122), "order"),
    "polygamma170": (polygamma(170), None, None, "order"),
    "trunc": (lambda x: mp.sign(x) * mp.floor(abs(x)), lambda x: mp.mpf(0), lambda x: mp.mpf(0), "any"),
}
holomorphic = ["exp", "expMinusOne", "exp2", "log", "log2", "log10", "logOnePlus", "sqrt", "square", "reciprocal", "asin",
               "acos", "atan", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh"]


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
        "small": [s * t for t in [t for t in tens if t < 1] + [1.0, 3.0] for s in (1, -1)],
        "gauss": [s * t for t in [t for t in tens if t < 1] + [0.25 * bell, 0.5 * bell, 0.98 * bell] for s in (1, -1)],
        "order": [0.9, 1.0, 7.0, 30.0, 300.0, 900.0, 1e4, -0.3, -0.52, -17.7],
    }


def rounded(value, to, least):
    """The nearest number of the type; null where it is not normal in it."""
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


def complex_places(exponents, ulp, top):
    """Large and small numbers in every direction, points next to the branch points ±1 and ±i, and numbers with a large real
    or imaginary part. The directions are not those of branch cuts."""
    directions = [(1, 0.3), (-0.7, 1), (0.2, -1), (-1, -0.6)]
    near = [4 * ulp, 1000 * ulp, 1e-3]
    return {
        "any": [(a * mp.mpf(10)**e, b * mp.mpf(10)**e) for e in exponents for a, b in directions]
        + [(s + a * d, b * d) for s in (1, -1) for d in near for a, b in directions]
        + [(a * d, s + b * d) for s in (1, -1) for d in near for a, b in directions],
        "range": [(a * t, b) for t in (0.02 * top, 0.06 * top, 0.25 * top, 0.49 * top, 0.51 * top, 0.98 * top)
                  for a in (1, -1) for b in (0.4, -1.3)] + [(1e-5, 2e-6), (-3e-6, 1e-8)],
    }


def complex_domain(name):
    if name in ("exp", "expMinusOne", "exp2", "sinh", "cosh", "tanh"):
        return "range", False
    return ("range", True) if name in ("sin", "cos", "tan") else ("any", False)


def complex_rounded(value, to, least):
    """Both parts; null where the magnitude is not a normal number. Errors are measured beside the magnitude."""
    value = mp.mpc(value)
    size = rounded(abs(value), to, least)
    if size is None:
        return None
    return [to(float(value.real)), to(float(value.imag))]


def hypot(x, y):
    r = mp.sqrt(x * x + y * y)
    return r, x / r, y / r, y * y / r**3, -x * y / r**3, x * x / r**3


def log_add_exp(x, y):
    high, low = max(x, y), min(x, y)
    return (high + mp.log1p(mp.exp(low - high)), logistic(x - y), logistic(y - x), slope(x - y), -slope(x - y),
            slope(x - y))


def atan2(x, y, largest):
    """The first operand is the ordinate."""
    r = mp.sqrt(x * x + y * y)
    # The mixed derivative is a difference of numbers of the size 1 / r².
    mixed = (x * x - y * y) / r**4 if 1 / r**2 < largest else mp.inf
    return mp.atan2(x, y), y / r**2, -x / r**2, -2 * x * y / r**4, mixed, 2 * x * y / r**4


def remainder(x, y):
    quotient = mp.sign(x / y) * mp.floor(abs(x / y))
    return x - y * quotient, mp.mpf(1), -quotient, mp.mpf(0), mp.mpf(0), mp.mpf(0)


precisions = {
    "double": (float, 2.0**-1022, 2.0**-52, 709.0, 26.6,
               [-300, -160, -154, -77, -20, -8, -3, 3, 8, 20, 77, 103, 150, 153], [155, 200, 300]),
    "single": (single, 2.0**-126, 2.0**-23, 88.0, 9.3, [-37, -20, -10, -5, -3, 3, 5, 9, 12, 18], [19, 25, 37]),
}
# Where squares overflow but derivatives do not.
beyond = {"double": [1e155, 1e200, 1e300, -1e160], "single": [1e19, 3e25, 1e37, -2e20]}
result = {}
for precision, (to, least, ulp, top, bell, exponents, large) in precisions.items():
    table = places(exponents, ulp, top, bell)
    real, complexes, binary = {}, {}, {}
    for name, (value, first, second, domain) in functions.items():
        points = list(table[domain])
        if domain in ("any", "positive", "aboveOne"):
            points += [x for x in beyond[precision] if domain == "any" or x > 0]
        xs = [to(float(x)) for x in points]
        with mp.workdps(700):
            real[name] = {
                "x": xs, "value": [rounded(value(mp.mpf(x)), to, least) for x in xs],
                "first": [rounded(first(mp.mpf(x)), to, least) if first else None for x in xs],
                "second": [rounded(second(mp.mpf(x)), to, least) if second else None for x in xs]}
    places_of_complex = complex_places(exponents[::2] + large, ulp, top)
    for name in holomorphic:
        value, first, second, _ = functions[name]
        domain, is_turned = complex_domain(name)
        zs = [(to(float(a)), to(float(b))) for a, b in places_of_complex[domain]]
        if is_turned:
            zs = [(b, a) for a, b in zs]
        with mp.workdps(700):
            complexes[name] = {
                "x": [list(z) for z in zs],
                **{key: [complex_rounded(f(mp.mpc(*z)), to, least) if outside(name, z) else None for z in zs]
                   for outside in [lambda name, z: not (name == "logOnePlus" and z[0] < -0.9 and abs(z[1]) < 1e-12)]
                   for key, f in (("value", value), ("first", first), ("second", second))}}
    e = exponents + large
    pairs = [(a * 10.0**p, b * 10.0**q) for p in e[::3] for q in e[::3] for a, b in ((1.0, 1.0), (-3.0, 2.0))]
    pairs = [(to(x), to(y)) for x, y in pairs]
    ties = [(0, 0), (1e20, 1e20), (-3e4, -3e4), (1e-30, -2e-30), (3, 3.0000002), (0.1, 0.7)]
    tails = [(0.99 * top, 1), (-0.5 * top, 20), (15, 0), (40, 3), (0, -60), (top - 8, top - 7), (1e30, -1e30)]
    sums = [(to(a), to(b)) for pair in ties + tails for a, b in (pair, pair[::-1])]
    for name in ("hypot", "atan2", "fmod", "logAddExp"):
        points = sums if name == "logAddExp" else pairs
        function = {"hypot": hypot, "logAddExp": log_add_exp, "atan2": lambda x, y: atan2(x, y, 1 / least), "fmod": remainder}[name]
        with mp.workdps(1300):
            columns = [function(mp.mpf(x), mp.mpf(y)) for x, y in points]
        keys = ("value", "dx", "dy", "dxx", "dxy", "dyy")
        binary[name] = {"x": [p[0] for p in points], "y": [p[1] for p in points],
                        **{key: [rounded(c[i], to, least) for c in columns] for i, key in enumerate(keys)}}
    result[precision] = {"real": real, "complex": complexes, "binary": binary}

def text(value, depth):
    """JSON with a line for each list of numbers."""
    if depth == 0:
        return json.dumps(value, separators=(",", ":"))
    return "{\n" + ",\n".join(f'{" " * (4 - depth)}"{key}": {text(v, depth - 1)}' for key, v in value.items()) + "}"


with open("extremes.json", "w") as file:
    file.write(text(result, 4) + "\n")

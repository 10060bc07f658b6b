"""Points and references for the accuracy of vector functions: name, type, arguments, value, the value's rest.

References are computed by mpmath with 60 digits.
Usage: python3 points.py [points for each function, 2000] > points.txt (needs `pip install mpmath`). The tests have those of
`python3 points.py 60 > Tests/NativeEngineTests/Fixtures/vector-math.txt`.
"""
import math
import random
import struct
import sys

import mpmath as mp

mp.mp.dps = 60
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
random.seed(20)

# The function, and the sizes of its arguments for float64 and float32.
UNARY = {
    "exp": (mp.exp, (1e-300, 745), (1e-37, 103)),
    "expm1": (mp.expm1, (5e-324, 709), (1e-45, 88)),
    "log": (mp.log, (5e-324, 1.7e308), (1e-45, 3.3e38)),
    "log1p": (mp.log1p, (5e-324, 1.7e308), (1e-45, 3.3e38)),
    "sin": (mp.sin, (5e-324, 1.7e308), (1e-45, 3.3e38)),
    "cos": (mp.cos, (1e-20, 1.7e308), (1e-10, 3.3e38)),
    "tan": (mp.tan, (5e-324, 1.7e308), (1e-45, 3.3e38)),
    "asin": (mp.asin, (5e-324, 1), (1e-45, 1)),
    "acos": (mp.acos, (1e-20, 1), (1e-10, 1)),
    "atan": (mp.atan, (5e-324, 1.7e308), (1e-45, 3.3e38)),
    "sinh": (mp.sinh, (5e-324, 710), (1e-45, 89)),
    "cosh": (mp.cosh, (1e-20, 710), (1e-10, 89)),
    "tanh": (mp.tanh, (5e-324, 30), (1e-45, 15)),
    "asinh": (mp.asinh, (5e-324, 1.7e308), (1e-45, 3.3e38)),
    "acosh": (mp.acosh, (1, 1.7e308), (1, 3.3e38)),
    "atanh": (mp.atanh, (5e-324, 1), (1e-45, 1)),
    "erf": (mp.erf, (5e-324, 7), (1e-45, 5)),
    "erfc": (mp.erfc, (1e-20, 27), (1e-10, 10)),
}
BINARY = {
    "pow": lambda x, y: mp.power(abs(x), y),
    "atan2": mp.atan2,
    "hypot": mp.hypot,
}
# Functions that C has not, or only some C libraries have; behind the others, so that those keep their points.
OTHERS = {
    "log2": (lambda x: mp.log(x, 2), (5e-324, 1.7e308), (1e-45, 3.3e38)),
    "log10": (mp.log10, (5e-324, 1.7e308), (1e-45, 3.3e38)),
    "exp2": (lambda x: mp.power(2, x), (1e-300, 1020), (1e-37, 126)),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), (5e-324, 1.7e308), (1e-45, 3.3e38)),
    "erfinv": (mp.erfinv, (1e-300, 1), (1e-37, 1)),
    "logGamma": (mp.loggamma, (1e-300, 2e305), (1e-37, 4e36)),
    "digamma": (mp.digamma, (1e-300, 1.7e308), (1e-37, 3.3e38)),
}
POSITIVE = {"log", "acosh", "log2", "log10", "logGamma", "digamma"}


def narrowed(x, single):
    return struct.unpack("f", struct.pack("f", x))[0] if single else x


def size(low, high):
    return math.exp(random.uniform(math.log(low), math.log(high)))


def argument(low, high, signed, index):
    x = size(low, high) if index % 2 else random.uniform(low, min(high, 40))
    return -x if signed and index % 3 == 0 else x


def write(name, single, arguments, value):
    largest = mp.mpf(2) ** (128 if single else 1024) * (1 - mp.mpf(2) ** (-24 if single else -53))
    if value == 0 or abs(value) > largest or abs(value) < mp.mpf(2) ** (-149 if single else -1074):
        return
    high = float(value)
    rest = float(value - mp.mpf(high))
    numbers = [x.hex() for x in arguments] + ["0x0p+0"] * (2 - len(arguments)) + [high.hex(), rest.hex()]
    print(name + ("f" if single else ""), len(arguments), int(single), *numbers)


def near():
    """A number close to 1, to the root of digamma, or to a bound: where digits are lost first."""
    centre = random.choice([1, 2, 3, 8, 10, 1.4616321449683623])
    return centre + random.choice([-1, 1]) * size(1e-12, 0.5)


for single in (False, True):
    for name, (function, *ranges) in UNARY.items():
        low, high = ranges[single]
        for index in range(COUNT):
            if name == "log1p" and index % 4 == 0:
                x = random.uniform(-1, 1)
            else:
                x = argument(low, high, name not in POSITIVE | {"log1p"}, index)
            x = narrowed(x, single)
            if x == 0 or (name == "acosh" and x < 1) or (name == "atanh" and abs(x) >= 1):
                continue
            write(name, single, [x], mp.mpf(function(mp.mpf(x))))
    for name, function in BINARY.items():
        for index in range(COUNT):
            low, high = (1e-37, 1e37) if single else (1e-307, 1e307)
            x = narrowed(size(low, high), single)
            y = narrowed(x * random.uniform(1e-3, 1e3) if index % 2 else size(low, high), single)
            if name == "pow":
                bound = (87 if single else 708) / max(abs(math.log(x)), 1e-9)
                y = narrowed(random.uniform(-bound, bound), single)
            write(name, single, [x, y], mp.mpf(function(mp.mpf(x), mp.mpf(y))))

for single in (False, True):
    for name, (function, *ranges) in OTHERS.items():
        low, high = ranges[single]
        for index in range(COUNT):
            if name in {"logGamma", "digamma"} and index % 2:
                x = near()
            elif name == "erfinv" and index % 4 == 0:
                x = 1 - size(1e-16, 1e-2)
            else:
                x = argument(low, high, name not in POSITIVE, index)
            x = narrowed(x, single)
            if x == 0 or (name == "erfinv" and abs(x) >= 1):
                continue
            write(name, single, [x], mp.mpf(function(mp.mpf(x))))

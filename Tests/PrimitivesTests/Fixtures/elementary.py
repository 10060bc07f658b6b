"""Writes elementary.json: values and derivatives of the elementwise functions by mpmath at 50 digits.

Run it in this folder: python3 elementary.py (needs mpmath). Every number is rounded to a double once, at the end.
Points are single-precision numbers, so that float32 can be tested at the same places.
"""
import json
import struct
import mpmath as mp

mp.mp.dps = 50


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def gelu(x):
    return x * mp.erfc(-x / mp.sqrt(2)) / 2


def gelu_approximate(x):
    return x * sigmoid(2 * mp.sqrt(2 / mp.pi) * (x + mp.mpf(0.044715) * x**3))


anywhere = [-7.5, -3.1, -1.3, -0.4, -1e-3, 1e-4, 0.02, 0.7, 1.1, 2.6, 5.9]
positive = [1e-6, 0.03, 0.4, 1.3, 2.5, 17.0, 1e5]
unit = [-0.999, -0.7, -0.2, -1e-4, 1e-5, 0.3, 0.8, 0.99]
above_one = [1.001, 1.2, 2.0, 7.5, 1e4]
gamma_points = [-20.3, -7.5, -3.1, -1.3, -0.4, -1e-3, 1e-4, 0.02, 0.7, 0.99, 1.01, 1.3, 1.99, 2.01, 2.6, 5.9, 9.99, 10.01,
                33.3, 1e4, 1e8]
wide = [-700.0, -40.0, -20.5] + anywhere + [36.5, 300.0]

real = {
    "exp": (mp.exp, anywhere), "expMinusOne": (mp.expm1, anywhere), "log": (mp.log, positive),
    "logOnePlus": (lambda x: mp.log(1 + x), [-0.9] + unit[1:] + [3.0, 1e6]), "sqrt": (mp.sqrt, positive),
    "square": (lambda x: x * x, anywhere), "reciprocal": (lambda x: 1 / x, anywhere),
    "sin": (mp.sin, anywhere), "cos": (mp.cos, anywhere), "tan": (mp.tan, anywhere),
    "asin": (mp.asin, unit), "acos": (mp.acos, unit), "atan": (mp.atan, anywhere),
    "sinh": (mp.sinh, anywhere), "cosh": (mp.cosh, anywhere), "tanh": (mp.tanh, anywhere[2:-1]),
    "asinh": (mp.asinh, anywhere), "acosh": (mp.acosh, above_one), "atanh": (mp.atanh, unit),
    "sigmoid": (sigmoid, anywhere + [-30.0, 30.0]), "softplus": (lambda x: mp.log(1 + mp.exp(x)), anywhere + [30.0]),
    "erf": (mp.erf, anywhere), "erfc": (mp.erfc, anywhere + [12.5]),
    "log2": (lambda x: mp.log(x, 2), positive + [8.0, 1e-30]), "log10": (mp.log10, positive + [100.0, 1e-30]),
    "exp2": (lambda x: mp.power(2, x), anywhere + [-100.0, 60.0]),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), anywhere + [1e9]),
    "logGamma": (lambda x: mp.log(abs(mp.gamma(x))), gamma_points),
    "digamma": (mp.digamma, gamma_points + [1.46, 1.4616, 1.5, 1.9]),
    "trigamma": (lambda x: mp.polygamma(1, x), gamma_points),
    "polygamma4": (lambda x: mp.polygamma(4, x), [x for x in gamma_points if 1e-3 < x < 1e6]),
    "rsqrt": (lambda x: 1 / mp.sqrt(x), positive), "silu": (lambda x: x * sigmoid(x), anywhere + [-30.0, 30.0]),
    "gelu": (gelu, anywhere), "geluApproximate": (gelu_approximate, anywhere),
    "logit": (lambda x: mp.log(x / (1 - x)), [1e-6, 0.03, 0.24, 0.26, 0.4, 0.499, 0.5001, 0.7, 0.76, 0.99, 0.99999]),
    "sinc": (mp.sincpi, anywhere + [1e-6, 0.31, 0.33, 0.6, 17.3]),
    "erfinv": (mp.erfinv, unit + [-0.5, 0.5, 1e-9, 0.99999, -0.9999999]),
}
plane = [-1.5 + 0.5j, -0.3 - 1.2j, 0.4 + 0.3j, 1.7 - 0.6j, 2.2 + 1.9j]
holomorphic = ["exp2", "log2", "log10", "exp", "expMinusOne", "log", "logOnePlus", "sqrt", "square", "reciprocal", "sin", "cos", "tan", "asin",
               "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh"]
binary = {
    "power": (lambda x, y: mp.power(x, y), [(0.5, 2.5), (1.3, -3.2), (4.0, 0.5), (17.0, 3.1), (0.01, 1.7)]),
    "atan2": (lambda x, y: mp.atan2(x, y), [(1.0, 2.0), (-0.5, 0.7), (2.0, -1.5), (-3.0, -0.2), (1e-3, 40.0)]),
    "fmod": (lambda x, y: x - y * int(x / y), [(3.5, 2.0), (-7.3, 2.1), (1e6, 0.7), (5.0, -3.0)]),
    "xLogY": (lambda x, y: x * mp.log(y), [(0.5, 2.5), (-1.3, 0.2), (4.0, 0.999), (1e-3, 1e4)]),
    "xLog1pY": (lambda x, y: x * mp.log1p(y), [(0.5, 2.5), (-1.3, -0.8), (4.0, 1e-6), (1e-3, 1e4)]),
    "hypot": (lambda x, y: mp.sqrt(x * x + y * y), [(3.0, 4.0), (-0.5, 0.7), (2.0, -1e-3), (-3e5, -0.2)]),
}


def parts(z):
    return [float(mp.re(z)), float(mp.im(z))]


result = {"real": {}, "complex": {}, "binary": {}}
for name, (f, points) in real.items():
    xs = [single(x) for x in points]
    result["real"][name] = {
        "x": xs, "value": [float(f(mp.mpf(x))) for x in xs],
        "first": [float(mp.diff(f, mp.mpf(x))) for x in xs],
        "second": [float(mp.diff(f, mp.mpf(x), 2)) for x in xs]}
for name in holomorphic:
    f = real[name][0]
    zs = [complex(single(z.real), single(z.imag)) for z in plane]
    result["complex"][name] = {
        "x": [[z.real, z.imag] for z in zs], "value": [parts(f(mp.mpc(z))) for z in zs],
        "first": [parts(mp.diff(f, mp.mpc(z))) for z in zs], "second": [parts(mp.diff(f, mp.mpc(z), 2)) for z in zs]}
for name, (f, points) in binary.items():
    ps = [(single(x), single(y)) for x, y in points]
    d = lambda order: [float(mp.diff(f, (mp.mpf(x), mp.mpf(y)), order)) for x, y in ps]
    result["binary"][name] = {
        "x": [p[0] for p in ps], "y": [p[1] for p in ps], "value": [float(f(mp.mpf(x), mp.mpf(y))) for x, y in ps],
        "dx": d((1, 0)), "dy": d((0, 1)), "dxx": d((2, 0)), "dxy": d((1, 1)), "dyy": d((0, 2))}

with open("elementary.json", "w") as file:
    json.dump(result, file, indent=1)
    file.write("\n")

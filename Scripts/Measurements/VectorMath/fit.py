#!/usr/bin/env python3
"""Coefficients of the polynomials in Sources/Primitives/Elementwise/VectorForms.

Each is the interpolation of a function at Chebyshev points of an interval, with 60 digits, as a polynomial in a variable that
goes from -1 to 1, rounded to float64; the largest relative error of the rounded polynomial, evaluated exactly, stands
above it.

    python3 fit.py      # needs mpmath
"""
from mpmath import mp, mpf, cos, pi, loggamma, digamma, erfinv, findroot, sqrt, log, matrix, lu_solve, nstr, fabs, exp, erfc

mp.dps = 60


def fit(name, function, low, high, degree):
    """The polynomial in t = (2 x - low - high) / (high - low)."""
    low, high = mpf(low), mpf(high)
    points = [cos(pi * (2 * k + 1) / (2 * (degree + 1))) for k in range(degree + 1)]
    values = [function((low + high) / 2 + t * (high - low) / 2) for t in points]
    system = matrix(degree + 1, degree + 1)
    for row, t in enumerate(points):
        for power in range(degree + 1):
            system[row, power] = t ** power
    coefficients = [mpf(float(c)) for c in lu_solve(system, matrix(values))]
    worst = mpf(0)
    for k in range(301):
        t = mpf(2 * k - 300) / 300
        x = (low + high) / 2 + t * (high - low) / 2
        value = function(x)
        worst = max(worst, fabs(sum(c * t ** p for p, c in enumerate(coefficients)) / value - 1))
    print(f"// {name}, {float(low)} to {float(high)}: {nstr(worst, 3)}")
    print("[")
    for c in coefficients:
        print(f"  {float(c)!r},")
    print("]")


def without_zeros(x):
    """log(gamma(x)) / ((x - 1) (x - 2)), continued to 1 and 2."""
    h = mpf(10) ** -25
    if fabs(x - 1) < h or fabs(x - 2) < h:
        x += 2 * h
    return loggamma(x) / ((x - 1) * (x - 2))


root = findroot(digamma, 1.46)


def without_root(x):
    """digamma(x) / (x - root), continued to the root."""
    if fabs(x - root) < mpf(10) ** -25:
        x += mpf(10) ** -24
    return digamma(x) / (x - root)


def inverse(w):
    """erfinv(x) / x where w = -log(1 - x^2)."""
    if w == 0:
        return sqrt(pi) / 2
    x = sqrt(-mp.expm1(-w))
    # For large w, x is 1 to the working precision: the equation erfc(y) = 1 - x.
    small = exp(-w) / (1 + x)
    y = sqrt(w)
    for _ in range(100):
        step = (erfc(y) - small) / (2 / sqrt(pi) * exp(-y * y))
        y += step
        if fabs(step) < mpf(10) ** -50:
            break
    return y / x


if __name__ == "__main__":
    print(f"// root of digamma: {float(root)!r} + {float(root - mpf(float(root)))!r}")
    fit("logGamma / ((x - 1) (x - 2))", without_zeros, 1, 2.5, 25)
    fit("digamma / (x - root)", without_root, 1, 2, 21)
    fit("erfinv / x, in w", inverse, 0, 6.25, 23)
    fit("erfinv / x, in sqrt(w)", lambda s: inverse(s * s), 2.5, 4, 18)
    fit("erfinv / x, in sqrt(w)", lambda s: inverse(s * s), 4, 6.125, 18)

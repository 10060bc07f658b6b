"""Prints Tests/LinearAlgebraTests/SpectraReferences.swift: values and derivatives with 50 digits (mpmath), and what JAX says.

    pip install mpmath numpy jax
    python3 Tests/LinearAlgebraTests/Fixtures/spectra_reference.py > Tests/LinearAlgebraTests/SpectraReferences.swift
"""

import mpmath as mp

mp.mp.dps = 50


def number(x):
    return repr(float(x))


def table(matrix):
    rows = [[matrix[i, j] for j in range(matrix.cols)] for i in range(matrix.rows)]
    return "[" + ", ".join("[" + ", ".join(number(x) for x in row) + "]" for row in rows) + "]"


def vector(values):
    return "[" + ", ".join(number(x) for x in values) + "]"


def declare(name, kind, text):
    print(f"  static let {name}: {kind} =\n    {text}")


# Rationals, so that both sides read the same matrices.
symmetric = mp.matrix([[4, 1, -2, 0.5], [1, 3, 0.25, 1.5], [-2, 0.25, -1, 2], [0.5, 1.5, 2, 0.75]])
general = mp.matrix([[1, 2, -0.5], [0.25, -1, 3], [-2, 0.5, 1.5]])
tall = mp.matrix([[1, 2], [0.5, -1], [3, 0.25]])
# An eigenvalue of 2, twice: 2 P + 5 (1 - P) for the projector P onto the plane orthogonal to (1, 2, 2) / 3.
direction = mp.matrix([1, 2, 2]) / 3
tied = 2 * mp.eye(3) + 3 * direction * direction.T
change = mp.matrix([[1, 0.5, -1], [0.5, 2, 0.25], [-1, 0.25, -0.5]])


def spectral(f, a):
    values, vectors = mp.eigsy(a)
    return vectors * mp.diag([f(x) for x in values]) * vectors.T


def contour_derivatives(f, a, e, radius, center, count=400):
    """First and second derivative of f(a + t e) at 0, by Cauchy's integral of f(z) (z - a)^-1, whose terms are products."""
    first, second, n = mp.zeros(a.rows), mp.zeros(a.rows), a.rows
    for k in range(count):
        w = radius * mp.expjpi(2 * mp.mpf(k) / count)
        z = center + w
        resolvent = (z * mp.eye(n) - a) ** -1
        weight = f(z) * w / count
        first += weight * (resolvent * e * resolvent)
        second += weight * 2 * (resolvent * e * resolvent * e * resolvent)
    return first.apply(mp.re), second.apply(mp.re)


def main():
    print("// Printed by spectra_reference.py: by mpmath with 50 digits.\n")
    print("enum SpectraReferences {")
    values, vectors = mp.eigsy(symmetric)
    declare("symmetric", "[[Double]]", table(symmetric))
    declare("symmetricValues", "[Double]", vector(values))
    for j in range(4):
        column = [vectors[i, j] for i in range(4)]
        sign = mp.sign(max(column, key=abs))
        for i in range(4):
            vectors[i, j] *= sign
    declare("symmetricVectors", "[[Double]]", table(vectors))

    found, _ = mp.eig(general)
    found = sorted(found, key=lambda z: (round(float(mp.re(z)), 12), float(mp.im(z))))
    declare("general", "[[Double]]", table(general))
    declare("generalReal", "[Double]", vector([mp.re(z) for z in found]))
    declare("generalImaginary", "[Double]", vector([mp.im(z) for z in found]))

    declare("tall", "[[Double]]", table(tall))
    singular = sorted([mp.sqrt(x) for x in mp.eigsy(tall.T * tall)[0]], reverse=True)
    declare("tallValues", "[Double]", vector(singular))
    inverse = (tall.T * tall) ** -1 * tall.T
    declare("tallInverse", "[[Double]]", table(inverse))
    declare("tallPolar", "[[Double]]", table(tall * spectral(lambda x: 1 / mp.sqrt(x), tall.T * tall)))

    declare("tied", "[[Double]]", table(tied))
    declare("change", "[[Double]]", table(change))
    for name, f in [("exponential", mp.exp), ("logarithm", mp.log), ("squareRoot", mp.sqrt)]:
        first, second = contour_derivatives(f, tied, change, mp.mpf("3"), mp.mpf("3.5"))
        declare(f"{name}Value", "[[Double]]", table(spectral(f, tied)))
        declare(f"{name}First", "[[Double]]", table(first))
        declare(f"{name}Second", "[[Double]]", table(second))
    # The projector onto the plane: 1 inside of a circle around 2.
    first, second = contour_derivatives(lambda z: mp.mpf(1), tied, change, mp.mpf("1.5"), mp.mpf(2))
    declare("projectorFirst", "[[Double]]", table(first))
    declare("projectorSecond", "[[Double]]", table(second))
    print("}")


main()

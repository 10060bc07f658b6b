"""Writes numpy_printing.txt: what NumPy prints for the tensors of PrintingTests.swift, in the same order.

    python3 numpy_printing.py > numpy_printing.txt
"""
import numpy as np

np.set_printoptions(floatmode="unique")
f32, nan, inf = np.float32, np.nan, np.inf
cases = [
    np.array([1, 2.25, -3.5]),
    np.array([[1, 1e-10], [3, 4]]),
    np.array([nan, inf, -inf, 1.5]),
    np.array([nan, nan]),
    np.array([inf, -inf]),
    np.array([1e20, 1.0]),
    np.array([1e16, 2e300, -5e-324]),
    np.array([0.0, -0.0, 12345678.0]),
    np.array([0.0001, 0.05]),
    np.array([123.456, 0.1]),
    np.array([1 / 3, 2 / 3], dtype=f32),
    np.array([1e6, 1e5 + 0.5], dtype=f32),
    np.arange(30) / 29,
    np.arange(8.0).reshape(2, 2, 2),
    np.array([[1, -20], [300, 4]]),
    np.array([1 + 2j, -1.5 - 0.25j]),
    np.array([1 + 2j, complex(nan, inf)]),
    np.array([[1e10 + 1j, 2 - 1e-10j]]),
    np.arange(1001.0),
    np.arange(2000).reshape(2, 1000),
    np.arange(3000.0).reshape(30, 10, 10),
    np.arange(100) * 1000,
    np.arange(64.0).reshape(4, 16) / 7,
]
print("\n----\n".join(str(case) for case in cases))

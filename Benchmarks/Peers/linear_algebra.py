"""Milliseconds of linear algebra in JAX, for the cases of LinearAlgebraBenchmarks.

    pip install jax
    python Benchmarks/Peers/linear_algebra.py
"""

import statistics
import time

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)


def numbers(*shape):
    places = (np.arange(np.prod(shape)) % 9973 + 1.0) ** 2
    return np.sin(places * 12.9898).reshape(shape)


def positive(*shape):
    x = numbers(*shape)
    n = shape[-1]
    return 0.5 * (x + np.swapaxes(x, -1, -2)) + 2.0 * n * np.eye(n)


def milliseconds(function, operand):
    jax.block_until_ready(function(operand))
    times = []
    begin = time.perf_counter()
    while len(times) < 5 or (time.perf_counter() - begin < 1 and len(times) < 1000):
        start = time.perf_counter()
        jax.block_until_ready(function(operand))
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def log_det_by_cholesky(a):
    return 2 * jnp.log(jnp.diagonal(jnp.linalg.cholesky(a))).sum()


def symmetric_eigen(a):
    values, vectors = jnp.linalg.eigh(a)
    return values.sum() + (vectors**4).sum()


def svd(a):
    u, s, vh = jnp.linalg.svd(a, full_matrices=False)
    return s.sum() + (u**4).sum() + (vh**4).sum()


cases = []
for n in [10, 100, 1000]:
    b = numbers(n)
    cases += [
        (f"log det by Cholesky {n}", log_det_by_cholesky, positive(n, n)),
        (f"log det by LU {n}", lambda a: jnp.linalg.slogdet(a)[1], positive(n, n)),
        (f"solve {n}", lambda a, b=b: jnp.linalg.solve(a, b).sum(), positive(n, n)),
    ]
for n in [100, 500]:
    cases += [
        (f"symmetric eigen {n}", symmetric_eigen, positive(n, n)),
        (f"eigenvalues {n}", lambda a, n=n: jnp.linalg.eigvalsh(a)[n // 2], positive(n, n)),
        (f"SVD {n}", svd, numbers(n, n)),
    ]
for n in [3, 4, 8]:
    b = numbers(10_000, n, 1)
    cases += [
        (f"solve 10^4 x {n}", lambda a, b=b: jnp.linalg.solve(a, b).sum(), positive(10_000, n, n)),
        (f"Cholesky 10^4 x {n}", lambda a: jnp.linalg.cholesky(a).sum(), positive(10_000, n, n)),
    ]

print("milliseconds              value    gradient  first gradient")
for name, function, operand in cases:
    operand = jnp.asarray(operand)
    value, gradient = jax.jit(function), jax.jit(jax.grad(function))
    start = time.perf_counter()
    jax.block_until_ready(gradient(operand))
    first = (time.perf_counter() - start) * 1e3
    print(f"{name:22}{milliseconds(value, operand):12.3f}{milliseconds(gradient, operand):12.3f}{first:12.1f}")

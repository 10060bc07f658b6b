"""Milliseconds of a Gaussian process of 1000 points in JAX: the case of the benchmark GaussianProcess.

    pip install jax
    python Benchmarks/Peers/gaussian_process.py
"""

import statistics
import time

import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy.linalg import cho_solve

jax.config.update("jax_enable_x64", True)

count = 1000
points = np.linspace(0, 10, count)
noise = np.sin(12.9898 * (np.arange(count) + 1.0) ** 2)
heights = np.sin(points) + 0.3 * np.cos(3 * points) + 0.3 * noise


def log_likelihood(logs):
    covariances = jnp.exp(2 * logs[0] - 0.5 * ((points[:, None] - points) * jnp.exp(-logs[1])) ** 2)
    factor = jnp.linalg.cholesky(covariances + jnp.exp(2 * logs[2]) * jnp.eye(count))
    weights = cho_solve((factor, True), heights)
    return -0.5 * heights @ weights - jnp.log(jnp.diagonal(factor)).sum() - 0.5 * count * np.log(2 * np.pi)


def milliseconds(function, operand):
    jax.block_until_ready(function(operand))
    times = []
    for _ in range(7):
        start = time.perf_counter()
        jax.block_until_ready(function(operand))
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


start = jnp.array([0.0, 0.5, -1.0])
functions = {
    "value": jax.jit(log_likelihood),
    "gradient": jax.jit(jax.grad(log_likelihood)),
    "Hessian": jax.jit(jax.hessian(log_likelihood)),
}
for name, function in functions.items():
    print(name, function(start), f"{milliseconds(function, start):.1f} ms")

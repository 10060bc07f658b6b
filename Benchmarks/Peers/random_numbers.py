"""Draws of 10^6 numbers by NumPy, and by JAX where it is installed: what RandomBenchmarks measures, on one core.

    taskset -c 0 python random_numbers.py
"""

import time

import numpy

COUNT = 1_000_000


def report(name, draw):
    start = time.perf_counter()
    draw()
    first = time.perf_counter() - start
    best = float("inf")
    for _ in range(15):
        start = time.perf_counter()
        draw()
        best = min(best, time.perf_counter() - start)
    print(f"{name}: {best * 1e3:.2f} ms, {COUNT / best / 1e6:.0f} million per second; first call {first * 1e3:.0f} ms")


def by_numpy():
    r = numpy.random.default_rng(1)
    report("numpy bits of 64", lambda: r.integers(0, 2**64 - 1, COUNT, numpy.uint64, endpoint=True))
    report("numpy uniform float64", lambda: r.random(COUNT))
    report("numpy uniform float32", lambda: r.random(COUNT, numpy.float32))
    report("numpy normal float64", lambda: r.standard_normal(COUNT))
    report("numpy normal float32", lambda: r.standard_normal(COUNT, numpy.float32))
    report("numpy exponential float64", lambda: r.standard_exponential(COUNT))
    report("numpy integers below 6", lambda: r.integers(0, 6, COUNT))
    report("numpy permutation", lambda: r.permutation(COUNT))


def by_jax():
    try:
        import jax
    except ImportError:
        return
    jax.config.update("jax_enable_x64", True)
    jnp, random, key = jax.numpy, jax.random, jax.random.key(1)

    def compiled(name, draw):
        function = jax.jit(draw)
        report("jax " + name, lambda: function(key).block_until_ready())

    compiled("bits of 32", lambda k: random.bits(k, (COUNT,), jnp.uint32))
    compiled("bits of 64", lambda k: random.bits(k, (COUNT,), jnp.uint64))
    compiled("uniform float64", lambda k: random.uniform(k, (COUNT,)))
    compiled("uniform float32", lambda k: random.uniform(k, (COUNT,), jnp.float32))
    compiled("normal float64", lambda k: random.normal(k, (COUNT,)))
    compiled("normal float32", lambda k: random.normal(k, (COUNT,), jnp.float32))
    compiled("exponential float64", lambda k: random.exponential(k, (COUNT,)))
    compiled("integers below 6", lambda k: random.randint(k, (COUNT,), 0, 6))
    compiled("permutation", lambda k: random.permutation(k, COUNT))


by_numpy()
by_jax()

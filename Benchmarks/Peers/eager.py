"""What the talk's eager gradient costs in other systems: traced and evaluated anew at each call, no compilation.

    pip install autograd jax torch     # those that are wanted
    python Benchmarks/Peers/eager.py

Prints the median nanoseconds of one gradient of log(x0) + x0 x1 - sin(x1) at (2, 5), after checking its value.
"""

import statistics
import time

EXPECTED = (5.5, 1.7163378145367738)


def median(function, repetitions):
    times = []
    for _ in range(repetitions):
        start = time.perf_counter_ns()
        function()
        times.append(time.perf_counter_ns() - start)
    return statistics.median(times)


def report(name, gradient, repetitions):
    actual = [float(value) for value in gradient()]
    assert all(abs(a - b) < 1e-12 for a, b in zip(actual, EXPECTED)), (name, actual)
    for _ in range(repetitions // 10):
        gradient()
    print(f"{name:10} {median(gradient, repetitions):12.0f} ns")


def autograd_gradient():
    import autograd
    import autograd.numpy as np

    gradient = autograd.grad(lambda x: np.log(x[0]) + x[0] * x[1] - np.sin(x[1]))
    point = np.array([2.0, 5.0])
    return lambda: gradient(point)


def jax_gradient():
    import jax
    import jax.numpy as np

    jax.config.update("jax_enable_x64", True)
    gradient = jax.grad(lambda x: np.log(x[0]) + x[0] * x[1] - np.sin(x[1]))
    point = np.array([2.0, 5.0])
    return lambda: gradient(point).block_until_ready()


def torch_gradient():
    import torch

    point = torch.tensor([2.0, 5.0], dtype=torch.float64, requires_grad=True)

    def gradient():
        value = torch.log(point[0]) + point[0] * point[1] - torch.sin(point[1])
        return torch.autograd.grad(value, point)[0]

    return gradient


for name, make, repetitions in [
    ("Autograd", autograd_gradient, 5000),
    ("PyTorch", torch_gradient, 5000),
    ("JAX", jax_gradient, 300),
]:
    try:
        gradient = make()
    except ImportError as error:
        print(f"{name:10} not installed ({error.name})")
        continue
    report(name, gradient, repetitions)

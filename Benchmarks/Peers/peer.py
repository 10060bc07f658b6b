"""One other system, for PeerBenchmarks: python peer.py jax|torch|autograd

Reads lines from standard input and answers each with a line:

    prepare <function> <kind>    ->  <nanoseconds of the first call> <sum of the results> <sum of their squares>
    run <count>                  ->  <nanoseconds of so many calls>

or `no` for what the system does not have. Kinds are value, gradient (with the value), jvp and hvp along a direction.
"""

import sys
import time

import numpy

from functions import POINTS, functions, numbers


class Jax:
    def __init__(self):
        import jax

        jax.config.update("jax_enable_x64", True)
        self.jax = jax

    def prepare(self, name, kind):
        jax = self.jax
        if name == "product":
            if kind != "value":
                return None
            a = jax.numpy.asarray(product())
            f = jax.jit(lambda a: jax.numpy.matmul(a, a))
            return lambda: f(a).block_until_ready()

        def scan(step, state, count):
            return jax.lax.scan(lambda s, _: (step(s), None), state, None, length=count)[0]

        f = functions(jax.numpy, scan)[name]
        x = jax.numpy.asarray(POINTS[name])
        direction = jax.numpy.asarray(numbers(x.size, -0.5))
        compiled = jax.jit({
            "value": f, "gradient": jax.value_and_grad(f), "jvp": lambda x, d: jax.jvp(f, (x,), (d,))[1],
            "hvp": lambda x, d: jax.jvp(jax.grad(f), (x,), (d,))[1],
        }[kind])
        arguments = (x,) if kind in ("value", "gradient") else (x, direction)
        return lambda: jax.block_until_ready(compiled(*arguments))


class Torch:
    def __init__(self):
        import torch

        torch.set_default_dtype(torch.float64)
        torch.set_num_threads(1)
        self.torch = torch

    def prepare(self, name, kind):
        torch = self.torch
        if name == "product":
            a = torch.tensor(product())
            return (lambda: torch.matmul(a, a)) if kind == "value" else None
        if name in ("scan", "lorenz"):
            return None

        class Module:
            """What functions.py asks of NumPy."""

            asarray = staticmethod(torch.tensor)
            sum, exp, log, log1p, sin, cos, sqrt, tanh, matmul, reshape, max, amax = (
                torch.sum, torch.exp, torch.log, torch.log1p, torch.sin, torch.cos, torch.sqrt, torch.tanh,
                torch.matmul, torch.reshape, torch.max, torch.amax,
            )

        f = functions(Module, None)[name]
        x = torch.tensor(POINTS[name])
        direction = torch.tensor(numbers(x.numel(), -0.5))
        if kind == "value":
            def value():
                with torch.no_grad():
                    return f(x)
            return value
        if kind == "gradient":
            def gradient():
                y = x.clone().requires_grad_()
                value = f(y)
                return value.detach(), torch.autograd.grad(value, y)[0]
            return gradient
        if kind == "jvp":
            return lambda: torch.func.jvp(f, (x,), (direction,))[1]
        return lambda: torch.func.jvp(torch.func.grad(f), (x,), (direction,))[1]


class Autograd:
    def __init__(self):
        import autograd
        import autograd.numpy

        self.autograd = autograd

    def prepare(self, name, kind):
        import autograd.numpy as np

        if name in ("product", "scan", "lorenz") or kind not in ("value", "gradient"):
            return None
        f = functions(np, None)[name]
        x = POINTS[name]
        if kind == "value":
            return lambda: f(x)
        return lambda: self.autograd.value_and_grad(f)(x)


def product():
    return ((numpy.arange(1024 * 1024) % 13) - 6.0).reshape(1024, 1024)


def flat(result):
    parts = result if isinstance(result, tuple) else (result,)
    return numpy.concatenate([numpy.asarray(part).reshape(-1) for part in parts])


def main():
    system = {"jax": Jax, "torch": Torch, "autograd": Autograd}[sys.argv[1]]()
    print("ready", flush=True)
    call = None
    for line in sys.stdin:
        words = line.split()
        if words[0] == "prepare":
            start = time.perf_counter_ns()
            call = system.prepare(words[1], words[2])
            if call is None:
                print("no", flush=True)
                continue
            result = call()
            first = time.perf_counter_ns() - start
            result = flat(result)
            print(first, repr(float(result.sum())), repr(float((result * result).sum())), flush=True)
        else:
            count = int(words[1])
            start = time.perf_counter_ns()
            for _ in range(count):
                call()
            print(time.perf_counter_ns() - start, flush=True)


main()

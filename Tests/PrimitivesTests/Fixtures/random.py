"""Writes random.json: keys and draws of JAX's default generator (partitionable Threefry), with 64-bit types enabled.

Run it in this folder: python3 random.py (needs jax). Words are unsigned. Large draws are compared by checksums of their
words: their sum, and their sum weighted by the place, modulo 2^64.
"""
import json
import sys

# This file has the name of a module that others import.
sys.path = [path for path in sys.path if path not in ("", sys.path[0])]

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402

jax.config.update("jax_enable_x64", True)
assert jax.config.jax_threefry_partitionable
R = jax.random

SEEDS = [0, 1, 42, 2**32 - 1, 2**32, 2**63 - 1, -1, -(2**63), 20261130]
SHAPES = [[], [1], [2], [7], [3, 5], [0], [2, 0, 3]]
UNSIGNED = {8: np.uint64, 4: np.uint32}


def flat(x):
    return np.asarray(x).ravel().tolist()


def checksum(x):
    x = np.ascontiguousarray(x)
    words = [int(w) for w in x.view(UNSIGNED[x.dtype.itemsize]).ravel()]
    total = sum(words) % 2**64
    weighted = sum((i + 1) * w for i, w in enumerate(words)) % 2**64
    # As text: not every reader of JSON has such integers.
    return [str(total), str(weighted)]


def words(key):
    return flat(R.key_data(key))


def keyed(seed):
    key = R.key(seed)
    pair = R.split(key)
    return {
        "seed": str(seed),
        "words": words(key),
        "split": flat(R.key_data(pair)),
        "splitFive": flat(R.key_data(R.split(key, 5))),
        "fold": [[str(n), words(R.fold_in(key, n))] for n in [0, 1, 7, 2**31, 2**32 - 1]],
        "draws": [
            {
                "shape": shape,
                "bits32": flat(R.bits(key, shape, jnp.uint32)),
                "bits64": [str(x) for x in flat(R.bits(key, shape, jnp.uint64))],
                "uniform32": [float(x) for x in flat(R.uniform(key, shape, jnp.float32))],
                "uniform64": flat(R.uniform(key, shape, jnp.float64)),
                "normal32": [float(x) for x in flat(R.normal(key, shape, jnp.float32))],
                "normal64": flat(R.normal(key, shape, jnp.float64)),
            }
            for shape in SHAPES
        ],
        "checksums": [
            {
                "shape": shape,
                "bits32": checksum(R.bits(key, shape, jnp.uint32)),
                "bits64": checksum(R.bits(key, shape, jnp.uint64)),
                "uniform32": checksum(R.uniform(key, shape, jnp.float32)),
                "uniform64": checksum(R.uniform(key, shape, jnp.float64)),
            }
            for shape in [[1000], [17, 129]]
        ],
        "permutations": [[n, flat(R.permutation(key, n))] for n in [0, 1, 2, 10, 33]],
        "permutationChecksums": [[n, checksum(R.permutation(key, n))] for n in [1000, 2000]],
    }


def distributions(seed):
    key = R.key(seed)
    matrix = jnp.arange(12).reshape(4, 3)
    logits = jnp.array([[0.0, 1.0, -1.0], [2.0, -jnp.inf, 0.5]])
    weights = jnp.array([0.5, 0.25, 0.125, 0.125])
    out = {"seed": str(seed)}
    for dtype, name in [(jnp.float64, "64"), (jnp.float32, "32")]:
        def real(x):
            return [float(v) for v in flat(x)]

        out["exponential" + name] = real(R.exponential(key, (20,), dtype))
        out["gumbel" + name] = real(R.gumbel(key, (20,), dtype))
        out["laplace" + name] = real(R.laplace(key, (20,), dtype))
        out["logistic" + name] = real(R.logistic(key, (20,), dtype))
        out["cauchy" + name] = real(R.cauchy(key, (20,), dtype))
        out["truncated" + name] = real(R.truncated_normal(key, -1, 0.5, (20,), dtype))
        # The factors are powers of two, so that a fused multiplication and addition rounds as two operations do.
        out["range" + name] = real(R.uniform(key, (20,), dtype, -4, 12))
    z = R.normal(key, (20,), jnp.complex128)
    out["complex"] = [flat(z.real), flat(z.imag)]
    out["bernoulli"] = flat(R.bernoulli(key, 0.3, (20,)))
    out["categorical"] = flat(R.categorical(key, logits))
    out["categoricalMany"] = flat(R.categorical(key, logits, shape=(10, 2)))
    out["categoricalAxis"] = flat(R.categorical(key, logits.T, axis=0, shape=(10, 2)))
    out["integers"] = [
        [str(low), str(high), name, [str(x) for x in flat(R.randint(key, (20,), low, high, dtype))]]
        for low, high, dtype, name in [
            (0, 6, jnp.int64, "int64"), (-5, 1000, jnp.int64, "int64"), (0, 64, jnp.int64, "int64"),
            (0, 2**32, jnp.int64, "int64"), (-7, 2**32 - 8, jnp.int64, "int64"), (3, 4, jnp.int64, "int64"),
            (0, 6, jnp.int32, "int32"), (-30000, 35536, jnp.int32, "int32"), (-100, 64000, jnp.int32, "int32"),
        ]
    ]
    out["shuffled"] = flat(R.permutation(key, matrix))
    out["shuffledAxis"] = flat(R.permutation(key, matrix, axis=1))
    out["shuffledIndependently"] = flat(R.permutation(key, matrix, axis=1, independent=True))
    out["choice"] = flat(R.choice(key, 7, (10,)))
    out["choiceOnce"] = flat(R.choice(key, 7, (5,), replace=False))
    out["choiceWeighted"] = flat(R.choice(key, 4, (2, 10), p=weights))
    out["choiceWeightedOnce"] = flat(R.choice(key, 4, (3,), replace=False, p=weights))
    out["choiceRows"] = flat(R.choice(key, matrix, (2,), replace=False, axis=1))
    return out


table = {"keys": [keyed(s) for s in SEEDS], "distributions": [distributions(s) for s in [0, 7, -3]]}
with open("random.json", "w") as file:
    json.dump(table, file, indent=None, separators=(",", ":"), allow_nan=False)
    file.write("\n")

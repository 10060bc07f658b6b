"""The functions of PeerBenchmarks in terms of a module like NumPy. Their data are made by the same rules as in Swift and C++."""

import numpy


def numbers(count, low=0.5, size=1.0):
    """Numbers between low and low + size that look random: ((7919 i) mod 1013) / 1013."""
    return low + size * ((numpy.arange(count) * 7919) % 1013) / 1013


POINTS = {
    "talk": numpy.array([2.0, 5.0]),
    "rosenbrock": numbers(1_000_000),
    "logSumExp": numbers(100_000, -2, 4),
    "logistic": numbers(50, -0.5),
    "mlp": numbers(64 * 64 + 64 + 64 * 10, -0.1, 0.2),
    "mixture": numbers(2 * 8 * 8 + 8, -1, 2),
    "reprojection": numbers(6 + 3 * 1000, 0.1, 0.4),
    "lorenz": numpy.array([1.0, 0.5, 2.0]),
    "scan": numpy.array([0.7]),
}


def functions(np, scan):
    """The functions by name; scan(step, state, count) runs a step so many times."""
    rows = np.asarray(numbers(1000 * 50, -1, 2).reshape(1000, 50))
    labels = np.asarray(numpy.where(numpy.arange(1000) % 2 == 0, 1.0, -1.0))
    inputs = np.asarray(numbers(128 * 64, -1, 2).reshape(128, 64))
    targets = np.asarray(numbers(128 * 10, -1, 2).reshape(128, 10))
    samples = np.asarray(numbers(1000 * 8, -2, 4).reshape(1000, 8))
    observed = np.asarray(numbers(2 * 1000, 0, 1).reshape(2, 1000))

    def talk(x):
        return np.log(x[0]) + x[0] * x[1] - np.sin(x[1])

    def rosenbrock(x):
        return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)

    def log_sum_exp(x):
        largest = np.max(x)
        return np.log(np.sum(np.exp(x - largest))) + largest

    def logistic(w):
        z = -labels * np.matmul(rows, w)
        return np.sum(np.log1p(np.exp(z)))

    def mlp(p):
        first = np.reshape(p[:4096], (64, 64))
        bias = p[4096:4160]
        second = np.reshape(p[4160:], (64, 10))
        hidden = np.tanh(np.matmul(inputs, first) + bias)
        return np.sum((np.matmul(hidden, second) - targets) ** 2)

    def mixture(p):
        means = np.reshape(p[:64], (8, 8))
        scales = np.reshape(p[64:128], (8, 8))
        weights = p[128:]
        z = (samples[:, None, :] - means[None, :, :]) * np.exp(scales)[None, :, :]
        terms = weights + np.sum(scales, 1) - 0.5 * np.sum(z * z, 2)
        largest = terms.max(1) if np is numpy else np.amax(terms, 1)
        return np.sum(np.log(np.sum(np.exp(terms - largest[:, None]), 1)) + largest)

    def reprojection(p):
        r, t = p[:3], p[3:6]
        x = np.reshape(p[6:], (3, 1000))
        angle = np.sqrt(np.sum(r * r))
        k = r / angle
        c, s = np.cos(angle), np.sin(angle)
        dot = k[0] * x[0] + k[1] * x[1] + k[2] * x[2]
        y0 = x[0] * c + (k[1] * x[2] - k[2] * x[1]) * s + k[0] * dot * (1 - c) + t[0]
        y1 = x[1] * c + (k[2] * x[0] - k[0] * x[2]) * s + k[1] * dot * (1 - c) + t[1]
        y2 = x[2] * c + (k[0] * x[1] - k[1] * x[0]) * s + k[2] * dot * (1 - c) + t[2] + 2
        u, v = y0 / y2, y1 / y2
        d = 1 + 0.1 * (u * u + v * v)
        return np.sum((u * d - observed[0]) ** 2 + (v * d - observed[1]) ** 2)

    def lorenz(x):
        def slope(x):
            a, b, c = x
            return (10 * (b - a), a * (28 - c) - b, a * b - 8 / 3 * c)

        def moved(x, k, h):
            return tuple(xi + h * ki for xi, ki in zip(x, k))

        def step(x):
            h = 0.002
            k1 = slope(x)
            k2 = slope(moved(x, k1, h / 2))
            k3 = slope(moved(x, k2, h / 2))
            k4 = slope(moved(x, k3, h))
            return tuple(
                xi + h / 6 * (a + 2 * b + 2 * c + d) for xi, a, b, c, d in zip(x, k1, k2, k3, k4)
            )

        state = scan(step, (x[0], x[1], x[2]), 1000)
        return state[0] + state[1] + state[2]

    def scanned(x):
        return scan(lambda h: (h[0] + 1e-5 * np.sin(h[0]),), (x[0],), 100_000)[0]

    return {
        "talk": talk, "rosenbrock": rosenbrock, "logSumExp": log_sum_exp, "logistic": logistic, "mlp": mlp,
        "mixture": mixture, "reprojection": reprojection, "lorenz": lorenz, "scan": scanned,
    }

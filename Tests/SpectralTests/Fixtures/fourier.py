"""Writes fourier.json: transforms by NumPy and SciPy of numbers that a formula gives.

Run it in this folder: python3 fourier.py (needs numpy and scipy). The numbers are those of the tests' `samples`: element j of
seed s is the fraction of the golden ratio's multiples, so that both sides have the same bits. Results of more than 40 elements
are compared by 16 of them, evenly spaced, and by the sum of all magnitudes.
"""
import json

import numpy as np
import scipy.fft

LENGTHS = list(range(1, 41)) + [64, 97, 100, 101, 128, 210, 1009]
NORMS = ["backward", "ortho", "forward"]


def real(count, seed):
    # Whole numbers and a power of two: exact in float64.
    words = [((j + 1) * 2654435761 + seed * 40503) % 2**32 for j in range(count)]
    mixed = [(w ^ (w >> 15)) * 2246822519 % 2**32 for w in words]
    return np.array([m / 2**31 - 1 for m in mixed])


def numbers(count, seed):
    return real(count, seed) + 1j * real(count, seed + 1)


def summary(y):
    y = np.asarray(y).ravel()
    total = float(np.abs(y).sum())
    places = list(range(len(y))) if len(y) <= 40 else [len(y) * k // 16 for k in range(16)]
    parts = [[float(y[p].real), float(y[p].imag)] for p in places]
    return {"count": len(y), "total": total, "places": places, "numbers": parts}


def cases():
    for n in LENGTHS:
        x, r = numbers(n, 1), real(n, 7)
        half = numbers(n // 2 + 1, 3)
        norm = NORMS[n % 3]
        yield "fft", n, norm, np.fft.fft(x, norm=norm)
        yield "ifft", n, norm, np.fft.ifft(x, norm=norm)
        yield "rfft", n, norm, np.fft.rfft(r, norm=norm)
        yield "irfft", n, norm, np.fft.irfft(half, n=n, norm=norm)
        yield "hfft", n, norm, np.fft.hfft(half, n=n, norm=norm)
        yield "ihfft", n, norm, np.fft.ihfft(r, norm=norm)
    for norm in NORMS:
        # A tensor of [3, 4, 5].
        x, r = numbers(60, 1).reshape(3, 4, 5), real(60, 7).reshape(3, 4, 5)
        half = numbers(36, 3).reshape(3, 4, 3)
        yield "fftn", 60, norm, np.fft.fftn(x, norm=norm)
        yield "ifftn", 60, norm, np.fft.ifftn(x, norm=norm)
        yield "fft2", 60, norm, np.fft.fft2(x, norm=norm)
        yield "ifft2", 60, norm, np.fft.ifft2(x, norm=norm)
        yield "fftn of [2, 6]", 60, norm, np.fft.fftn(x, s=(2, 6), axes=(-2, -1), norm=norm)
        yield "fft along axis 1", 60, norm, np.fft.fft(x, axis=1, norm=norm)
        yield "rfft along axis 0", 60, norm, np.fft.rfft(r, axis=0, norm=norm)
        yield "rfftn", 60, norm, np.fft.rfftn(r, norm=norm)
        yield "irfftn", 60, norm, np.fft.irfftn(half, norm=norm)
        yield "irfftn of 5", 60, norm, np.fft.irfftn(half, s=(3, 4, 5), axes=(0, 1, 2), norm=norm)
    for n in [1, 2, 3, 4, 5, 8, 9, 12, 31]:
        for norm in NORMS:
            for kind in [1, 2, 3, 4]:
                if n > 1 or kind > 1:
                    yield f"dct {kind}", n, norm, scipy.fft.dct(real(n, 7), type=kind, norm=norm)
                    yield f"idct {kind}", n, norm, scipy.fft.idct(real(n, 7), type=kind, norm=norm)
                yield f"dst {kind}", n, norm, scipy.fft.dst(real(n, 7), type=kind, norm=norm)
                yield f"idst {kind}", n, norm, scipy.fft.idst(real(n, 7), type=kind, norm=norm)
    for n in [1, 2, 5, 8]:
        yield "fftFrequencies", n, "backward", np.fft.fftfreq(n, 0.25)
        yield "rfftFrequencies", n, "backward", np.fft.rfftfreq(n, 0.25)
        yield "fftShift", n, "backward", np.fft.fftshift(real(n, 7))
        yield "ifftShift", n, "backward", np.fft.ifftshift(real(n, 7))


with open("fourier.json", "w") as file:
    rows = [json.dumps({"function": f, "length": n, "norm": norm} | summary(y)) for f, n, norm, y in cases()]
    file.write("[\n" + ",\n".join(rows) + "\n]\n")

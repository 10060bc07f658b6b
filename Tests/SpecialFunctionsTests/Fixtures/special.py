"""Writes special.json: values of special functions and of their derivatives, by mpmath at 50 digits and more.

Run it in this folder: python3 special.py (needs mpmath). A case is the function, the orders of its derivatives by its
arguments, the arguments, the value, and the condition: the sum over the arguments of |x f'(x) / f(x)|, by which a relative
error of the arguments is larger in the value. Cases whose value is not a normal number are left out.
"""
import json
import signal
import sys
import mpmath as mp

mp.mp.dps = 50
cases = []


class TooLong(Exception):
    pass


def stop(*_):
    raise TooLong


signal.signal(signal.SIGALRM, stop)


def add(name, orders, arguments, value, condition=None):
    """value: a function of the arguments as mp numbers; condition: a number, or None to take differences."""
    x = [mp.mpf(a) for a in arguments]
    signal.alarm(20)
    try:
        result = value(*x)
        if isinstance(result, mp.mpc) and result.imag == 0:
            result = result.real
        if isinstance(result, mp.mpc) or not mp.isfinite(result) or not 2.0**-1022 <= abs(result) < mp.mpf(2)**1023:
            return
        if condition is None:
            condition = mp.mpf(0)
            for i in range(len(x)):
                step = abs(x[i]) * mp.mpf(10)**-20
                if step == 0:
                    continue
                moved = value(*[xj + step if i == j else xj for j, xj in enumerate(x)])
                condition += abs(x[i] * (moved - result) / step / result)
        cases.append([name, orders, [float(a) for a in arguments], float(result), float(mp.nstr(abs(condition), 3))])
    except (TooLong, ValueError, ZeroDivisionError, mp.libmp.NoConvergence, OverflowError) as error:
        print("left out:", name, orders, arguments, type(error).__name__, file=sys.stderr)
    finally:
        signal.alarm(0)


# The normal distribution. Derivatives by recursions, with the digits that these lose.

def erfcx(x, n):
    values = [mp.exp(x * x) * mp.erfc(x)]
    values.append(2 * x * values[0] - 2 / mp.sqrt(mp.pi))
    for k in range(1, n + 1):
        values.append(2 * x * values[k] + 2 * k * values[k - 1])
    return values[n]


def log_normal_cdf(x, n):
    if n == 0:
        return mp.log(mp.erfc(-x / mp.sqrt(2)) / 2) if x < 0 else mp.log1p(-mp.erfc(x / mp.sqrt(2)) / 2)
    h = [mp.npdf(x) / (mp.erfc(-x / mp.sqrt(2)) / 2)]
    for k in range(n - 1):
        h.append(-(x * h[k] + (k * h[k - 1] if k else 0)
                   + sum(mp.binomial(k, j) * h[j] * h[k - j] for j in range(k + 1))))
    return h[n - 1]


def dawson(x, n):
    values = [mp.sqrt(mp.pi) / 2 * mp.exp(-x * x) * mp.erfi(x)]
    values.append(1 - 2 * x * values[0])
    for k in range(1, n + 1):
        values.append(-2 * x * values[k] - 2 * k * values[k - 1])
    return values[n]


def ndtri(p):
    x = mp.mpf(-1) if p < 0.5 else mp.mpf(1)
    if p == mp.mpf(1) / 2:
        return mp.mpf(0)
    # Newton's method on the logarithm of the smaller tail.
    sign, tail = (1, p) if p < 0.5 else (-1, 1 - p)
    x = -mp.sqrt(-2 * mp.log(tail)) if tail < 0.1 else mp.mpf(-0.5)
    for _ in range(60):
        step = (mp.log(mp.erfc(-x / mp.sqrt(2)) / 2) - mp.log(tail)) / (mp.npdf(x) / (mp.erfc(-x / mp.sqrt(2)) / 2))
        x -= step
        if abs(step) < abs(x) * mp.mpf(10)**-(mp.mp.dps - 5):
            break
    return sign * x


def normal():
    places = [1e-300, 1e-20, 1e-5, 0.1, 0.3, 0.5, 0.9241388730045916, 0.95, 1, 1.3, 2, 3, 5, 6.4, 6.6, 8, 12, 20, 24.9, 25.1, 26,
              30, 37, 100, 1e4, 1e10, 1e60]
    with mp.workdps(700):
        for n in range(5):
            for x in places:
                for x in (x, -x):
                    if x > -27:
                        add("erfcx", [n], [x], lambda x: erfcx(x, n))
                    if x > -1e30:
                        add("logNormalCDF", [n], [x], lambda x: log_normal_cdf(x, n) if x < 40 else mp.mpf(0))
                    if abs(x) < 1e30:
                        add("dawson", [n], [x], lambda x: dawson(x, n) if abs(x) < 1e5 or n == 0 else mp.mpf(0))
    for x in places:
        for x in (x, -x):
            add("normalCDF", [0], [x], lambda x: mp.erfc(-x / mp.sqrt(2)) / 2)
    for p in [1e-307, 1e-200, 1e-100, 1e-30, 1e-16, 1e-8, 1e-3, 0.02, 0.1, 0.2499, 0.2501, 0.4, 0.499999, 0.5000001, 0.6, 0.7499,
              0.7501, 0.9, 0.999, 1 - 2.0**-30, 1 - 2.0**-53]:
        add("normalQuantile", [0], [p], ndtri, mp.mpf(p) / mp.npdf(ndtri(mp.mpf(p))) / abs(ndtri(mp.mpf(p))))
    for x in [-745, -100, -37, -2, -0.7, -0.6931, -0.1, -1e-5, -1e-20, -1e-300]:
        with mp.workdps(400):
            add("log1mExp", [0], [x], lambda x: mp.log(-mp.expm1(x)))
        add("log1mExp", [1], [x], lambda x: -mp.exp(x) / -mp.expm1(x))
        add("log1mExp", [2], [x], lambda x: -mp.exp(x) / mp.expm1(x)**2)
    for x in [1e-300, 1e-100, 1e-8, 0.01, 0.5, 0.9, 1, 2, 20, 300, 1e5, 1e300]:
        for x in (x, -x):
            with mp.workdps(700):
                add("logCosh", [0], [x], lambda x: mp.log(mp.cosh(x)) if abs(x) < 1e4 else abs(x) - mp.log(2))
                add("logSinh", [0], [x], lambda x: mp.log(mp.sinh(x)) if x < 1e4 else x - mp.log(2))
            add("logCosh", [1], [x], mp.tanh)
            add("logSinh", [1], [x], lambda x: mp.coth(x) if x > 0 else mp.nan)
    for x in [1e-300, 1e-20, 1e-3, 0.3, 0.999, 1, 1.001, 5, 1e10, 1e300]:
        add("entr", [0], [x], lambda x: -x * mp.log(x))
        for y in [1e-300, 1e-9, 0.3, 0.9991, 1, 7, 1e300]:
            add("relEntr", [0, 0], [x, y], lambda x, y: x * mp.log(x / y))
            add("relEntr", [1, 0], [x, y], lambda x, y: mp.log(x / y) + 1)
            add("relEntr", [0, 1], [x, y], lambda x, y: -x / y)


# The incomplete gamma functions.

def upper_gamma(a, x):
    if a == 0:
        return mp.mpf(0)
    if x < a + 1 or x < 3:
        return mp.gammainc(a, x, mp.inf) / mp.gamma(a)
    # The continued fraction, by Lentz's method.
    b = x + 1 - a
    c = mp.mpf(10)**400
    d = 1 / b
    h = d
    k = 0
    while True:
        k += 1
        term = -k * (k - a)
        b += 2
        d = 1 / (term * d + b)
        c = b + term / c
        h *= d * c
        if abs(d * c - 1) < mp.mpf(10)**-(mp.mp.dps + 2):
            return h * mp.exp(a * mp.log(x) - x - mp.loggamma(a))


def lower_gamma(a, x):
    # All terms of the series have one sign.
    if x < a + 2 + mp.sqrt(a):
        term = total = mp.mpf(1)
        k = 0
        while term > total * mp.mpf(10)**-(mp.mp.dps + 3):
            k += 1
            term *= x / (a + k)
            total += term
        return total * mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1))
    return 1 - upper_gamma(a, x)


def gamma_derivative(a, x, n, is_upper):
    """Differences of the smaller tail."""
    below = x < a
    def f(a):
        return lower_gamma(a, x) if below else upper_gamma(a, x)
    with mp.workdps(120):
        p = f(a)
        if n == 0:
            return p if below != is_upper else 1 - p
        value = mp.diff(f, a, n, h=a * mp.mpf(10)**-20 if a < 1 else mp.mpf(10)**-20)
    return value if below != is_upper else -value


def gamma():
    pairs = []
    for a in [1e-200, 1e-10, 1e-3, 0.1, 0.5, 0.99, 1, 1.5, 2, 5, 9.9, 10, 30, 171.5, 1e3, 1e4, 1e5]:
        for ratio in [1e-200, 1e-10, 0.01, 0.3, 0.7, 0.95, 0.999, 1, 1.001, 1.05, 1.5, 4, 40]:
            pairs.append((a, a * ratio))
        pairs += [(a, x) for x in (1e-5, 0.1, 1.0, 5.0, 20.0, 600.0)]
    for n in range(4):
        for a, x in pairs:
            if n > 1 and (a > 200 or a < 1e-9):
                continue
            if a >= 1e5 and n > 0:
                continue
            for is_upper in (False, True):
                if n > 0 and is_upper:
                    continue
                add("gammaIncUpper" if is_upper else "gammaInc", [n, 0], [a, x],
                    lambda a, x: gamma_derivative(a, x, n, is_upper))


def gamma_fourth():
    for a in [0.1, 1, 5, 30]:
        for ratio in [0.1, 0.8, 1.5, 4]:
            add("gammaInc", [4, 0], [a, a * ratio], lambda a, x: gamma_derivative(a, x, 4, False))


def inverse(function, slope, first, p):
    """The solution of function(x) = p by Newton's method in the logarithm of x, from a start that need not be good."""
    u = mp.log(first)
    for _ in range(400):
        x = mp.exp(u)
        step = (mp.log(function(x)) - mp.log(p)) * function(x) / (slope(x) * x)
        step = max(min(step, mp.mpf(2)), mp.mpf(-2))
        u -= step
        if abs(step) < mp.mpf(10)**-40:
            return mp.exp(u)
    raise ValueError


def gamma_inverse():
    for a in [0.01, 0.3, 1, 2.5, 9, 40, 1000]:
        for p in [1e-280, 1e-20, 1e-3, 0.2, 0.5, 0.7, 0.99, 1 - 2.0**-30]:
            density = lambda a, x: mp.exp((a - 1) * mp.log(x) - x - mp.loggamma(a))
            p_, a_ = mp.mpf(p), mp.mpf(a)
            first = max(mp.exp((mp.log(p_) + mp.loggamma(a_ + 1)) / a_), mp.mpf(10)**-100000) if p < 0.5 or a < 1 else a_
            first = min(first, a_ + 1)

            def lower(a, p):
                return inverse(lambda x: lower_gamma(a, x), lambda x: density(a, x), first, p)

            def upper(a, q):
                return inverse(lambda x: upper_gamma(a, x), lambda x: -density(a, x), mp.mpf(a) + 1, q)

            add("gammaIncInverse", [0, 0], [a, p], lower)
            add("gammaIncUpperInverse", [0, 0], [a, p], upper)
            if 1e-20 <= p <= 0.9:
                for by_a in (True, False):
                    def first_derivative(a, p):
                        x = lower(a, p)
                        if not by_a:
                            return 1 / density(a, x)
                        return -mp.diff(lambda a: lower_gamma(a, x), a, h=mp.mpf(10)**-20) / density(a, x)
                    add("gammaIncInverse", [1, 0] if by_a else [0, 1], [a, p], first_derivative)


# The incomplete beta function.

def lower_beta(a, b, x):
    """All terms of the series have one sign; next to 1 the other tail is summed."""
    if x > 0.99 and a < 50:
        with mp.extradps(80):
            return 1 - lower_beta(b, a, 1 - x)
    front = mp.exp(a * mp.log(x) + b * mp.log(1 - x) + mp.loggamma(a + b) - mp.loggamma(a + 1) - mp.loggamma(b))
    term = total = mp.mpf(1)
    k = 0
    while abs(term) > total * mp.mpf(10)**-(mp.mp.dps + 6):
        term *= (a + b + k) / (a + 1 + k) * x
        total += term
        k += 1
        if k > 40000:
            raise ValueError("too many terms")
    return front * total


def beta_derivative(a, b, x, m, n):
    below = x * (a + b) < a
    def f(a, b):
        return lower_beta(a, b, x) if below else lower_beta(b, a, 1 - x)
    with mp.workdps(110):
        if m == n == 0:
            return f(a, b) if below else 1 - f(a, b)
        step = mp.mpf(10)**-16 * min(a, b, 1)
        value = mp.diff(f, (a, b), (m, n), h=step) if m and n else (
            mp.diff(lambda a: f(a, b), a, m, h=step) if m else mp.diff(lambda b: f(a, b), b, n, h=step))
    return value if below else -value


def beta():
    shapes = [1e-10, 1e-3, 0.2, 0.5, 1, 1.5, 3, 9.5, 12, 80, 1000]
    points = []
    for a in shapes:
        for b in shapes:
            mean = a / (a + b)
            xs = [1e-200, 1e-8, 0.3, 0.7, 1 - 1e-8, mean, mean * 0.8, 1 - (1 - mean) * 0.8]
            points += [(a, b, x) for x in xs if 0 < x < 1]
    orders = [(0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (2, 1), (3, 0)]
    for m, n in orders:
        for index, (a, b, x) in enumerate(points):
            if m + n >= 1 and (index % 3 != (m + 2 * n) % 3 or min(a, b) < 1e-9):
                continue
            if m + n >= 2 and (max(a, b) > 100 or min(a, b) < 0.1 or index % 2):
                continue
            add("betaInc", [m, n, 0], [a, b, x], lambda a, b, x: beta_derivative(a, b, x, m, n))
    for a in shapes + [1e10, 1e100, 1e-200]:
        for b in shapes + [1e7, 1e200, 1e-100]:
            with mp.workdps(600):
                add("logBeta", [0, 0], [a, b], lambda a, b: mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b))
            for k in range(3):
                with mp.workdps(350 if max(a, b) < 1e50 else 700):
                    add("polygammaDifference", [k, 0], [a, b],
                        lambda a, b: mp.psi(k, a + b) - mp.psi(k, a))


def solved_beta(a, b, p):
    """The solution of I_x(a, b) = p by Newton's method in log(x / (1 - x)), and the density there."""
    u = mp.log(a / b) if p > 0.01 else min(mp.log(a / b), (mp.log(p * a) + mp.log(mp.beta(a, b))) / a)
    for _ in range(400):
        x = 1 / (1 + mp.exp(-u))
        value = lower_beta(a, b, x)
        slope = mp.exp(a * mp.log(x) + b * mp.log(1 - x)) / mp.beta(a, b)
        step = (value - p) / slope if p > 0.5 else mp.log(value / p) * value / slope
        step = max(min(step, mp.mpf(1)), mp.mpf(-1))
        u -= step
        if abs(step) < mp.mpf(10)**-40:
            x = 1 / (1 + mp.exp(-u))
            return x, slope / (x * (1 - x))
    raise ValueError


def beta_inverse():
    for a in [0.05, 0.5, 1, 3, 20, 300]:
        for b in [0.05, 0.7, 1, 2.5, 40]:
            for p in [1e-200, 1e-9, 0.1, 0.5, 0.9, 1 - 2.0**-20]:
                add("betaIncInverse", [0, 0, 0], [a, b, p], lambda a, b, p: solved_beta(a, b, p)[0])
                if p in (1e-9, 0.1, 0.9) and a in (0.5, 3, 20):
                    add("betaIncInverse", [0, 0, 1], [a, b, p], lambda a, b, p: 1 / solved_beta(a, b, p)[1])
                    for k in (0, 1):
                        def by_parameter(a, b, p):
                            x, density = solved_beta(a, b, p)
                            h = mp.mpf(10)**-18
                            f = (lambda a: lower_beta(a, b, x)) if k == 0 else (lambda b: lower_beta(a, b, x))
                            return -mp.diff(f, (a, b)[k], h=h) / density
                        add("betaIncInverse", [1 - k, k, 0], [a, b, p], by_parameter)


# Derivatives by x of both, which are elementary, and mixed ones.

def densities():
    def gamma_density(a, x):
        return mp.exp((a - 1) * mp.log(x) - x - mp.loggamma(a))

    def beta_density(a, b, x):
        return mp.exp((a - 1) * mp.log(x) + (b - 1) * mp.log(1 - x) + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b))

    for a in [1e-200, 1e-10, 0.01, 0.5, 1, 2, 3.7, 9.9, 25, 1e3, 1e6]:
        for ratio in [1e-50, 1e-3, 0.3, 0.9, 1.02, 1.7, 5, 30]:
            x = a * ratio
            add("gammaInc", [0, 1], [a, x], gamma_density)
            add("gammaInc", [0, 2], [a, x], lambda a, x: gamma_density(a, x) * ((a - 1) / x - 1))
            add("gammaIncUpper", [1, 1], [a, x], lambda a, x: -gamma_density(a, x) * (mp.log(x) - mp.psi(0, a)))
            add("gammaInc", [2, 1], [a, x],
                lambda a, x: gamma_density(a, x) * ((mp.log(x) - mp.psi(0, a))**2 - mp.psi(1, a)))
    for a in [1e-10, 0.01, 0.5, 1, 3.7, 25, 1e3]:
        for b in [1e-7, 0.2, 1, 2, 14, 300]:
            for x in [1e-20, 0.01, 0.4, 0.77, 1 - 2.0**-20]:
                add("betaInc", [0, 0, 1], [a, b, x], beta_density)
                add("betaInc", [0, 0, 2], [a, b, x],
                    lambda a, b, x: beta_density(a, b, x) * ((a - 1) / x - (b - 1) / (1 - x)))
                if max(a, b) < 100 and min(a, b) > 1e-3:
                    add("betaInc", [1, 0, 1], [a, b, x],
                        lambda a, b, x: beta_density(a, b, x) * (mp.log(x) - mp.psi(0, a) + mp.psi(0, a + b)))


# Exponential, sine and cosine integrals, the zeta function, Lambert's function.

def exponential_integral(nu, x, n):
    """The derivative by nu, by quadrature of an integrand of one sign."""
    if n == 0:
        return mp.expint(nu, x)
    top = mp.log(1 + 300 / x)
    points = [0] + [top / mp.mpf(2)**k for k in range(9, -1, -1)]
    # Errors are absolute: the integral shall not be small.
    scale = (x + abs(nu)) ** (n + 1)
    integral = mp.quad(lambda s: scale * s**n * mp.exp((1 - nu) * s - x * mp.expm1(s)), points, maxdegree=8)
    return (-1)**n * integral / scale * mp.exp(-x)


def integrals():
    xs = [1e-300, 1e-20, 1e-3, 0.1, 0.5, 1, 2, 3.9, 4.1, 8, 30, 39.9, 40.1, 100, 600]
    for nu in [-7.5, -1, 0, 0.5, 1, 1.5, 2, 3, 10, 100, 1000]:
        for x in xs:
            add("expIntegral", [0, 0], [nu, x], lambda nu, x: mp.expint(nu, x))
            if 1e-3 <= x <= 100 and nu <= 100:
                for n in (1, 2, 3):
                    with mp.workdps(30):
                        add("expIntegral", [n, 0], [nu, x], lambda nu, x: exponential_integral(nu, x, n), mp.mpf(1) + x)
    for x in xs:
        add("expIntegralEi", [0], [x], mp.ei)
        add("expIntegralEi", [0], [-x], mp.ei)
        add("expIntegralEi", [1], [x], lambda x: mp.exp(x) / x)
        add("sinIntegral", [0], [x], mp.si)
        add("sinIntegral", [0], [-x], mp.si)
        add("sinIntegral", [1], [x], lambda x: mp.sin(x) / x)
        add("cosIntegral", [0], [x], mp.ci)
        add("cosIntegral", [1], [x], lambda x: mp.cos(x) / x)
        if x > 1e-9:
            add("sinIntegral", [2], [x], lambda x: mp.cos(x) / x - mp.sin(x) / x**2)
    for s in [1 + 1e-9, 1.01, 1.5, 2, 3.3, 10, 40, 200]:
        for q in [1e-10, 0.01, 0.5, 1, 2.5, 11, 100, 1e6, 1e12]:
            for n in range(5):
                add("zeta", [n, 0], [s, q], lambda s, q: mp.zeta(s, q, n))
    e = float(mp.e)
    for x in [1e-300, 1e-10, 1e-3, 0.1, 0.3, 0.3678, 1 / e - 1e-10]:
        for x, branches in ((-x, (0, -1)), (x, (0,))):
            for k in branches:
                w = lambda x: mp.re(mp.lambertw(x, k))
                slope = lambda x: w(x) / (x * (1 + w(x)))
                name = "lambertW" if k == 0 else "lambertWMinus"
                add(name, [0], [x], w)
                add(name, [1], [x], slope)
                add(name, [2], [x], lambda x: -w(x)**2 * (w(x) + 2) / (x**2 * (1 + w(x))**3))
    for x in [0.9, 1, 2, 3.1, 10, 1e3, 1e10, 1e100, 1e300]:
        add("lambertW", [0], [x], lambda x: mp.lambertw(x))
        add("lambertW", [1], [x], lambda x: mp.lambertw(x) / (x * (1 + mp.lambertw(x))))


families = {"normal": normal, "gamma": gamma, "gammaFourth": gamma_fourth, "gammaInverse": gamma_inverse, "beta": beta, "betaInverse": beta_inverse, "densities": densities, "integrals": integrals}

if __name__ == "__main__":
    for name in sys.argv[1:] or families:
        cases = []
        families[name]()
        with open(name + ".json", "w") as file:
            file.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")

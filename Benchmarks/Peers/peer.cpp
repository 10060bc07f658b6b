// Hand-written C++, for PeerBenchmarks; the protocol is that of peer.py.
//
//     g++ -O3 -march=native -std=c++17 peer.cpp -o peer [-ffast-math]
//
// Derivatives are written by hand, in reverse mode where there is more than one argument.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

using Vector = std::vector<double>;

static Vector numbers(long count, double low = 0.5, double size = 1.0) {
  Vector x(count);
  for (long i = 0; i < count; i++) x[i] = low + size * double((i * 7919) % 1013) / 1013;
  return x;
}

// Each writes the value into the first number of the result and, where asked for, the gradient behind it.

static void talk(const Vector &x, Vector &out, bool derive) {
  out[0] = std::log(x[0]) + x[0] * x[1] - std::sin(x[1]);
  if (!derive) return;
  out[1] = 1 / x[0] + x[1];
  out[2] = x[0] - std::cos(x[1]);
}

static void rosenbrock(const Vector &x, Vector &out, bool derive) {
  const long n = x.size();
  double sum = 0;
  if (!derive) {
    for (long i = 0; i + 1 < n; i++) {
      const double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
      sum += 100 * a * a + b * b;
    }
    out[0] = sum;
    return;
  }
  double *g = out.data() + 1;
  double carried = 0;
  for (long i = 0; i + 1 < n; i++) {
    const double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
    sum += 100 * a * a + b * b;
    g[i] = carried - 400 * a * x[i] - 2 * b;
    carried = 200 * a;
  }
  g[n - 1] = carried;
  out[0] = sum;
}

static void logSumExp(const Vector &x, Vector &out, bool derive) {
  const long n = x.size();
  double largest = x[0];
  for (double value : x) largest = value > largest ? value : largest;
  double sum = 0;
  if (!derive) {
    for (long i = 0; i < n; i++) sum += std::exp(x[i] - largest);
    out[0] = std::log(sum) + largest;
    return;
  }
  double *g = out.data() + 1;
  for (long i = 0; i < n; i++) {
    g[i] = std::exp(x[i] - largest);
    sum += g[i];
  }
  const double factor = 1 / sum;
  for (long i = 0; i < n; i++) g[i] *= factor;
  out[0] = std::log(sum) + largest;
}

static void logistic(const Vector &w, Vector &out, bool derive) {
  static const Vector rows = numbers(1000 * 50, -1, 2);
  double sum = 0;
  double *g = out.data() + 1;
  if (derive) for (int j = 0; j < 50; j++) g[j] = 0;
  for (int i = 0; i < 1000; i++) {
    const double label = i % 2 == 0 ? 1 : -1;
    const double *row = rows.data() + 50 * i;
    double z = 0;
    for (int j = 0; j < 50; j++) z += row[j] * w[j];
    z *= -label;
    const double e = std::exp(z);
    sum += std::log1p(e);
    if (!derive) continue;
    const double factor = -label * e / (1 + e);
    for (int j = 0; j < 50; j++) g[j] += factor * row[j];
  }
  out[0] = sum;
}

struct State { double x, y, z; };

static State slope(State s) { return {10 * (s.y - s.x), s.x * (28 - s.z) - s.y, s.x * s.y - 8.0 / 3 * s.z}; }

static State moved(State s, State k, double h) { return {s.x + h * k.x, s.y + h * k.y, s.z + h * k.z}; }

// The transpose of the slope's derivative.
static State pulled(State s, State ct) {
  return {-10 * ct.x + (28 - s.z) * ct.y + s.y * ct.z, 10 * ct.x - ct.y + s.x * ct.z, -s.x * ct.y - 8.0 / 3 * ct.z};
}

static void add(State &a, State b, double h) {
  a.x += h * b.x;
  a.y += h * b.y;
  a.z += h * b.z;
}

static void lorenz(const Vector &x, Vector &out, bool derive) {
  const double h = 0.002;
  const int steps = 1000;
  static std::vector<State> states(steps + 1);
  State s = {x[0], x[1], x[2]};
  for (int i = 0; i < steps; i++) {
    states[i] = s;
    const State k1 = slope(s), k2 = slope(moved(s, k1, h / 2)), k3 = slope(moved(s, k2, h / 2));
    const State k4 = slope(moved(s, k3, h));
    add(s, k1, h / 6);
    add(s, k2, h / 3);
    add(s, k3, h / 3);
    add(s, k4, h / 6);
  }
  out[0] = s.x + s.y + s.z;
  if (!derive) return;
  State ct = {1, 1, 1};
  for (int i = steps - 1; i >= 0; i--) {
    const State s0 = states[i];
    const State k1 = slope(s0), s1 = moved(s0, k1, h / 2), k2 = slope(s1), s2 = moved(s0, k2, h / 2);
    const State k3 = slope(s2), s3 = moved(s0, k3, h);
    State c0 = ct;
    State k4b = {h / 6 * ct.x, h / 6 * ct.y, h / 6 * ct.z};
    const State b3 = pulled(s3, k4b);
    add(c0, b3, 1);
    State k3b = {h / 3 * ct.x + h * b3.x, h / 3 * ct.y + h * b3.y, h / 3 * ct.z + h * b3.z};
    const State b2 = pulled(s2, k3b);
    add(c0, b2, 1);
    State k2b = {h / 3 * ct.x + h / 2 * b2.x, h / 3 * ct.y + h / 2 * b2.y, h / 3 * ct.z + h / 2 * b2.z};
    const State b1 = pulled(s1, k2b);
    add(c0, b1, 1);
    State k1b = {h / 6 * ct.x + h / 2 * b1.x, h / 6 * ct.y + h / 2 * b1.y, h / 6 * ct.z + h / 2 * b1.z};
    add(c0, pulled(s0, k1b), 1);
    ct = c0;
  }
  out[1] = ct.x;
  out[2] = ct.y;
  out[3] = ct.z;
}

static void scan(const Vector &x, Vector &out, bool derive) {
  const int steps = 100000;
  static Vector states(steps);
  double h = x[0];
  for (int i = 0; i < steps; i++) {
    if (derive) states[i] = h;
    h = h + 1e-5 * std::sin(h);
  }
  out[0] = h;
  if (!derive) return;
  double ct = 1;
  for (int i = steps - 1; i >= 0; i--) ct *= 1 + 1e-5 * std::cos(states[i]);
  out[1] = ct;
}

struct Function {
  Vector point;
  void (*run)(const Vector &, Vector &, bool);
};

int main() {
  std::string word;
  std::cout << "ready" << std::endl;
  Function function;
  Vector out;
  bool derive = false;
  auto now = [] { return std::chrono::steady_clock::now(); };
  auto nanoseconds = [&](auto start) {
    return (long)std::chrono::duration_cast<std::chrono::nanoseconds>(now() - start).count();
  };
  while (std::cin >> word) {
    if (word == "prepare") {
      std::string name, kind;
      std::cin >> name >> kind;
      function.run = nullptr;
      if (name == "talk") function = {{2, 5}, talk};
      if (name == "rosenbrock") function = {numbers(1000000), rosenbrock};
      if (name == "logSumExp") function = {numbers(100000, -2, 4), logSumExp};
      if (name == "logistic") function = {numbers(50, -0.5), logistic};
      if (name == "lorenz") function = {{1, 0.5, 2}, lorenz};
      if (name == "scan") function = {{0.7}, scan};
      if (!function.run || (kind != "value" && kind != "gradient")) {
        std::cout << "no" << std::endl;
        continue;
      }
      derive = kind == "gradient";
      out.assign(derive ? 1 + function.point.size() : 1, 0);
      auto start = now();
      function.run(function.point, out, derive);
      const long first = nanoseconds(start);
      double sum = 0, squares = 0;
      for (double value : out) {
        sum += value;
        squares += value * value;
      }
      std::printf("%ld %.17g %.17g\n", first, sum, squares);
      std::fflush(stdout);
    } else {
      long count;
      std::cin >> count;
      auto start = now();
      for (long i = 0; i < count; i++) {
        function.run(function.point, out, derive);
        // The compiler must not see that nothing changes.
        asm volatile("" : : "r"(out.data()), "r"(function.point.data()) : "memory");
      }
      std::cout << nanoseconds(start) << std::endl;
    }
  }
}

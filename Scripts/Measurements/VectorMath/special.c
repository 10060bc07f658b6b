// Compares libmvec's functions with the C library's at special arguments: not-a-numbers, infinities, zeros of both signs,
// subnormal numbers, and arguments at which results overflow or underflow. Exits with 1 when one differs by more than 4
// units in the last place, or in its sign.
// Usage: clang -O1 -mavx2 special.c -o special -lm -ldl && ./special (or with -mavx512f -mavx512dq)
#include <dlfcn.h>
#include <math.h>
#include <stdio.h>

#ifdef __AVX512F__
#define LETTER "e"
#define BYTES 64
#else
#define LETTER "d"
#define BYTES 32
#endif
typedef double V __attribute__((vector_size(BYTES)));
typedef float W __attribute__((vector_size(BYTES)));

static const char *names[] = {"exp",  "expm1", "log",  "log1p", "sin",   "cos",   "tan", "asin", "acos", "atan",  "sinh",
                              "cosh", "tanh",  "asinh", "acosh", "atanh", "erf", "erfc", "pow",  "atan2", "hypot"};
static const double points[] = {NAN,   INFINITY, -INFINITY, 0.,     -0.,   1,      -1,    2,    -2,    0.5,
                                5e-324, -5e-324, 1e-310,    1e308,  -1e308, 710,   -710,  -745.2, -740, 1e-45,
                                1e-40, -1e-45,   3e38,      -3e38,  89,    -89,    -103,  -3,   3};
enum { nameCount = 21, firstOfTwo = 18, pointCount = sizeof points / sizeof *points };

int main(void) {
  void *vectors = dlopen("libmvec.so.1", RTLD_NOW), *scalars = dlopen("libm.so.6", RTLD_NOW);
  if (!vectors || !scalars) return fprintf(stderr, "libmvec is not there\n"), 2;
  int checked = 0, differing = 0;
  for (int t = 0; t < nameCount; t++)
    for (int single = 0; single < 2; single++) {
      char name[32], symbol[64];
      int two = t >= firstOfTwo;
      snprintf(name, sizeof name, "%s%s", names[t], single ? "f" : "");
      snprintf(symbol, sizeof symbol, "_ZGV" LETTER "N%d%s_%s", BYTES / (single ? 4 : 8), two ? "vv" : "v", name);
      void *f = dlsym(vectors, symbol), *g = dlsym(scalars, name);
      if (!f || !g) {
        printf("%s: not in libmvec\n", name);
        continue;
      }
      for (int i = 0; i < pointCount; i++)
        for (int j = 0; j < (two ? pointCount : 1); j++) {
          double x = points[i], y = points[j], a, e;
          if (single) {
            W u = (float)x - (W){}, v = (float)y - (W){};
            x = (float)x, y = (float)y;
            a = (two ? ((W(*)(W, W))f)(u, v) : ((W(*)(W))f)(u))[0];
            e = two ? ((float (*)(float, float))g)(x, y) : ((float (*)(float))g)(x);
          } else {
            V u = x - (V){}, v = y - (V){};
            a = (two ? ((V(*)(V, V))f)(u, v) : ((V(*)(V))f)(u))[0];
            e = two ? ((double (*)(double, double))g)(x, y) : ((double (*)(double))g)(x);
          }
          double unit = ldexp(1, single ? -149 : -1074);
          if (isfinite(e) && e != 0) unit = fmax(unit, ldexp(1, ilogb(e) - (single ? 23 : 52)));
          int bothNaN = isnan(a) && isnan(e);
          int near = a == e || (isfinite(a) && isfinite(e) && e != 0 && fabs(a - e) <= 4 * unit);
          checked++;
          if (bothNaN || (near && !signbit(a) == !signbit(e))) continue;
          differing++;
          if (two)
            printf("%s(%g, %g): libmvec %g, libm %g\n", name, x, y, a, e);
          else
            printf("%s(%g): libmvec %g, libm %g\n", name, x, a, e);
        }
    }
  printf("%d compared, %d differ\n", checked, differing);
  return differing > 0;
}

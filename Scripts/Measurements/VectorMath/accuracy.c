// The accuracy and the time of libmvec's functions and of the C library's, at the points of points.py.
// Usage: clang -O2 -mavx2 accuracy.c -o accuracy -lm -ldl && ./accuracy < points.txt
// With -mavx512f -mavx512dq it measures the functions for twice as many numbers.
#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#ifdef __AVX512F__
#define LETTER "e"
#define BYTES 64
#else
#define LETTER "d"
#define BYTES 32
#endif
typedef double V __attribute__((vector_size(BYTES)));
typedef float W __attribute__((vector_size(BYTES)));
enum { count = 99968, lanes = BYTES / 8, halfLanes = BYTES / 4 };
static V doubles[3][count / lanes];
static W floats[3][count / halfLanes];

static double unit(double value, int single) {
  int exponent;
  frexp(value, &exponent);
  int lowest = single ? -149 : -1074;
  int own = exponent - (single ? 24 : 53);
  return ldexp(1, own < lowest ? lowest : own);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e9 * t.tv_sec + t.tv_nsec;
}

// Calls the function over all of the memory: the vector function when there is one, else the scalar one.
static void sweep(void *f, int arity, int single, int vector) {
  double *x = (double *)doubles[0], *y = (double *)doubles[1], *z = (double *)doubles[2];
  float *u = (float *)floats[0], *v = (float *)floats[1], *w = (float *)floats[2];
  if (vector && !single)
    for (int i = 0; i < count / lanes; i++)
      doubles[2][i] = arity == 1 ? ((V(*)(V))f)(doubles[0][i]) : ((V(*)(V, V))f)(doubles[0][i], doubles[1][i]);
  else if (vector)
    for (int i = 0; i < count / halfLanes; i++)
      floats[2][i] = arity == 1 ? ((W(*)(W))f)(floats[0][i]) : ((W(*)(W, W))f)(floats[0][i], floats[1][i]);
  else if (!single)
    for (int i = 0; i < count; i++)
      z[i] = arity == 1 ? ((double (*)(double))f)(x[i]) : ((double (*)(double, double))f)(x[i], y[i]);
  else
    for (int i = 0; i < count; i++)
      w[i] = arity == 1 ? ((float (*)(float))f)(u[i]) : ((float (*)(float, float))f)(u[i], v[i]);
}

static double best(void *f, int arity, int single, int vector, double offset) {
  for (int i = 0; i < count; i++) {
    ((double *)doubles[0])[i] = ((double *)doubles[1])[i] = (i + 1) * (0.999 / count) + offset;
    ((float *)floats[0])[i] = ((float *)floats[1])[i] = (i + 1) * (0.999 / count) + offset;
  }
  double shortest = 1e18;
  for (int run = 0; run < 9; run++) {
    double start = now();
    sweep(f, arity, single, vector);
    double time = now() - start;
    if (time < shortest) shortest = time;
  }
  return shortest / count;
}

static double value(void *f, int arity, int single, int vector, double x, double y) {
  V a = x - (V){}, b = y - (V){};
  W c = (float)x - (W){}, d = (float)y - (W){};
  if (vector && !single) return (arity == 1 ? ((V(*)(V))f)(a) : ((V(*)(V, V))f)(a, b))[0];
  if (vector) return (arity == 1 ? ((W(*)(W))f)(c) : ((W(*)(W, W))f)(c, d))[0];
  if (!single) return arity == 1 ? ((double (*)(double))f)(x) : ((double (*)(double, double))f)(x, y);
  return arity == 1 ? ((float (*)(float))f)(x) : ((float (*)(float, float))f)(x, y);
}

int main(void) {
  void *vectors = dlopen("libmvec.so.1", RTLD_NOW), *scalars = dlopen("libm.so.6", RTLD_NOW);
  if (!vectors || !scalars) return fprintf(stderr, "libmvec is not there\n"), 1;
  char name[32], current[32] = "", symbol[64];
  int arity, single, currentArity = 0, currentSingle = 0;
  double x, y, high, rest, worst[2] = {0, 0}, place[2][2] = {{0}};
  void *f[2] = {0};
  puts("function   ulp (libmvec) at x, y                    ulp (libm)  ns (libmvec)  ns (libm)");
  for (;;) {
    int read = scanf("%31s %d %d %la %la %la %la", name, &arity, &single, &x, &y, &high, &rest);
    if (read != 7 || strcmp(name, current)) {
      if (*current && f[0] && f[1]) {
        double offset = strncmp(current, "acosh", 5) ? 0 : 1;
        printf(
            "%-8s %10.2f  %-13.6g %-13.6g %14.2f %12.2f %12.2f\n", current, worst[0], place[0][0], place[0][1],
            worst[1], best(f[0], currentArity, currentSingle, 1, offset),
            best(f[1], currentArity, currentSingle, 0, offset));
      } else if (*current)
        printf("%-8s not in libmvec\n", current);
      if (read != 7) return 0;
      strcpy(current, name);
      currentArity = arity, currentSingle = single, worst[0] = worst[1] = 0;
      snprintf(
          symbol, sizeof symbol, "_ZGV" LETTER "N%d%s_%s", single ? halfLanes : lanes, arity == 1 ? "v" : "vv", name);
      f[0] = dlsym(vectors, symbol), f[1] = dlsym(scalars, name);
    }
    for (int k = 0; k < 2; k++) {
      if (!f[k]) continue;
      double error = fabs(value(f[k], arity, single, !k, x, y) - high - rest) / unit(high, single);
      if (!(error <= worst[k])) worst[k] = error, place[k][0] = x, place[k][1] = y;
    }
  }
}

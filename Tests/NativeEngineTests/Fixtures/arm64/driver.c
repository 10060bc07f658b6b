// Calls the code of each program in programs.h with the arguments in its file, and compares what comes out with what the
// file says: up to a rounding relative to the largest number of each result.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int (*Entry)(void **inputs, void **outputs, void *memory, void **environment);

#define PROGRAM(name) int name##_entry(void **, void **, void *, void **);
#include "programs.h"
#undef PROGRAM

// The functions of the engine that code calls.

void *jacobi_allocate(int64_t count, int64_t size) { return malloc(count * size > 0 ? count * size : 1); }
void jacobi_release(void *memory) { free(memory); }
int jacobi_fits(int64_t count, int64_t size) { return 1; }

// The last one first, which no code may notice.
void jacobi_run_blocks(void *environment, void (*body)(void *, int64_t), void *shared, int64_t count) {
  for (int64_t i = count - 1; i >= 0; i--) body(shared, i);
}

_Bool jacobi_is_finite64(double *numbers, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    if (!isfinite(numbers[i])) return 0;
  }
  return 1;
}

_Bool jacobi_is_finite32(float *numbers, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    if (!isfinite(numbers[i])) return 0;
  }
  return 1;
}

// Memory, with a margin behind it that is not to be written.

enum { margin = 64, mark = 0xAB };

typedef struct {
  unsigned char *bytes;
  int64_t size;
} Block;

static void check(int holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "%s\n", what);
  exit(2);
}

static Block allocate(int64_t size) {
  void *bytes;
  check(posix_memalign(&bytes, 64, size + margin) == 0, "no memory");
  memset(bytes, mark, size + margin);
  return (Block){bytes, size};
}

static int isIntact(Block block) {
  for (int i = 0; i < margin; i++) {
    if (block.bytes[block.size + i] != mark) return 0;
  }
  return 1;
}

static int64_t readNumber(FILE *file) {
  int64_t number;
  check(fread(&number, 8, 1, file) == 1, "a file ends early");
  return number;
}

static Block readBlock(FILE *file) {
  Block block = allocate(readNumber(file));
  check((int64_t)fread(block.bytes, 1, block.size, file) == block.size, "a file ends early");
  return block;
}

// Numbers of the types, as letters: d, f, l, i, b.

static int64_t sizeOf(int64_t type) { return type == 'd' || type == 'l' ? 8 : type == 'b' ? 1 : 4; }

static double number(Block block, int64_t type, int64_t index) {
  switch (type) {
  case 'd': return ((double *)block.bytes)[index];
  case 'f': return ((float *)block.bytes)[index];
  case 'l': return ((int64_t *)block.bytes)[index];
  case 'i': return ((int32_t *)block.bytes)[index];
  default: return block.bytes[index];
  }
}

static int differs(Block actual, Block expected, int64_t type, const char *name) {
  int64_t count = expected.size / sizeOf(type);
  double largest = 1e-300;
  for (int64_t i = 0; i < count; i++) {
    double magnitude = fabs(number(expected, type, i));
    if (isfinite(magnitude) && magnitude > largest) largest = magnitude;
  }
  for (int64_t i = 0; i < count; i++) {
    double x = number(actual, type, i), y = number(expected, type, i);
    if (x == y || (isnan(x) && isnan(y)) || fabs(x - y) <= (type == 'f' ? 1e-4 : 1e-9) * largest) continue;
    printf("%s: %g, not %g, at %ld\n", name, x, y, (long)i);
    return 1;
  }
  return 0;
}

static int run(const char *name, Entry entry) {
  char path[64];
  snprintf(path, sizeof path, "%s.arguments", name);
  FILE *file = fopen(path, "rb");
  check(file != NULL, path);
  Block memory = allocate(readNumber(file));
  int64_t inputCount = readNumber(file), constantCount = readNumber(file), outputCount = readNumber(file);
  void **inputs = calloc(inputCount + 1, 8), **outputs = calloc(outputCount + 1, 8);
  void **environment = calloc(constantCount + 1, 8);
  Block *actual = calloc(outputCount + 1, sizeof(Block)), *expected = calloc(outputCount + 1, sizeof(Block));
  int64_t *types = calloc(outputCount + 1, 8);
  for (int64_t i = 0; i < inputCount; i++) inputs[i] = readBlock(file).bytes;
  for (int64_t i = 0; i < constantCount; i++) environment[i + 1] = readBlock(file).bytes;
  for (int64_t i = 0; i < outputCount; i++) {
    types[i] = readNumber(file);
    expected[i] = readBlock(file);
    actual[i] = allocate(expected[i].size);
    outputs[i] = actual[i].bytes;
  }
  fclose(file);
  if (entry(inputs, outputs, memory.bytes, environment) != 0) {
    printf("%s: failed\n", name);
    return 1;
  }
  int wrong = 0;
  for (int64_t i = 0; i < outputCount; i++) wrong |= differs(actual[i], expected[i], types[i], name);
  int isWhole = isIntact(memory);
  for (int64_t i = 0; i < outputCount; i++) isWhole &= isIntact(actual[i]);
  if (!isWhole) printf("%s: wrote where nothing is\n", name);
  return wrong || !isWhole;
}

int main(void) {
  int count = 0, wrong = 0;
#define PROGRAM(name) count++, wrong += run(#name, name##_entry);
#include "programs.h"
  printf("%d programs, %d wrong\n", count, wrong);
  return wrong != 0;
}

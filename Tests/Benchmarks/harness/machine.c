// What the machine can do: copying memory, and a look at every separator of a CSV file.
// cc -O3 -march=native -pthread machine.c -o machine; machine FILE prints one JSON object in GB/s;
// machine alone, that of a loop whose threads share nothing, not even memory.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#ifdef __AVX2__
#include <immintrin.h>
#endif

enum { THREADS = 2, REPETITIONS = 7 };

typedef struct {
  char *target;
  const char *source;
  size_t count;
  uint64_t found;
} Part;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

static void *copy(void *argument) {
  Part *part = argument;
  memcpy(part->target, part->source, part->count);
  return NULL;
}

// The least that a reader of CSV must look at: every separator, newline and quote.
static void *scan(void *argument) {
  Part *part = argument;
  const unsigned char *p = (const unsigned char *)part->source;
  uint64_t found = 0;
  size_t i = 0;
#ifdef __AVX2__
  const __m256i comma = _mm256_set1_epi8(','), line = _mm256_set1_epi8('\n'),
                quote = _mm256_set1_epi8('"');
  for (; i + 32 <= part->count; i += 32) {
    __m256i v = _mm256_loadu_si256((const __m256i *)(p + i));
    __m256i m = _mm256_or_si256(
        _mm256_cmpeq_epi8(v, comma),
        _mm256_or_si256(_mm256_cmpeq_epi8(v, line), _mm256_cmpeq_epi8(v, quote)));
    found += (uint64_t)__builtin_popcount((uint32_t)_mm256_movemask_epi8(m));
  }
#endif
  for (; i < part->count; i++) found += (p[i] == ',') | (p[i] == '\n') | (p[i] == '"');
  part->found = found;
  return NULL;
}

// The same text, which the first cache holds, again and again.
static void *loop(void *argument) {
  enum { PIECE = 1 << 14 };
  Part *part = argument;
  for (size_t done = 0; done + PIECE <= part->count; done += PIECE) {
    Part piece = {NULL, part->source + done / PIECE % 64, PIECE, 0};
    scan(&piece);
    part->found += piece.found;
  }
  return NULL;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// The median seconds of the work, its bytes divided among the threads.
static double seconds(void *(*work)(void *), char *target, const char *source, size_t count,
                      int threads) {
  double times[REPETITIONS];
  for (int r = 0; r < REPETITIONS; r++) {
    pthread_t other[THREADS];
    Part parts[THREADS];
    size_t each = count / (size_t)threads;
    double start = now();
    for (int k = 0; k < threads; k++) {
      size_t from = (size_t)k * each;
      parts[k] = (Part){target ? target + from : NULL, source + from, each, 0};
      if (k) pthread_create(&other[k], NULL, work, &parts[k]);
    }
    work(&parts[0]);
    for (int k = 1; k < threads; k++) pthread_join(other[k], NULL);
    times[r] = now() - start;
  }
  qsort(times, REPETITIONS, sizeof *times, ascending);
  return times[REPETITIONS / 2];
}

static double rate(void *(*work)(void *), char *target, const char *source, size_t count,
                   int threads) {
  return 1e-9 * (double)count / seconds(work, target, source, count, threads);
}

int main(int count, char **arguments) {
  size_t size = (size_t)1 << 29;
  char *a = malloc(size), *b = malloc(size);
  if (!a || !b) return 1;
  if (count < 2) {
    memset(a, 1, 1 << 16);
    memset(a + size / 2, 1, 1 << 16);
    double one = rate(loop, NULL, a, size, 1);
    printf("{\"loop_1\": %.2f, \"loop_2\": %.2f}\n", one, rate(loop, NULL, a, size, 2));
    return 0;
  }
  struct stat status;
  int file = open(arguments[1], O_RDONLY);
  if (file < 0 || fstat(file, &status)) return 1;
  memset(a, 1, size);
  memset(b, 2, size);
  size_t bytes = (size_t)status.st_size;
  char *text = mmap(NULL, bytes, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0);
  if (text == MAP_FAILED) return 1;
  printf("{");
  for (int threads = 1; threads <= THREADS; threads++) {
    // A copy reads and writes every byte.
    printf("\"copy_%d\": %.2f, ", threads, 2 * rate(copy, a, b, size, threads));
    printf("\"scan_%d\": %.2f%s", threads, rate(scan, NULL, text, bytes, threads),
           threads < THREADS ? ", " : "}\n");
  }
  return 0;
}

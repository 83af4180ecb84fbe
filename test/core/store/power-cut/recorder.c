/*
 * Preloaded into a process, it writes down in POWER_CUT_LOG, in order, what the process did to the
 * files of POWER_CUT_FOLDER and what it said on stdout. An entry is a line of the deed (w, t for
 * truncate, s for sync, u for unlink, o for output), the file's name (empty for the folder), an
 * offset and a length, with a tab between, and so many bytes after it. disk.ts reads it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const char *folder;
static int record = -1;

__attribute__((constructor)) static void begin(void) {
  folder = getenv("POWER_CUT_FOLDER");
  record = open(getenv("POWER_CUT_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  unsetenv("LD_PRELOAD"); /* The process's own children are none of our business. */
}

static void note(char deed, const char *name, off_t offset, const void *bytes, size_t length) {
  char line[PATH_MAX + 64];
  int size = snprintf(line, sizeof line, "%c\t%s\t%lld\t%zu\n", deed, name, (long long)offset, length);
  struct iovec parts[] = {{line, size}, {(void *)bytes, length}};
  if (writev(record, parts, 2) != (ssize_t)(size + length)) abort();
}

static void note_path(char deed, const char *path, off_t offset, const void *bytes, size_t length) {
  size_t end = folder == NULL ? 0 : strlen(folder);
  if (end == 0 || strncmp(path, folder, end) != 0) return;
  if (path[end] == '/') note(deed, path + end + 1, offset, bytes, length);
  if (path[end] == '\0') note(deed, "", offset, bytes, length);
}

static void note_file(char deed, int file, off_t offset, const void *bytes, size_t length) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t size = readlink(link, path, sizeof path - 1);
  if (size < 0) return;
  path[size] = '\0';
  note_path(deed, path, offset, bytes, length);
}

ssize_t write(int file, const void *bytes, size_t length) {
  off_t offset = lseek(file, 0, SEEK_CUR);
  ssize_t done = REAL(write)(file, bytes, length);
  if (done > 0 && file == STDOUT_FILENO) note('o', "", 0, bytes, done);
  else if (done > 0) note_file('w', file, offset, bytes, done);
  return done;
}

#define PWRITE(name, offset_type)                                                       \
  ssize_t name(int file, const void *bytes, size_t length, offset_type offset) {       \
    ssize_t done = REAL(name)(file, bytes, length, offset);                             \
    if (done > 0) note_file('w', file, offset, bytes, done);                            \
    return done;                                                                        \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, size_type)                          \
  int name(int file, size_type size) {                     \
    int failed = REAL(name)(file, size);                   \
    if (!failed) note_file('t', file, size, NULL, 0);      \
    return failed;                                         \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

/* Nothing is really synced: what counts is the record, and a busy disk takes long. */
#define SYNC(name)                       \
  int name(int file) {                   \
    note_file('s', file, 0, NULL, 0);    \
    return 0;                            \
  }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
  int failed = REAL(unlink)(path);
  if (!failed) note_path('u', path, 0, NULL, 0);
  return failed;
}

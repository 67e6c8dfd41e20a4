/* Stands between a program and its disk: fails the n-th write or sync under a folder, and logs what is written and synced,
   so that a power cut at any moment can be played. Loaded with LD_PRELOAD.

   BEDSIDE_SHIM_ROOT   only files under this folder are touched
   BEDSIDE_SHIM_ONLY   and only those with this in their path
   BEDSIDE_SHIM_LOG    where to log
   BEDSIDE_SHIM_OP     write or sync, BEDSIDE_SHIM_NTH which, BEDSIDE_SHIM_ERRNO the error
   BEDSIDE_SHIM_ARMED  faults come only while this file exists, from the n-th call on */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -2;
static long calls;

static int touched(const char *path) {
    const char *root = getenv("BEDSIDE_SHIM_ROOT"), *only = getenv("BEDSIDE_SHIM_ONLY");
    return root && strncmp(path, root, strlen(root)) == 0 && (!only || strstr(path, only));
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return touched(path);
}

static void put(const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t done = syscall(SYS_write, log_fd, bytes, count);
        if (done <= 0) abort();
        bytes += done, count -= done;
    }
}

/* Called with the guard held. */
static void note(const char *path, const char *what, long long a, const void *bytes, size_t count) {
    const char *to = getenv("BEDSIDE_SHIM_LOG");
    if (!to) return;
    if (log_fd == -2) log_fd = syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    char head[PATH_MAX + 64];
    int length = snprintf(head, sizeof head, "%s %lld %zu %s\n", what, a, count, path);
    put(head, length);
    if (bytes) put(bytes, count), put("\n", 1);
}

/* 0 no fault, 1 the first one, 2 a later one. */
static int fails(const char *what) {
    const char *op = getenv("BEDSIDE_SHIM_OP"), *armed = getenv("BEDSIDE_SHIM_ARMED");
    if (!op || strcmp(op, what) != 0) return 0;
    long nth = atol(getenv("BEDSIDE_SHIM_NTH"));
    if (++calls < nth) return 0;
    if (!armed || syscall(SYS_faccessat, AT_FDCWD, armed, F_OK) != 0) return 0;
    errno = atoi(getenv("BEDSIDE_SHIM_ERRNO"));
    return calls == nth ? 1 : 2;
}

static ssize_t write_at(int fd, const void *bytes, size_t count, off_t offset, int has_offset) {
    char path[PATH_MAX];
    int saved = errno;
    if (!path_of(fd, path)) {
        errno = saved;
        return has_offset ? syscall(SYS_pwrite64, fd, bytes, count, offset) : syscall(SYS_write, fd, bytes, count);
    }
    pthread_mutex_lock(&guard);
    ssize_t done = -1;
    int fault = fails("write");
    if (fault == 1 && count > 1) count /= 2, fault = 0; /* the disk fills up in the middle of a write */
    if (!fault) {
        struct stat status;
        if (!has_offset && (fcntl(fd, F_GETFL) & O_APPEND)) offset = fstat(fd, &status) == 0 ? status.st_size : 0;
        else if (!has_offset) offset = lseek(fd, 0, SEEK_CUR);
        done = has_offset ? syscall(SYS_pwrite64, fd, bytes, count, offset) : syscall(SYS_write, fd, bytes, count);
        if (done > 0) note(path, "W", offset, bytes, done);
    }
    pthread_mutex_unlock(&guard);
    return done;
}

ssize_t write(int fd, const void *bytes, size_t count) { return write_at(fd, bytes, count, 0, 0); }
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return write_at(fd, bytes, count, at, 1); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) { return write_at(fd, bytes, count, at, 1); }

static int sync_it(int fd, long call) {
    char path[PATH_MAX];
    int saved = errno;
    if (!path_of(fd, path)) {
        errno = saved;
        return syscall(call, fd);
    }
    pthread_mutex_lock(&guard);
    int done = -1;
    if (!fails("sync")) {
        done = syscall(call, fd);
        if (done == 0) note(path, "S", 0, NULL, 0);
    }
    pthread_mutex_unlock(&guard);
    return done;
}

int fsync(int fd) { return sync_it(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_it(fd, SYS_fdatasync); }

static int cut(int fd, off_t length) {
    char path[PATH_MAX];
    int is_ours = path_of(fd, path);
    pthread_mutex_lock(&guard);
    int done = syscall(SYS_ftruncate, fd, length);
    if (done == 0 && is_ours) note(path, "T", length, NULL, 0);
    pthread_mutex_unlock(&guard);
    return done;
}

int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

static int open_it(const char *path, int flags, mode_t mode) {
    pthread_mutex_lock(&guard);
    int is_new = (flags & O_CREAT) && path[0] == '/' && touched(path) && syscall(SYS_faccessat, AT_FDCWD, path, F_OK) != 0;
    int fd = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    int saved = errno;
    if (fd >= 0 && is_new) note(path, "C", 0, NULL, 0);
    errno = saved;
    pthread_mutex_unlock(&guard);
    return fd;
}

#define OPEN(name)                                   \
    int name(const char *path, int flags, ...) {     \
        va_list more;                                \
        va_start(more, flags);                       \
        mode_t mode = (flags & O_CREAT) ? va_arg(more, int) : 0; \
        va_end(more);                                \
        return open_it(path, flags, mode);           \
    }
OPEN(open)
OPEN(open64)

static int move(const char *from, const char *to) {
    pthread_mutex_lock(&guard);
    int done = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (done == 0 && touched(to)) note(to, "R", 0, from, strlen(from));
    pthread_mutex_unlock(&guard);
    return done;
}
int rename(const char *from, const char *to) { return move(from, to); }

int unlink(const char *path) {
    pthread_mutex_lock(&guard);
    int done = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (done == 0 && touched(path)) note(path, "U", 0, NULL, 0);
    pthread_mutex_unlock(&guard);
    return done;
}

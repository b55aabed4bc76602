/*
 * A disk that is read-only for a while, between a process and the C library (LD_PRELOAD): as long as the file
 * TORTURE_CONTROL is there, nothing below TORTURE_DIR can be written, cut, removed or opened for writing.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static int below(const char *path) {
    const char *dir = getenv("TORTURE_DIR");
    return dir && strncmp(path, dir, strlen(dir)) == 0;
}

static int read_only(void) {
    const char *control = getenv("TORTURE_CONTROL");
    return control && access(control, F_OK) == 0;
}

static int refused(int refuse) {
    if (refuse) errno = EROFS;
    return refuse;
}

static int fd_refused(int fd) {
    char link[64], path[4096];
    int before = errno;
    if (!read_only()) { errno = before; return 0; }
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n > 0) path[n] = 0;
    errno = before;
    return refused(n > 0 && below(path));
}

ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) {
    return fd_refused(fd) ? -1 : ((ssize_t (*)(int, const void *, size_t, off64_t))real("pwrite64"))(fd, data, n, at);
}

ssize_t pwrite(int fd, const void *data, size_t n, off_t at) {
    return fd_refused(fd) ? -1 : ((ssize_t (*)(int, const void *, size_t, off_t))real("pwrite"))(fd, data, n, at);
}

ssize_t write(int fd, const void *data, size_t n) {
    return fd_refused(fd) ? -1 : ((ssize_t (*)(int, const void *, size_t))real("write"))(fd, data, n);
}

int ftruncate64(int fd, off64_t size) {
    return fd_refused(fd) ? -1 : ((int (*)(int, off64_t))real("ftruncate64"))(fd, size);
}

int ftruncate(int fd, off_t size) {
    return fd_refused(fd) ? -1 : ((int (*)(int, off_t))real("ftruncate"))(fd, size);
}

int unlink(const char *path) {
    return refused(read_only() && below(path)) ? -1 : ((int (*)(const char *))real("unlink"))(path);
}

static int opened(const char *name, const char *path, int flags, mode_t mode) {
    if (refused(read_only() && below(path) && (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)))) return -1;
    return ((int (*)(const char *, int, ...))real(name))(path, flags, mode);
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

int open(const char *path, int flags, ...) { MODE(flags) return opened("open", path, flags, mode); }

int open64(const char *path, int flags, ...) { MODE(flags) return opened("open64", path, flags, mode); }

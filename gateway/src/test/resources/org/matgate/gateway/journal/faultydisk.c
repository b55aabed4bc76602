/*
 * A disk that fails, between a process and the C library (LD_PRELOAD). Of the files below FAULTY_DIR it writes down, in
 * FAULTY_LOG, what is written, cut, synced and removed, so that a test can make the disk of any instant; and it fails as
 * the first letter of the file FAULTY_CONTROL says: F there is no room for a file to grow, E every write and sync is an
 * I/O error, R the file system is read-only.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static int path_of(int fd, char *path) {
    char link[64];
    const char *dir = getenv("FAULTY_DIR");
    if (!dir) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, 4095);
    if (n <= 0) return 0;
    path[n] = 0;
    if (strcmp(path, dir) == 0) { strcat(path, "/."); return 1; }
    return strncmp(path, dir, strlen(dir)) == 0 && strstr(path, "/journal.db") && !strstr(path, "-shm")
        || (strncmp(path, dir, strlen(dir)) == 0
            && (strstr(path, "/told") || strstr(path, "/native/") || strstr(path + strlen(dir), "/tmp/")));
}

static char mode(void) {
    const char *control = getenv("FAULTY_CONTROL");
    char c = 0;
    if (!control) return 0;
    int fd = ((int (*)(const char *, int, ...))real("open"))(control, O_RDONLY);
    if (fd >= 0) {
        if (read(fd, &c, 1) != 1) c = 0;
        close(fd);
    }
    return c;
}

static void record(char op, const char *path, uint64_t offset, const void *data, uint64_t length) {
    const char *log = getenv("FAULTY_LOG");
    if (!log || strstr(path, "/native/")) return;
    ssize_t (*raw)(int, const void *, size_t) = real("write");
    pthread_mutex_lock(&lock);
    if (log_fd < 0)
        log_fd = ((int (*)(const char *, int, ...))real("open"))(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    uint32_t name = strlen(path);
    char head[25];
    head[0] = op;
    memcpy(head + 1, &name, 4);
    memcpy(head + 5, &offset, 8);
    memcpy(head + 13, &length, 8);
    if (raw(log_fd, head, 21) != 21 || raw(log_fd, path, name) != (ssize_t)name
        || (data && raw(log_fd, data, length) != (ssize_t)length))
        abort();
    pthread_mutex_unlock(&lock);
}

static int fails(int fd, uint64_t end) {
    struct stat st;
    switch (mode()) {
    case 'F':
        if (fstat(fd, &st) == 0 && end > (uint64_t)st.st_size) { errno = ENOSPC; return 1; }
        return 0;
    case 'E': errno = EIO; return 1;
    case 'R': errno = EROFS; return 1;
    default: return 0;
    }
}

static ssize_t positioned(const char *name, int fd, const void *data, size_t n, off64_t at) {
    char path[4096];
    ssize_t (*raw)(int, const void *, size_t, off64_t) = real(name);
    if (!path_of(fd, path)) return raw(fd, data, n, at);
    if (!strstr(path, "/told") && fails(fd, at + n)) return -1;
    ssize_t done = raw(fd, data, n, at);
    if (done > 0) record('w', path, at, data, done);
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) { return positioned("pwrite64", fd, data, n, at); }
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { return positioned("pwrite", fd, data, n, at); }

ssize_t write(int fd, const void *data, size_t n) {
    char path[4096];
    ssize_t (*raw)(int, const void *, size_t) = real("write");
    if (fd == log_fd || !path_of(fd, path)) return raw(fd, data, n);
    off64_t at = lseek64(fd, 0, SEEK_CUR);
    if (!strstr(path, "/told") && fails(fd, at + n)) return -1;
    ssize_t done = raw(fd, data, n);
    if (done > 0) record('w', path, at, data, done);
    return done;
}

static int cut(const char *name, int fd, off64_t size) {
    char path[4096];
    int (*raw)(int, off64_t) = real(name);
    if (!path_of(fd, path)) return raw(fd, size);
    char m = mode();
    if (m == 'E' || m == 'R') { errno = m == 'E' ? EIO : EROFS; return -1; }
    int done = raw(fd, size);
    if (done == 0) record('t', path, size, NULL, 0);
    return done;
}

int ftruncate64(int fd, off64_t size) { return cut("ftruncate64", fd, size); }
int ftruncate(int fd, off_t size) { return cut("ftruncate", fd, size); }

static int synced(const char *name, int fd) {
    char path[4096];
    int (*raw)(int) = real(name);
    if (!path_of(fd, path)) return raw(fd);
    if (mode() == 'E') { errno = EIO; return -1; }
    record('s', path, 0, NULL, 0);
    return 0;
}

int fsync(int fd) { return synced("fsync", fd); }
int fdatasync(int fd) { return synced("fdatasync", fd); }

int unlink(const char *path) {
    const char *dir = getenv("FAULTY_DIR");
    int done = ((int (*)(const char *))real("unlink"))(path);
    if (done == 0 && dir && strncmp(path, dir, strlen(dir)) == 0 && strstr(path, "/journal.db")) record('u', path, 0, NULL, 0);
    return done;
}

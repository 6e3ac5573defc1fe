/* A disk under one folder that fails when it is told to, and that writes down what reached it.
 *
 * Preloaded into a process. DISK_FOLDER: the folder that lies on this disk. DISK_CONTROL: a file with an error number, and
 * "r" behind it if reads fail too; while it is there, whatever touches the disk fails so. DISK_FAIL_AT: the number of the
 * one write or sync that fails with EIO. DISK_JOURNAL: a file that gets every operation, for cutting the power later.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static const char *folder, *control;
static int journal = -1;
static long fail_at = -1, operations = 0;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
    folder = getenv("DISK_FOLDER");
    control = getenv("DISK_CONTROL");
    if (getenv("DISK_FAIL_AT")) fail_at = atol(getenv("DISK_FAIL_AT"));
    if (getenv("DISK_JOURNAL"))
        journal = syscall(SYS_openat, AT_FDCWD, getenv("DISK_JOURNAL"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path) { return folder && path && strncmp(path, folder, strlen(folder)) == 0; }

static int path_of(int handle, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = syscall(SYS_readlink, link, path, size - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return ours(path);
}

/* Whether an operation fails now; errno says how. */
static int fails(int reading) {
    if (control) {
        char told[8] = {0};
        int handle = syscall(SYS_openat, AT_FDCWD, control, O_RDONLY | O_CLOEXEC, 0);
        if (handle >= 0) {
            ssize_t length = syscall(SYS_read, handle, told, sizeof told - 1);
            syscall(SYS_close, handle);
            if (length > 0 && (!reading || strchr(told, 'r'))) { errno = atoi(told); return 1; }
        }
    }
    if (reading || fail_at < 0) return 0;
    if (__atomic_add_fetch(&operations, 1, __ATOMIC_SEQ_CST) != fail_at) return 0;
    errno = EIO;
    return 1;
}

static void all(const void *data, size_t size) {
    const char *rest = data;
    while (size) {
        ssize_t done = syscall(SYS_write, journal, rest, size);
        if (done <= 0) return;
        rest += done;
        size -= done;
    }
}

static void note(char kind, const char *path, uint64_t offset, const void *data, uint32_t size) {
    if (journal < 0) return;
    uint16_t length = strlen(path);
    pthread_mutex_lock(&turn);
    all(&kind, 1); all(&length, 2); all(path, length); all(&offset, 8); all(&size, 4); all(data, size);
    pthread_mutex_unlock(&turn);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static ssize_t written(int handle, const void *data, size_t size, off64_t offset, int positioned) {
    char path[4096];
    int on_disk = path_of(handle, path, sizeof path);
    if (on_disk && fails(0)) return -1;
    if (on_disk && !positioned) offset = lseek64(handle, 0, SEEK_CUR);
    ssize_t done = positioned ? syscall(SYS_pwrite64, handle, data, size, offset) : syscall(SYS_write, handle, data, size);
    if (on_disk && done > 0) note('W', path, offset, data, done);
    return done;
}

ssize_t write(int handle, const void *data, size_t size) { return written(handle, data, size, 0, 0); }
ssize_t pwrite(int handle, const void *data, size_t size, off_t offset) { return written(handle, data, size, offset, 1); }
ssize_t pwrite64(int handle, const void *data, size_t size, off64_t offset) { return written(handle, data, size, offset, 1); }

static ssize_t got(int handle, void *data, size_t size, off64_t offset) {
    char path[4096];
    if (path_of(handle, path, sizeof path) && fails(1)) return -1;
    return syscall(SYS_pread64, handle, data, size, offset);
}

ssize_t pread(int handle, void *data, size_t size, off_t offset) { return got(handle, data, size, offset); }
ssize_t pread64(int handle, void *data, size_t size, off64_t offset) { return got(handle, data, size, offset); }

static int synced(int handle, int number) {
    char path[4096];
    int on_disk = path_of(handle, path, sizeof path);
    if (on_disk && fails(0)) return -1;
    int done = syscall(number, handle);
    if (on_disk && done == 0) note('S', path, 0, "", 0);
    return done;
}

int fsync(int handle) { return synced(handle, SYS_fsync); }
int fdatasync(int handle) { return synced(handle, SYS_fdatasync); }

static int cut(int handle, off64_t size) {
    char path[4096];
    int on_disk = path_of(handle, path, sizeof path);
    if (on_disk && fails(0)) return -1;
    int done = syscall(SYS_ftruncate, handle, size);
    if (on_disk && done == 0) note('T', path, size, "", 0);
    return done;
}

int ftruncate(int handle, off_t size) { return cut(handle, size); }
int ftruncate64(int handle, off64_t size) { return cut(handle, size); }

int unlink(const char *path) {
    if (ours(path) && fails(0)) return -1;
    int done = syscall(SYS_unlink, path);
    if (ours(path) && done == 0) note('U', path, 0, "", 0);
    return done;
}

int rename(const char *from, const char *to) {
    if (ours(to) && fails(0)) return -1;
    int done = syscall(SYS_rename, from, to);
    if (ours(to) && done == 0) note('R', from, 0, to, strlen(to));
    return done;
}

static int opened(int at, const char *path, int flags, mode_t mode) {
    int writing = flags & (O_CREAT | O_TRUNC);
    if (ours(path) && writing && fails(0)) return -1;
    int handle = syscall(SYS_openat, at, path, flags | O_LARGEFILE, mode);
    if (ours(path) && handle >= 0 && flags & O_CREAT) note('C', path, 0, "", 0);
    if (ours(path) && handle >= 0 && flags & O_TRUNC) note('T', path, 0, "", 0);
    return handle;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        return opened(AT_FDCWD, path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

// Preloaded into heed: makes calls on one folder's files fail, fall short or take long, as a shared page of memory says.
//
// HEED_FAULT_PAGE is the page's file, HEED_FAULT_ROOT the folder. Every call that can change or lock something there is
// numbered from 1 since the page was armed; the test sees the numbers and kinds, and says which of them fail.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum kind { OPEN = 0, WRITE, SYNC, FOLDER_SYNC, TRUNCATE, RENAME, UNLINK, MKDIR, LOCK, KINDS };

struct page {
    volatile uint32_t armed;       // 1: the fault below holds
    volatile uint32_t kinds;       // bits of the kinds that are counted for it
    volatile int32_t error;        // errno, or 0 for a short write
    volatile uint32_t first;       // the number of the first call that fails
    volatile uint32_t times;       // how many from there on
    volatile uint32_t calls;       // counted so far
    volatile uint32_t hits;        // failed so far
    volatile uint32_t kind;        // of the first one that failed
    volatile uint32_t delay;       // microseconds that each sync takes longer
    volatile uint32_t seen[KINDS]; // all calls, by kind
};

static struct page *page;
static const char *root;
static size_t root_length;
static _Atomic unsigned char ours[1 << 20]; // descriptors of files below the root: 1 a file, 2 a folder

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("HEED_FAULT_PAGE");
    root = getenv("HEED_FAULT_ROOT");
    if (!name || !root) return;
    root_length = strlen(root);
    int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
    int file = real(name, O_RDWR | O_CLOEXEC);
    if (file < 0) return;
    void *map = mmap(NULL, sizeof(struct page), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (map != MAP_FAILED) page = map;
}

static int below(const char *path) {
    return page && path && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || !path[root_length]);
}

static int is_ours(int file) { return page && file >= 0 && file < (1 << 20) ? ours[file] : 0; }

// Whether this call fails; a short write is -1 in errno's place.
static int fails(enum kind kind, int can_be_short) {
    __atomic_fetch_add(&page->seen[kind], 1, __ATOMIC_SEQ_CST);
    if (!page->armed || !(page->kinds >> kind & 1) || (!page->error && !can_be_short)) return 0;
    uint32_t number = __atomic_add_fetch(&page->calls, 1, __ATOMIC_SEQ_CST);
    if (number < page->first || number - page->first >= page->times) return 0;
    if (__atomic_fetch_add(&page->hits, 1, __ATOMIC_SEQ_CST) == 0) page->kind = kind;
    return page->error ? page->error : -1;
}

static int fail(enum kind kind) {
    int error = fails(kind, 0);
    if (error) errno = error;
    return error;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static int opened(int file, const char *path) {
    struct stat status;
    if (file >= 0 && file < (1 << 20) && below(path)) ours[file] = !fstat(file, &status) && S_ISDIR(status.st_mode) ? 2 : 1;
    return file;
}

#define OPENING(name, ...) \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); } \
    REAL(name); \
    if (below(path) && fail(OPEN)) return -1; \
    return opened(real(__VA_ARGS__, mode), path)

int open(const char *path, int flags, ...) { OPENING(open, path, flags); }
int open64(const char *path, int flags, ...) { OPENING(open64, path, flags); }
int openat(int folder, const char *path, int flags, ...) { OPENING(openat, folder, path, flags); }
int openat64(int folder, const char *path, int flags, ...) { OPENING(openat64, folder, path, flags); }

int close(int file) {
    REAL(close);
    if (file >= 0 && file < (1 << 20)) ours[file] = 0;
    return real(file);
}

ssize_t write(int file, const void *bytes, size_t count) {
    REAL(write);
    if (is_ours(file)) {
        int error = fails(WRITE, 1);
        if (error > 0) { errno = error; return -1; }
        if (error && count > 1) count = 1 + count / 3;
    }
    return real(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
    REAL(pwrite);
    if (is_ours(file)) {
        int error = fails(WRITE, 1);
        if (error > 0) { errno = error; return -1; }
        if (error && count > 1) count = 1 + count / 3;
    }
    return real(file, bytes, count, offset);
}

static void wait_for_disk(void) {
    if (!page->delay) return;
    struct timespec time = {page->delay / 1000000, page->delay % 1000000 * 1000L};
    nanosleep(&time, NULL);
}

// A sync that fails has still written or not, who knows; here it has, so that only the answer counts.
#define SYNCING(name) \
    REAL(name); \
    if (!is_ours(file)) return real(file); \
    wait_for_disk(); \
    if (fail(ours[file] == 2 ? FOLDER_SYNC : SYNC)) return -1; \
    return real(file)

int fsync(int file) { SYNCING(fsync); }
int fdatasync(int file) { SYNCING(fdatasync); }

#define ON_FILE(name, kind, ...) REAL(name); if (is_ours(file) && fail(kind)) return -1; return real(__VA_ARGS__)
#define ON_PATH(name, kind, ...) REAL(name); if (below(path) && fail(kind)) return -1; return real(__VA_ARGS__)

int ftruncate(int file, off_t length) { ON_FILE(ftruncate, TRUNCATE, file, length); }
int ftruncate64(int file, off64_t length) { ON_FILE(ftruncate64, TRUNCATE, file, length); }
int rename(const char *path, const char *target) { ON_PATH(rename, RENAME, path, target); }
int unlink(const char *path) { ON_PATH(unlink, UNLINK, path); }
int mkdir(const char *path, mode_t mode) { ON_PATH(mkdir, MKDIR, path, mode); }

// Giving a lock back cannot fail.
int flock(int file, int operation) {
    REAL(flock);
    if (is_ours(file) && !(operation & LOCK_UN) && fail(LOCK)) return -1;
    return real(file, operation);
}

// The stores themselves, without a service: batches of lines, each made durable before the next.
// stores sqlite|jsonl FILE BATCH SECONDS   prints lines a second, and the median and 99th percentile of a batch in ms
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void check(int isFine, const char *what) {
    if (isFine) return;
    fprintf(stderr, "%s failed\n", what);
    exit(1);
}

// A line as heed stores it for the same submission, with an id that rises.
static int line(char *to, long number, char *id) {
    sprintf(id, "01KB2V8J3N%016ld", number);
    return sprintf(to,
        "{\"v\":1,\"id\":\"%s\",\"revision\":1,\"survey\":\"bench\",\"version\":\"1\",\"submitted\":\"2026-11-22T10:12:12.345Z\","
        "\"channel\":\"open\",\"language\":\"en\",\"answers\":{\"recommend\":9,\"satisfaction\":4,\"reason\":\""
        "great great great great great great great great great great great great great great great great great great great great \"}}\n",
        id);
}

static sqlite3 *base;
static sqlite3_stmt *begin, *insert, *commit;

static void step(sqlite3_stmt *statement) {
    check(sqlite3_step(statement) == SQLITE_DONE, sqlite3_errmsg(base));
    sqlite3_reset(statement);
}

static void openBase(const char *path) {
    check(sqlite3_open(path, &base) == SQLITE_OK, "open");
    // WAL with a full sync at each commit is what keeps every acknowledged row over a power cut.
    check(sqlite3_exec(base,
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=10000;"
        "CREATE TABLE response(id TEXT PRIMARY KEY, line TEXT NOT NULL) WITHOUT ROWID", 0, 0, 0) == SQLITE_OK, "schema");
    check(sqlite3_prepare_v2(base, "BEGIN IMMEDIATE", -1, &begin, 0) == SQLITE_OK, "begin");
    check(sqlite3_prepare_v2(base, "INSERT INTO response VALUES(?,?)", -1, &insert, 0) == SQLITE_OK, "insert");
    check(sqlite3_prepare_v2(base, "COMMIT", -1, &commit, 0) == SQLITE_OK, "commit");
}

static void writeAll(int file, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t taken = write(file, bytes, count);
        check(taken > 0, "write");
        bytes += taken;
        count -= taken;
    }
}

static int order(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

int main(int count, char **words) {
    check(count == 5, "stores sqlite|jsonl FILE BATCH SECONDS");
    int isBase = !strcmp(words[1], "sqlite"), batch = atoi(words[3]), file = -1;
    double seconds = atof(words[4]);
    if (isBase) openBase(words[2]); else check((file = open(words[2], O_WRONLY | O_CREAT | O_APPEND, 0600)) >= 0, "open");
    size_t room = 1 << 20, taken = 0;
    double *times = malloc(room * sizeof *times), start = now();
    char *bytes = malloc((size_t)batch * 512), id[64];
    long lines = 0;
    while (now() - start < seconds && taken < room) {
        double begun = now();
        size_t end = 0;
        if (isBase) step(begin);
        for (int index = 0; index < batch; index++, lines++) {
            char *text = bytes + (isBase ? 0 : end);
            int length = line(text, lines, id);
            end += length;
            if (!isBase) continue;
            sqlite3_bind_text(insert, 1, id, -1, SQLITE_STATIC);
            sqlite3_bind_text(insert, 2, text, length - 1, SQLITE_STATIC);
            step(insert);
        }
        if (isBase) step(commit);
        else {
            writeAll(file, bytes, end);
            check(fdatasync(file) == 0, "fdatasync");
        }
        times[taken++] = now() - begun;
    }
    double all = now() - start;
    qsort(times, taken, sizeof *times, order);
    printf("%.0f %.3f %.3f\n", lines / all, times[taken / 2] * 1e3, times[taken * 99 / 100] * 1e3);
    return 0;
}

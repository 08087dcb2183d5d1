/* A network file system as far as its slowness goes: preloaded, it delays locks and syncs, and
 * says at the end how many there were.
 *
 *   gcc -shared -fPIC -o slow_files.so slow_files.c -ldl
 *   LD_PRELOAD=./slow_files.so SLOW_LOCK_US=1000 SLOW_SYNC_US=2700 SLOW_COUNTS=counts.txt program
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static long locks, syncs;

static void pause_for(const char *variable) {
    const char *microseconds = getenv(variable);
    if (microseconds != NULL) usleep(atoi(microseconds));
}

static int slow_fcntl(const char *name, int file, int command, void *argument) {
    int (*next)(int, int, ...) = dlsym(RTLD_NEXT, name);
    if (command == F_SETLK || command == F_SETLKW) {
        __sync_fetch_and_add(&locks, 1);
        pause_for("SLOW_LOCK_US");
    }
    return next(file, command, argument);
}

int fcntl(int file, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return slow_fcntl("fcntl", file, command, argument);
}

int fcntl64(int file, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return slow_fcntl("fcntl64", file, command, argument);
}

int flock(int file, int operation) {
    int (*next)(int, int) = dlsym(RTLD_NEXT, "flock");
    __sync_fetch_and_add(&locks, 1);
    pause_for("SLOW_LOCK_US");
    return next(file, operation);
}

static int slow_sync(const char *name, int file) {
    int (*next)(int) = dlsym(RTLD_NEXT, name);
    __sync_fetch_and_add(&syncs, 1);
    pause_for("SLOW_SYNC_US");
    return next(file);
}

int fsync(int file) { return slow_sync("fsync", file); }

int fdatasync(int file) { return slow_sync("fdatasync", file); }

int unlink(const char *path) {
    int (*next)(const char *) = dlsym(RTLD_NEXT, "unlink");
    pause_for("SLOW_SYNC_US");
    return next(path);
}

__attribute__((destructor)) static void say(void) {
    const char *path = getenv("SLOW_COUNTS");
    FILE *out = path == NULL ? NULL : fopen(path, "w");
    if (out == NULL) return;
    fprintf(out, "%ld %ld\n", locks, syncs);
    fclose(out);
}

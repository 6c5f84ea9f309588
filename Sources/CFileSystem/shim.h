// File operations that the Swift overlays of the C library leave out: the atomic exchange of two
// names, and extended attributes. The same functions exist on Linux and macOS.
#ifndef FOLIO_CFILESYSTEM_SHIM_H
#define FOLIO_CFILESYSTEM_SHIM_H

#include <errno.h>
#include <stdlib.h>
#include <sys/types.h>

#if defined(__APPLE__)
#include <stdio.h>
#include <sys/xattr.h>

// Exchanges two names in one step; 0, or -1 with errno (ENOTSUP where the file system cannot).
static inline int folio_exchange(const char *a, const char *b) {
  return renamex_np(a, b, RENAME_SWAP);
}
// Renames without ever replacing; -1 with EEXIST when the new name is taken.
static inline int folio_move_exclusively(const char *from, const char *to) {
  return renamex_np(from, to, RENAME_EXCL);
}
static inline int folio_sync_file_system(int fd) { return -1; }
static inline ssize_t folio_xattr_list(int fd, char *names, size_t size) {
  return flistxattr(fd, names, size, 0);
}
static inline ssize_t folio_xattr_get(int fd, const char *name, void *value, size_t size) {
  return fgetxattr(fd, name, value, size, 0, 0);
}
static inline int folio_xattr_set(int fd, const char *name, const void *value, size_t size) {
  return fsetxattr(fd, name, value, size, 0, 0);
}
#else
#include <sys/xattr.h>

extern int renameat2(int from_folder, const char *from, int to_folder, const char *to,
                     unsigned int flags);

static inline int folio_exchange(const char *a, const char *b) {
  return renameat2(-100 /* AT_FDCWD */, a, -100, b, 2 /* RENAME_EXCHANGE */);
}
// Renames without ever replacing; -1 with EEXIST when the new name is taken.
static inline int folio_move_exclusively(const char *from, const char *to) {
  return renameat2(-100, from, -100, to, 1 /* RENAME_NOREPLACE */);
}
// Flushes the file system that holds an open file; -1 where only `sync` can.
extern int syncfs(int fd);
static inline int folio_sync_file_system(int fd) { return syncfs(fd); }
static inline ssize_t folio_xattr_list(int fd, char *names, size_t size) {
  return flistxattr(fd, names, size);
}
static inline ssize_t folio_xattr_get(int fd, const char *name, void *value, size_t size) {
  return fgetxattr(fd, name, value, size);
}
static inline int folio_xattr_set(int fd, const char *name, const void *value, size_t size) {
  return fsetxattr(fd, name, value, size, 0);
}
#endif

// Copies the extended attributes of one open file to another. What the target refuses (another file
// system, a reserved name) is left out: an edit must not fail because of a label.
static inline void folio_xattr_copy(int from, int to) {
  ssize_t size = folio_xattr_list(from, NULL, 0);
  if (size <= 0 || size > 65536) return;
  char *names = (char *)malloc((size_t)size);
  if (names == NULL) return;
  size = folio_xattr_list(from, names, (size_t)size);
  for (ssize_t at = 0; at < size;) {
    const char *name = names + at;
    ssize_t length = folio_xattr_get(from, name, NULL, 0);
    if (length >= 0 && length <= 65536) {
      void *value = malloc((size_t)length + 1);
      if (value != NULL) {
        length = folio_xattr_get(from, name, value, (size_t)length);
        if (length >= 0) folio_xattr_set(to, name, value, (size_t)length);
        free(value);
      }
    }
    while (at < size && names[at] != 0) at++;
    at++;
  }
  free(names);
}

#endif

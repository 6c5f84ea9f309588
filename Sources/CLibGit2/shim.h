// libgit2. Every signature that differs between releases, and every call that Swift cannot make
// (variadic functions, brace macros), is wrapped here and nowhere else.
#ifndef FOLIO_CLIBGIT2_SHIM_H
#define FOLIO_CLIBGIT2_SHIM_H

#include <git2.h>
#include <git2/sys/commit.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>

// Whether objects, references and the index are flushed to the disk as they are written.
static inline int folio_git_set_flushing(int on) {
  return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, on);
}

// The folder in which the settings of a level are looked for: the user's own (`.gitconfig`).
static inline int folio_git_set_search_path(git_config_level_t level, const char *path) {
  return git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, path);
}

// The file with the certificates to trust instead of the system's.
static inline int folio_git_trust_authorities(const char *file) {
  return git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, file, NULL);
}

// Asks the system to end this process when the one that started it ends; without effect elsewhere.
static inline void folio_end_with_parent(void) {
#if defined(__linux__)
  extern int prctl(int option, ...);
  prctl(1 /* PR_SET_PDEATHSIG */, 15 /* SIGTERM */);
#endif
}

// Makes a commit of a tree and at most two parents without moving any reference.
static inline int folio_git_commit(git_oid *out, git_repository *repository,
                                   const git_signature *author, const git_signature *committer,
                                   const char *message, const git_oid *tree, size_t count,
                                   const git_oid *first, const git_oid *second) {
  const git_oid *parents[2] = {first, second};
  return git_commit_create_from_ids(out, repository, NULL, author, committer, NULL, message, tree,
                                    count, (void *)parents);
}

// From now on everything written to the repository stays in memory and ends with the process.
static inline int folio_git_keep_in_memory(git_repository *repository) {
  git_odb *objects = NULL;
  git_odb_backend *memory = NULL;
  int code = git_repository_odb(&objects, repository);
  if (code < 0) return code;
  code = git_mempack_new(&memory);
  if (code == 0) code = git_odb_add_backend(objects, memory, 999);
  git_odb_free(objects);
  return code;
}

// Flushes the whole file system of an open file; -1 where the system has no such call.
static inline int folio_flush_file_system(int descriptor) {
#if defined(__linux__)
  extern int syncfs(int descriptor);
  return syncfs(descriptor);
#else
  (void)descriptor;
  return -1;
#endif
}

// Begins to write an open file to the disk without waiting for it; without effect elsewhere.
static inline void folio_begin_flush(int descriptor) {
#if defined(__linux__)
  extern int sync_file_range(int descriptor, long long from, long long count, unsigned int flags);
  sync_file_range(descriptor, 0, 0, 2 /* SYNC_FILE_RANGE_WRITE */);
#else
  (void)descriptor;
#endif
}

#endif

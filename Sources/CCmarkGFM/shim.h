// cmark-gfm and its extensions. What Swift cannot read from the installed headers (node types that
// are exported but not declared, mutable globals) is reached through the functions below.
#ifndef FOLIO_CCMARKGFM_SHIM_H
#define FOLIO_CCMARKGFM_SHIM_H

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern cmark_node_type CMARK_NODE_TABLE;
extern cmark_node_type CMARK_NODE_TABLE_ROW;
extern cmark_node_type CMARK_NODE_TABLE_CELL;
extern cmark_node_type CMARK_NODE_STRIKETHROUGH;

static inline cmark_node_type folio_cmark_node_table(void) { return CMARK_NODE_TABLE; }
static inline cmark_node_type folio_cmark_node_table_row(void) { return CMARK_NODE_TABLE_ROW; }
static inline cmark_node_type folio_cmark_node_table_cell(void) { return CMARK_NODE_TABLE_CELL; }
static inline cmark_node_type folio_cmark_node_strikethrough(void) { return CMARK_NODE_STRIKETHROUGH; }

// How folio has documents parsed, here and in the trial below; NULL when memory runs out.
static inline cmark_parser *folio_cmark_parser(int options) {
  static const char *const names[] = {"table", "strikethrough", "autolink", "tagfilter", "tasklist"};
  cmark_gfm_core_extensions_ensure_registered();
  cmark_parser *parser = cmark_parser_new(options);
  for (size_t i = 0; parser != NULL && i < sizeof names / sizeof names[0]; i++) {
    cmark_syntax_extension *extension = cmark_find_syntax_extension(names[i]);
    if (extension != NULL) cmark_parser_attach_syntax_extension(parser, extension);
  }
  return parser;
}

// The bytes of memory that this process may write to, as RLIMIT_DATA counts them; 0 when the system
// does not say.
static inline size_t folio_data_size(void) {
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  char text[160];
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  size_t pages = 0;
  int field = 0;
  for (ssize_t i = 0; i < length && field < 6; i++) {
    if (text[i] == ' ') {
      field++;
    } else if (field == 5) {
      pages = pages * 10 + (size_t)(text[i] - '0');
    }
  }
  return pages * (size_t)sysconf(_SC_PAGESIZE);
}

// Whether a text is parsed and written as HTML within `seconds` of processor time and `memory` bytes
// above what this process has: tried in a child process, which the kernel ends when it has not
// finished. What the parser does depends on nothing but the text, so what passed once passes again.
//
// The child calls nothing but the parser and ends by _exit; no two threads may call this at once.
static inline int folio_cmark_ends(const char *text, size_t size, int options, unsigned seconds,
                                   size_t memory) {
  cmark_gfm_core_extensions_ensure_registered();
  pid_t child = fork();
  if (child < 0) return 0;
  if (child == 0) {
    size_t had = folio_data_size();
    struct rlimit time = {seconds, seconds}, space = {had + memory, had + memory}, none = {0, 0};
    setrlimit(RLIMIT_CPU, &time);
    if (had > 0) setrlimit(RLIMIT_DATA, &space);
    setrlimit(RLIMIT_CORE, &none);
    signal(SIGABRT, SIG_DFL);
    signal(SIGSEGV, SIG_DFL);
    close(2);  // the parser's last words when memory ends are not for people
    cmark_parser *parser = folio_cmark_parser(options);
    if (parser == NULL) _exit(1);
    cmark_parser_feed(parser, text, size);
    cmark_node *root = cmark_parser_finish(parser);
    if (root == NULL) _exit(1);
    char *html = cmark_render_html(root, options, cmark_parser_get_syntax_extensions(parser));
    _exit(html == NULL);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return 0;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

#endif

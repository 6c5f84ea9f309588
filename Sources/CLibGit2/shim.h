// libgit2. Every signature that differs between releases, and every call that Swift cannot make
// (variadic functions, brace macros), is wrapped here and nowhere else.
#ifndef FOLIO_CLIBGIT2_SHIM_H
#define FOLIO_CLIBGIT2_SHIM_H

#include <git2.h>

#endif

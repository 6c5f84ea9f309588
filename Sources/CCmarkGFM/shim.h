// cmark-gfm and its extensions. What Swift cannot read from the installed headers (node types that
// are exported but not declared, mutable globals) is reached through the functions below.
#ifndef FOLIO_CCMARKGFM_SHIM_H
#define FOLIO_CCMARKGFM_SHIM_H

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

extern cmark_node_type CMARK_NODE_TABLE;
extern cmark_node_type CMARK_NODE_TABLE_ROW;
extern cmark_node_type CMARK_NODE_TABLE_CELL;
extern cmark_node_type CMARK_NODE_STRIKETHROUGH;

static inline cmark_node_type folio_cmark_node_table(void) { return CMARK_NODE_TABLE; }
static inline cmark_node_type folio_cmark_node_table_row(void) { return CMARK_NODE_TABLE_ROW; }
static inline cmark_node_type folio_cmark_node_table_cell(void) { return CMARK_NODE_TABLE_CELL; }
static inline cmark_node_type folio_cmark_node_strikethrough(void) { return CMARK_NODE_STRIKETHROUGH; }

#endif

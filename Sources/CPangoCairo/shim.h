// Pango for shaping and line breaking, Cairo for PDF with its tags and outline.
#ifndef FOLIO_CPANGOCAIRO_SHIM_H
#define FOLIO_CPANGOCAIRO_SHIM_H

#include <cairo-pdf.h>
#include <cairo.h>
#include <glib-object.h>
#include <pango/pango.h>
#include <pango/pangocairo.h>

#endif

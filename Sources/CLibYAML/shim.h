// libyaml: the event parser, with a mark (line, column, byte index) for every event.
#ifndef FOLIO_CLIBYAML_SHIM_H
#define FOLIO_CLIBYAML_SHIM_H

#include <yaml.h>

#endif

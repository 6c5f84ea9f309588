// zlib, which libgit2 stands on: objects of git are compressed with it.
#ifndef FOLIO_CZLIB_SHIM_H
#define FOLIO_CZLIB_SHIM_H

#include <string.h>
#include <zlib.h>

// A macro in zlib.
static inline int folio_deflate_begin(z_stream *stream, int level) {
  memset(stream, 0, sizeof *stream);
  return deflateInit(stream, level);
}

// The bytes that `data` becomes when it is inflated, which are `size`; 0 when they are.
static inline int folio_inflate(const void *data, size_t count, void *out, size_t size) {
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  stream.next_in = (Bytef *)data;
  stream.avail_in = (uInt)count;
  stream.next_out = (Bytef *)out;
  stream.avail_out = (uInt)size;
  if (inflateInit(&stream) != Z_OK) return -1;
  int code = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  return code == Z_STREAM_END && stream.total_out == size ? 0 : -1;
}

#endif

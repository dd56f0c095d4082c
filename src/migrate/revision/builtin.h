/* The files of migrations/, embedded in the program. */
#ifndef MIGRATE_BUILTIN_H
#define MIGRATE_BUILTIN_H

#include "util/embedded.h"

extern const struct embedded_file builtin_files[];
extern const size_t builtin_nfiles;

#endif

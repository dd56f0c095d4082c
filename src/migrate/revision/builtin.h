/* The files of migrations/, as the build put them into the program. */
#ifndef MIGRATE_BUILTIN_H
#define MIGRATE_BUILTIN_H

#include "util/embedded.h"

extern const struct embedded_file builtin_files[];
extern const size_t builtin_nfiles;

#endif

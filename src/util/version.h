/* The program's version; the Makefile reads it here. */
#ifndef UTIL_VERSION_H
#define UTIL_VERSION_H

#define TASKMGR_VERSION "1.0"

#endif

/* SHA-256 (FIPS 180-4). */
#ifndef UTIL_SHA256_H
#define UTIL_SHA256_H

#include <stddef.h>

enum { SHA256_SIZE = 32 };

/* The digest of length bytes. */
void sha256(const void *data, size_t length, unsigned char digest[SHA256_SIZE]);

#endif

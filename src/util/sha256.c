#include "util/sha256.h"

#include <stdint.h>
#include <string.h>

enum { BLOCK_SIZE = 64, ROUNDS = 64, WORDS = 8 };

/* The fractions of the cube roots of the first 64 primes (4.2.2). */
static const uint32_t constants[ROUNDS] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
	0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
	0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
	0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
	0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t word, int count)
{
	return word >> count | word << (32 - count);
}

static uint32_t read_word(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	       (uint32_t)bytes[2] << 8 | bytes[3];
}

/* The message schedule (6.2.2, step 1). */
static void expand(const unsigned char *block, uint32_t *w)
{
	for (int i = 0; i < 16; i++)
		w[i] = read_word(block + (size_t)4 * i);
	for (int i = 16; i < ROUNDS; i++) {
		uint32_t a = w[i - 15], b = w[i - 2];

		w[i] = (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10) + w[i - 7] +
		       (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + w[i - 16];
	}
}

/* Steps 2 to 4: h[0] to h[7] are the standard's a to h. */
static void add_block(uint32_t *hash, const unsigned char *block)
{
	uint32_t w[ROUNDS], h[WORDS];

	expand(block, w);
	memcpy(h, hash, sizeof(h));
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t one = h[7] +
			       (rotate(h[4], 6) ^ rotate(h[4], 11) ^
				rotate(h[4], 25)) +
			       ((h[4] & h[5]) ^ (~h[4] & h[6])) + constants[i] +
			       w[i];
		uint32_t two = (rotate(h[0], 2) ^ rotate(h[0], 13) ^
				rotate(h[0], 22)) +
			       ((h[0] & h[1]) ^ (h[0] & h[2]) ^ (h[1] & h[2]));

		memmove(h + 1, h, (WORDS - 1) * sizeof(*h));
		h[4] += one;
		h[0] = one + two;
	}
	for (int i = 0; i < WORDS; i++)
		hash[i] += h[i];
}

/* The rest of the message, a bit, zeros, and its length in bits (5.1.1). */
static void add_end(uint32_t *hash, const unsigned char *rest, size_t length)
{
	unsigned char blocks[2 * BLOCK_SIZE] = { 0 };
	size_t left = length % BLOCK_SIZE;
	size_t size = left < BLOCK_SIZE - 8 ? BLOCK_SIZE : 2 * BLOCK_SIZE;
	uint64_t bits = (uint64_t)length * 8;

	memcpy(blocks, rest, left);
	blocks[left] = 0x80;
	for (int i = 1; i <= 8; i++, bits >>= 8)
		blocks[size - (size_t)i] = (unsigned char)bits;
	for (size_t at = 0; at < size; at += BLOCK_SIZE)
		add_block(hash, blocks + at);
	explicit_bzero(blocks, sizeof(blocks));
}

void sha256(const void *data, size_t length, unsigned char digest[SHA256_SIZE])
{
	/* The fractions of the square roots of the first 8 primes (5.3.3). */
	uint32_t hash[WORDS] = {
		0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
		0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
	};
	const unsigned char *bytes = data;
	size_t whole = length - length % BLOCK_SIZE;

	for (size_t at = 0; at < whole; at += BLOCK_SIZE)
		add_block(hash, bytes + at);
	add_end(hash, bytes + whole, length);
	for (size_t i = 0; i < SHA256_SIZE; i++)
		digest[i] = (unsigned char)(hash[i / 4] >> (24 - i % 4 * 8));
}

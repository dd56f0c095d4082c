#include "util/packed.h"

static void add_bits(struct buffer *out, const void *bits)
{
	buffer_add(out, bits, sizeof(int64_t));
}

void packed_add(struct buffer *out, struct value value)
{
	const int64_t length = (int64_t)value.length;

	buffer_byte(out, (char)value.kind);
	switch (value.kind) {
	case VALUE_NULL:
		return;
	case VALUE_INTEGER:
		add_bits(out, &value.integer);
		return;
	case VALUE_REAL:
		add_bits(out, &value.real);
		return;
	case VALUE_TEXT:
	case VALUE_BLOB:
		add_bits(out, &length);
		if (length)
			buffer_add(out, value.data, value.length);
		return;
	}
}

struct packed packed_open(struct value value)
{
	if (value.kind != VALUE_BLOB || !value.length)
		return (struct packed){ .at = NULL };
	return (struct packed){
		.at = value.data,
		.end = value.data + value.length,
	};
}

static bool take(struct packed *packed, void *out, size_t length)
{
	if ((size_t)(packed->end - packed->at) < length)
		return false;
	memcpy(out, packed->at, length);
	packed->at += length;
	return true;
}

static bool take_bytes(struct packed *packed, struct value *out)
{
	int64_t length;

	if (!take(packed, &length, sizeof(length)) || length < 0 ||
	    length > packed->end - packed->at)
		return false;
	out->data = packed->at;
	out->length = (size_t)length;
	packed->at += length;
	return true;
}

bool packed_next(struct packed *packed, struct value *out)
{
	if (packed->at == packed->end)
		return false;
	*out = (struct value){ .kind = (enum value_kind) * packed->at++ };
	switch (out->kind) {
	case VALUE_NULL:
		return true;
	case VALUE_INTEGER:
		return take(packed, &out->integer, sizeof(out->integer));
	case VALUE_REAL:
		return take(packed, &out->real, sizeof(out->real));
	case VALUE_TEXT:
	case VALUE_BLOB:
		return take_bytes(packed, out);
	}
	return false;
}

#include "identifier.h"

#include <stdlib.h>
#include <string.h>

#include "identifier_private.h"
#include "mem.h"
#include "plain.h"
#include "text.h"

static const struct {
	const char *word, *words;
} names[IDENTIFIER_COUNT] = {
	[IDENTIFIER_NONE] = { "", "" },
	[IDENTIFIER_EMAIL] = { "email", "e-mail addresses" },
	[IDENTIFIER_PHONE] = { "phone", "telephone numbers" },
	[IDENTIFIER_POSTCODE] = { "postcode", "postcodes" },
	[IDENTIFIER_IP] = { "ip", "IP addresses" },
	[IDENTIFIER_INSURANCE] = { "insurance", "National Insurance numbers" },
	[IDENTIFIER_NHS] = { "nhs", "NHS numbers" },
	[IDENTIFIER_POSITION] = { "position", "positions on the map" },
	[IDENTIFIER_URL] = { "url", "web addresses" },
	[IDENTIFIER_HANDLE] = { "handle", "names on social networks" },
	[IDENTIFIER_BIRTH] = { "birth", "dates of birth" },
	[IDENTIFIER_DATE] = { "date", "dates" },
	[IDENTIFIER_VEHICLE] = { "vehicle", "registration numbers of vehicles" },
	[IDENTIFIER_PASSPORT] = { "passport", "passport numbers" },
	[IDENTIFIER_LICENCE] = { "licence", "driving licence numbers" },
	[IDENTIFIER_ADDRESS] = { "address", "addresses" },
	[IDENTIFIER_PERSON] = { "person", "names of people" },
	[IDENTIFIER_WORKER] = { "worker", "names of workers" },
	[IDENTIFIER_PLACEMENT] = { "placement", "names of placements" },
	[IDENTIFIER_SCHOOL] = { "school", "names of schools" },
	[IDENTIFIER_HOSPITAL] = { "hospital", "names of hospitals" },
	[IDENTIFIER_ORGANISATION] = { "organisation", "names of organisations" },
	[IDENTIFIER_STREET] = { "street", "names of streets" },
	[IDENTIFIER_PLACE] = { "place", "names of places" },
	[IDENTIFIER_INDIRECT] = { "indirect", "words that tell indirectly" },
};

const char *identifier_word(enum identifier identifier)
{
	return names[identifier].word;
}

const char *identifier_words(enum identifier identifier)
{
	return names[identifier].words;
}

bool identifier_named(enum identifier *identifier, const char *word)
{
	for (int i = IDENTIFIER_NONE + 1; i < IDENTIFIER_COUNT; i++)
		if (strcmp(names[i].word, word) == 0) {
			*identifier = (enum identifier)i;
			return true;
		}
	return false;
}

const char *confidence_word(enum confidence confidence)
{
	static const char *const words[CONFIDENCE_COUNT] = {
		[CONFIDENCE_LOW] = "low", [CONFIDENCE_MEDIUM] = "medium", [CONFIDENCE_HIGH] = "high"
	};
	return words[confidence];
}

/* --- a text --- */

static void (*const rooms[])(struct finder *) = {
	find_numbers, find_places, find_online, find_spoken, find_dates, find_names, find_indirect,
};

void finder_add(struct finder *finder, size_t from, size_t end, enum identifier type, enum confidence confidence,
                const char *reason)
{
	struct spans *found = finder->found;
	found->spans = mem_grow(found->spans, found->count, &found->capacity, sizeof *found->spans);
	found->spans[found->count++] = (struct span){
		.byte = from,
		.bytes = end - from,
		.type = type,
		.confidence = confidence,
		.entry = ROSTER_NONE,
		.reason = reason,
	};
}

/* In the order of the text; of those that begin together the longest first. The last two make the order whole. */
static int compare_places(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	if (x->byte != y->byte)
		return x->byte < y->byte ? -1 : 1;
	if (x->bytes != y->bytes)
		return x->bytes > y->bytes ? -1 : 1;
	if (x->confidence != y->confidence)
		return x->confidence > y->confidence ? -1 : 1;
	return (int)x->type - (int)y->type;
}

static int compare_surest(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	if (x->confidence != y->confidence)
		return x->confidence > y->confidence ? -1 : 1;
	if (x->bytes != y->bytes)
		return x->bytes > y->bytes ? -1 : 1;
	if ((x->entry == ROSTER_NONE) != (y->entry == ROSTER_NONE))
		return y->entry == ROSTER_NONE ? -1 : 1;
	return compare_places(a, b);
}

/* What is replaced, and holds within it something surer, is as sure: half of a web address must not stay because a name
 * stands in it. In the order of compare_places. */
static void raise_containers(struct spans *found)
{
	size_t *open = mem_alloc(found->count, sizeof *open), depth = 0;
	for (size_t i = 0; i < found->count; i++) {
		struct span *inner = &found->spans[i];
		size_t left = 0; /* of the open ones, those that have not ended: not only the last may have */
		for (size_t d = 0; d < depth; d++) {
			struct span *outer = &found->spans[open[d]];
			size_t end = outer->byte + outer->bytes;
			if (end <= inner->byte)
				continue;
			open[left++] = open[d];
			bool within = inner->byte + inner->bytes <= end && inner->bytes < outer->bytes;
			if (within && outer->confidence >= CONFIDENCE_MEDIUM && outer->confidence < inner->confidence)
				outer->confidence = inner->confidence;
		}
		depth = left;
		if (inner->confidence >= CONFIDENCE_MEDIUM)
			open[depth++] = i;
	}
	free(open);
}

/* Of those that overlap the surest, of these the longest. */
static void keep_apart(struct spans *found, size_t length)
{
	bool *taken = mem_alloc(length + 1, sizeof *taken);
	size_t kept = 0;
	mem_sort(found->spans, found->count, sizeof *found->spans, compare_surest);
	for (size_t i = 0; i < found->count; i++) {
		struct span span = found->spans[i];
		if (memchr(taken + span.byte, true, span.bytes))
			continue;
		memset(taken + span.byte, true, span.bytes);
		found->spans[kept++] = span;
	}
	found->count = kept;
	free(taken);
	mem_sort(found->spans, found->count, sizeof *found->spans, compare_places);
}

static void count_codepoints(struct spans *found, const char *text, size_t length)
{
	size_t byte = 0, codepoint = 0;
	for (size_t i = 0; i < found->count; i++) {
		struct span *span = &found->spans[i];
		for (; byte < span->byte; codepoint++)
			byte += plain_length(text + byte, length - byte);
		span->start = codepoint;
		for (; byte < span->byte + span->bytes; codepoint++)
			byte += plain_length(text + byte, length - byte);
		span->length = codepoint - span->start;
	}
}

void identifier_scan(struct spans *spans, const char *text, const struct identifier_context *context)
{
	static const struct identifier_context nothing_known;
	struct spans found = { 0 };
	struct finder finder = { .context = context ? context : &nothing_known, .found = &found };
	passage_read(&finder.passage, text);
	for (size_t i = 0; i < COUNT(rooms); i++)
		rooms[i](&finder);
	mem_sort(found.spans, found.count, sizeof *found.spans, compare_places);
	raise_containers(&found);
	keep_apart(&found, finder.passage.length);
	count_codepoints(&found, text, finder.passage.length);
	for (size_t i = 0; i < found.count; i++) {
		spans->spans = mem_grow(spans->spans, spans->count, &spans->capacity, sizeof *spans->spans);
		spans->spans[spans->count++] = found.spans[i];
	}
	spans_free(&found);
	passage_free(&finder.passage);
}

void spans_free(struct spans *spans)
{
	free(spans->spans);
	*spans = (struct spans){ 0 };
}

/* --- sameness --- */

/* Letters and digits without anything between, in capitals. */
static char *same_code(const char *text)
{
	char *same = mem_copy_text(text), *end = same;
	for (const char *at = text; *at; at++)
		if (is_digit(*at) || is_letter(*at))
			*end++ = (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at);
	*end = '\0';
	return same;
}

/* Plain words, `between` them. */
static char *same_words(const char *text, const char *between)
{
	struct passage passage;
	struct text same = { 0 };
	text_add(&same, "");
	passage_read(&passage, text);
	for (size_t i = 0; i < passage.count; i++) {
		text_add(&same, i ? between : "");
		text_add_bytes(&same, passage.words[i].plain, passage.words[i].stem_length);
	}
	passage_free(&passage);
	return same.bytes;
}

static char *same_lower(const char *text)
{
	char *same = mem_copy_text(text);
	for (char *c = same; *c; c++)
		*c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
	return same;
}

static char *same_phone(const char *text)
{
	struct shape shape;
	if (shape_phone(&shape, text))
		return mem_copy_text(shape.key);
	char *cut = mem_print("0%s", text);
	char *same = shape_phone(&shape, cut) ? mem_copy_text(shape.key) : same_code(text);
	free(cut);
	return same;
}

static char *same_date(const char *text)
{
	struct shape shape;
	return shape_date(&shape, text, 2030) ? mem_copy_text(shape.key) : same_words(text, " ");
}

static char *same_url(const char *text)
{
	char *lower = same_lower(text), *from = lower; /* the host only: a path tells small letters from capitals */
	from += strncmp(from, "https://", 8) == 0 ? 8 : strncmp(from, "http://", 7) == 0 ? 7 : 0;
	from += strncmp(from, "www.", 4) == 0 ? 4 : 0;
	size_t host = strcspn(from, "/");
	strcpy(from + host, text + (from - lower) + host);
	size_t length = strlen(from);
	char *same = mem_copy_bytes(from, length - (length > 0 && from[length - 1] == '/'));
	free(lower);
	return same;
}

char *identifier_same(const char *text, const struct span *span)
{
	if (span->entry != ROSTER_NONE)
		return mem_print("%zu", span->entry);
	char *part = mem_copy_bytes(text + span->byte, span->bytes), *same = NULL;
	switch (span->type) {
	case IDENTIFIER_PHONE: same = same_phone(part); break;
	case IDENTIFIER_POSTCODE:
	case IDENTIFIER_INSURANCE:
	case IDENTIFIER_NHS:
	case IDENTIFIER_VEHICLE:
	case IDENTIFIER_PASSPORT:
	case IDENTIFIER_LICENCE: same = same_code(part); break;
	case IDENTIFIER_BIRTH:
	case IDENTIFIER_DATE: same = same_date(part); break;
	case IDENTIFIER_URL: same = same_url(part); break;
	case IDENTIFIER_HANDLE: same = same_lower(part + (*part == '@')); break;
	case IDENTIFIER_EMAIL:
	case IDENTIFIER_IP:
	case IDENTIFIER_POSITION: same = same_lower(part); break;
	default: same = same_words(part, " ");
	}
	free(part);
	return same;
}

/* --- a cell --- */

/* The shapes in the order in which a cell is asked: a number may fit several. `sure`: only with what makes it known. */
static const struct {
	enum identifier type;
	bool (*fits)(struct shape *shape, const char *at);
	bool sure;
} cell_shapes[] = {
	{ IDENTIFIER_PHONE, shape_phone, false },         { IDENTIFIER_NHS, shape_nhs, true },
	{ IDENTIFIER_POSTCODE, shape_postcode, false },   { IDENTIFIER_IP, shape_ip, false },
	{ IDENTIFIER_INSURANCE, shape_insurance, false },
};

/* Latitude and longitude, and behind them, as in Kobo's exports, height and precision. */
static bool is_position(const char *text)
{
	struct shape shape;
	return strspn(text, "0123456789.-, ") == strlen(text) && shape_position(&shape, text)
	       && (!text[shape.bytes] || strchr(" ,", text[shape.bytes]));
}

enum identifier identifier_of_value(const char *text)
{
	size_t length = strlen(text), bytes;
	const char *from;
	for (const char *at = text; (at = strchr(at, '@')); at++)
		if (shape_email(&from, &bytes, text, at))
			return IDENTIFIER_EMAIL;
	if (length < 5 || length > 254)
		return IDENTIFIER_NONE;
	for (size_t i = 0; i < COUNT(cell_shapes); i++) {
		struct shape shape;
		if (cell_shapes[i].fits(&shape, text) && shape.bytes == length && (shape.known || !cell_shapes[i].sure))
			return cell_shapes[i].type;
	}
	return is_position(text) ? IDENTIFIER_POSITION : IDENTIFIER_NONE;
}

#include "pattern.h"

#include <stdlib.h>
#include <string.h>

enum { ANY_NUMBER = 5, SET_SIZE = 256 };

/* One place of the pattern: the signs that may stand there. */
struct place {
	char signs[SET_SIZE];
	size_t count;
};

static bool add_range(struct place *place, char first, char last)
{
	for (int sign = first; sign <= last; sign++) {
		if (place->count == SET_SIZE)
			return false;
		place->signs[place->count++] = (char)sign;
	}
	return first <= last;
}

static bool read_set(struct place *place, const char **pattern)
{
	const char *at = *pattern;
	if (*at == '^')
		return false;
	for (bool first = true; *at && (first || *at != ']'); first = false) {
		if (*at == '[' && strchr(":.=", at[1]))
			return false;
		bool range = at[1] == '-' && at[2] && at[2] != ']';
		if (!add_range(place, *at, range ? at[2] : *at))
			return false;
		at += range ? 3 : 1;
	}
	*pattern = at + 1;
	return *at == ']';
}

static bool read_place(struct place *place, const char **pattern)
{
	char sign = *(*pattern)++;
	place->count = 0;
	if (sign == '[')
		return read_set(place, pattern);
	if (sign == '.')
		return add_range(place, 'a', 'z');
	if (sign == '\\')
		sign = *(*pattern)++;
	else if (strchr("()|^$*+?{}", sign))
		return false;
	return sign && add_range(place, sign, sign);
}

static bool read_counts(long *least, long *most, const char **pattern)
{
	*least = *most = 1;
	switch (**pattern) {
	case '?': *least = 0; break;
	case '*':
		*least = 0;
		*most = ANY_NUMBER;
		break;
	case '+': *most = ANY_NUMBER; break;
	case '{': {
		char *end;
		*least = *most = strtol(*pattern + 1, &end, 10);
		if (*end == ',') {
			const char *second = end + 1;
			*most = strtol(second, &end, 10);
			if (end == second)
				*most = *least + ANY_NUMBER;
		}
		*pattern = end;
		if (*end != '}' || *least < 0 || *most < *least)
			return false;
		break;
	}
	default: return true;
	}
	++*pattern;
	return true;
}

bool pattern_text(char *text, size_t size, const char *pattern, gsl_rng *rng)
{
	size_t length = 0;
	while (*pattern) {
		struct place place;
		long least, most;
		if (!read_place(&place, &pattern) || !read_counts(&least, &most, &pattern))
			return false;
		long times = least + (long)gsl_rng_uniform_int(rng, (unsigned long)(most - least) + 1);
		if (times < 0 || (size_t)times >= size - length)
			return false;
		for (; times > 0; times--)
			text[length++] = place.signs[gsl_rng_uniform_int(rng, place.count)];
	}
	text[length] = '\0';
	return true;
}

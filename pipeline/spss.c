#include "spss.h"

#include <errno.h>
#include <float.h>
#include <iconv.h>
#include <limits.h>
#include <math.h>
#include <readstat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uthash.h>

#include "converter.h"
#include "date.h"
#include "mem.h"
#include "number.h"
#include "plain_file.h"
#include "text.h"

/* Where the header of a system file holds what is needed here; the file's own byte order. */
enum { HEADER_SIZE = 176, HEADER_LAYOUT = 64, HEADER_COMPRESSION = 72, HEADER_CASES = 80 };

/* ReadStat counts cases in an int. */
enum { CASE_LIMIT = INT_MAX };

/* The file, as ReadStat reads it. */
struct input {
	FILE *file;
	long long at, size;
	bool system;        /* .sav or .zsav */
	bool in_cases;      /* past the dictionary */
	bool failed, ended; /* reading failed; more was asked for than there is */
	size_t tail;        /* bytes of the last read that came short among the cases */
	unsigned char last; /* byte read */
};

/* Value labels as ReadStat hands them out: before it says which variables have them, or in which encoding they are. */
struct label_set {
	const char *name;
	struct raw_label {
		double number;
		const char *text; /* NULL: a number */
		const char *label;
	} * items;
	size_t count, capacity;
	struct spss_label *labels; /* for texts and plain numbers; NULL before they are asked for */
	UT_hash_handle hh;
};

struct spss {
	char *path, *encoding;
	struct input input;
	long long cases; /* as the header says; -1: it does not */
	int compression;
	iconv_t converter;
	bool converts; /* converter is open */
	bool ascii;    /* ASCII is the same in this encoding */
	char *decoded;
	size_t decoded_size;
	struct mem_arena *arena;
	struct spss_variable *variables;
	const char **set_names; /* of each variable; NULL: it has no labels */
	size_t count, variable_capacity, set_name_capacity;
	struct label_set *sets;
	size_t label_count;
};

static bool fails(struct spss *spss, const char *code, struct error *err, const char *message, const char *help)
{
	error_at(err, ERROR_INPUT, spss->path, 0, "%s", message);
	error_code(err, code);
	return error_help(err, "%s", help);
}

static bool is_truncated(struct spss *spss, struct error *err)
{
	return fails(spss, "file-truncated", err, "the SPSS file ends too early",
	             "fetch the file again, and compare its size with the original's");
}

static bool is_corrupt(struct spss *spss, struct error *err, const char *why)
{
	return fails(spss, "file-corrupt", err, why,
	             "fetch the file again; if SPSS or PSPP can open it, save it there anew");
}

/* --- the file --- */

static int input_open(const char *path, void *data)
{
	(void)path; /* it is open, so that both passes read the same file */
	struct input *input = data;
	clearerr(input->file);
	input->at = 0;
	input->in_cases = input->failed = input->ended = false;
	input->tail = 0;
	return fseeko(input->file, 0, SEEK_SET) == 0 ? 0 : -1;
}

static int input_close(void *data)
{
	(void)data;
	return 0;
}

static readstat_off_t input_seek(readstat_off_t offset, readstat_io_flags_t whence, void *data)
{
	struct input *input = data;
	long long base = whence == READSTAT_SEEK_SET ? 0 : whence == READSTAT_SEEK_CUR ? input->at : input->size;
	if (whence == READSTAT_SEEK_CUR && offset < 0)
		return -1; /* a length that overflowed */
	if (offset > input->size - base || offset < -base) {
		input->ended = true;
		return -1;
	}
	if (fseeko(input->file, base + offset, SEEK_SET) != 0) {
		input->failed = true;
		return -1;
	}
	input->at = base + offset;
	return input->at;
}

/* Never -1, which ReadStat takes for a long read. The number of cases is hidden from ReadStat: it then reads all there
 * are, and what the header says is compared here, so that neither a cut file nor a damaged number loses respondents. */
static ssize_t input_read(void *buffer, size_t wanted, void *data)
{
	struct input *input = data;
	unsigned char *bytes = buffer;
	size_t got = fread(bytes, 1, wanted, input->file);
	if (got < wanted) {
		input->failed = input->failed || ferror(input->file);
		input->ended = true;
		if (input->in_cases && got > 0)
			input->tail = got;
	}
	for (long long i = HEADER_CASES; input->system && i < HEADER_CASES + 4; i++)
		if (i >= input->at && i < input->at + (long long)got)
			bytes[i - input->at] = 0xff;
	input->at += (long long)got;
	if (got > 0)
		input->last = bytes[got - 1];
	return (ssize_t)got;
}

static readstat_error_t input_update(long size, readstat_progress_handler progress, void *user, void *data)
{
	(void)size, (void)progress, (void)user, (void)data;
	return READSTAT_OK;
}

enum magic { MAGIC_NONE, MAGIC_SYSTEM, MAGIC_PORTABLE };

/* By the first bytes: a system file's magic; a portable file's five splash lines of 40 characters, one of them in
 * ASCII, or the tag behind its translation table. */
static enum magic recognise(const char *bytes, size_t length)
{
	static const char splash[] = "SPSS PORT FILE", tag[] = "SPSSPORT";
	if (length >= 4 && (memcmp(bytes, "$FL2", 4) == 0 || memcmp(bytes, "$FL3", 4) == 0))
		return MAGIC_SYSTEM;
	for (size_t i = 0; i + strlen(tag) <= length; i++)
		if (memcmp(bytes + i, tag, strlen(tag)) == 0
		    || (i + strlen(splash) <= length && i < 200 && memcmp(bytes + i, splash, strlen(splash)) == 0))
			return MAGIC_PORTABLE;
	return MAGIC_NONE;
}

static FILE *open_file(const char *path, struct stat *status)
{
	int file = plain_file_open(path, status);
	FILE *stream = file < 0 ? NULL : fdopen(file, "rb");
	if (file >= 0 && !stream)
		close(file);
	return stream;
}

bool spss_recognise(const char *path)
{
	struct stat status = { 0 };
	char head[600];
	FILE *file = open_file(path, &status);
	if (!file)
		return false;
	size_t length = fread(head, 1, sizeof head, file);
	fclose(file);
	return recognise(head, length) != MAGIC_NONE;
}

static long long header_number(const unsigned char *header, size_t at, bool swapped)
{
	unsigned long number = 0;
	for (size_t i = 0; i < 4; i++)
		number = number << 8 | header[at + (swapped ? i : 3 - i)];
	return number >= 0x80000000UL ? (long long)number - 0x100000000LL : (long long)number;
}

/* A case takes at least eight bytes; packed, one for each of its values; in a .zsav at most 1,032 times less, which is
 * what deflate can do. A number of cases beyond that would have us wait for a file that is not there. */
static bool read_header(struct spss *spss, const unsigned char *header, size_t length, struct error *err)
{
	if (length < HEADER_SIZE)
		return is_truncated(spss, err);
	long long layout = header_number(header, HEADER_LAYOUT, false);
	bool swapped = layout != 2 && layout != 3;
	spss->cases = header_number(header, HEADER_CASES, swapped);
	spss->compression = (int)header_number(header, HEADER_COMPRESSION, swapped);
	if (spss->cases < -1)
		return is_corrupt(spss, err, "the SPSS file's header has a negative number of cases");
	long long most = spss->compression == 0   ? spss->input.size / 8
	                 : spss->compression == 1 ? spss->input.size
	                                          : spss->input.size * 1032;
	if (spss->cases > most)
		return fails(spss, "file-truncated", err,
		             "the SPSS file's header counts more cases than the file can hold",
		             "fetch the file again, and compare its size with the original's");
	return true;
}

static bool open_input(struct spss *spss, struct error *err)
{
	struct stat status = { 0 };
	unsigned char head[600];
	struct input *input = &spss->input;
	input->file = open_file(spss->path, &status);
	if (!input->file && (errno == EISDIR || errno == EINVAL))
		return error_at(err, ERROR_INPUT, spss->path, 0, "a folder or a device, not a file");
	if (!input->file)
		return error_at(err, errno == ENOENT ? ERROR_NO_INPUT : ERROR_IO, spss->path, 0, "cannot open: %s",
		                strerror(errno));
	input->size = status.st_size;
	size_t length = fread(head, 1, sizeof head, input->file);
	if (ferror(input->file))
		return error_at(err, ERROR_IO, spss->path, 0, "cannot read: %s", strerror(errno));
	if (length == 0)
		return fails(spss, "file-empty", err, "the file is empty", "fetch the file again");
	enum magic magic = recognise((const char *)head, length);
	if (magic == MAGIC_NONE)
		return fails(
			spss, "file-not-text", err, "this is no SPSS file (.sav, .zsav or .por)",
			"give the file as SPSS saved it, unpacked; if it is another kind of file, check the platform "
			"of this export in the config");
	input->system = magic == MAGIC_SYSTEM;
	return !input->system || read_header(spss, head, length, err);
}

/* Run ReadStat over the file. It is told to convert nothing: where it cannot, it drops bytes and says nothing, so texts
 * are decoded here. With `encoding` UTF-8 it also passes over the NULs that some programs pad segments of long texts
 * with, and that would hide what follows. */
static bool parse(struct spss *spss, const readstat_callbacks_t *handlers, const char *encoding, void *user,
                  struct error *err)
{
	readstat_parser_t *parser = readstat_parser_init();
	if (!parser)
		return error_set(err, ERROR_FAULT, "ReadStat cannot begin");
	readstat_set_metadata_handler(parser, handlers->metadata);
	readstat_set_variable_handler(parser, handlers->variable);
	readstat_set_value_label_handler(parser, handlers->value_label);
	readstat_set_value_handler(parser, handlers->value);
	readstat_set_open_handler(parser, input_open);
	readstat_set_close_handler(parser, input_close);
	readstat_set_seek_handler(parser, input_seek);
	readstat_set_read_handler(parser, input_read);
	readstat_set_update_handler(parser, input_update);
	readstat_set_io_ctx(parser, &spss->input);
	readstat_set_row_limit(parser, CASE_LIMIT); /* without a number of cases, no limit would be no case */
	readstat_set_handler_character_encoding(parser, NULL);
	readstat_set_file_character_encoding(parser, encoding);
	readstat_error_t code = spss->input.system ? readstat_parse_sav(parser, spss->path, user)
	                                           : readstat_parse_por(parser, spss->path, user);
	readstat_parser_free(parser);

	if (spss->input.failed)
		return error_at(err, ERROR_IO, spss->path, 0, "cannot read the SPSS file");
	switch (code) {
	case READSTAT_OK: return true;
	case READSTAT_ERROR_USER_ABORT: return false; /* the handler said why */
	case READSTAT_ERROR_READ:
	case READSTAT_ERROR_SEEK: return is_truncated(spss, err);
	case READSTAT_ERROR_UNSUPPORTED_CHARSET:
		return fails(spss, "file-encoding", err, "the SPSS file declares an encoding that is not known",
		             "name the encoding of its texts under `encoding` in the config, such as windows-1252");
	case READSTAT_ERROR_MALLOC:
		return is_corrupt(spss, err, "the SPSS file asks for more memory than a survey can need");
	default:
		return spss->input.ended ? is_truncated(spss, err)
		                         : is_corrupt(spss, err, "the SPSS file cannot be read: it is damaged");
	}
}

/* --- texts --- */

/* Whether ASCII is the same in the encoding, as where texts need no conversion. */
static bool keeps_ascii(iconv_t converter)
{
	char ascii[0x7f - 0x20 + 1] = { 0 }, same[4 * sizeof ascii] = { 0 };
	for (size_t i = 0; i + 1 < sizeof ascii; i++)
		ascii[i] = (char)(0x20 + i);
	char *in = ascii, *out = same;
	size_t left = sizeof ascii - 1, room = sizeof same - 1;
	return iconv(converter, &in, &left, &out, &room) == 0 && strcmp(ascii, same) == 0;
}

/* As given; else as the file declares; else UTF-8. */
static bool choose_converter(struct spss *spss, const char *given, struct error *err)
{
	const char *from = given ? given : spss->encoding[0] ? spss->encoding : "UTF-8";
	spss->converts = converter_open(&spss->converter, from);
	if (spss->converts) {
		spss->ascii = keeps_ascii(spss->converter);
		return true;
	}
	if (given) {
		error_at(err, ERROR_CONFIG, spss->path, 0, "there is no encoding `%s` for SPSS files", given);
	} else {
		error_at(err, ERROR_INPUT, spss->path, 0, "the SPSS file declares the encoding %s, which is not known",
		         spss->encoding);
		error_code(err, "file-encoding");
	}
	return error_help(err, "name the encoding of its texts under `encoding` in the config, such as "
	                       "windows-1252; `iconv -l` lists the names");
}

/* `raw` as UTF-8 without blanks at its end, borrowed until the next call; NULL where it is no text of the encoding.
 * Programs that count bytes cut texts in the middle of a letter: half a letter at the end becomes U+FFFD, which ingest
 * reports. */
static const char *decode(struct spss *spss, const char *raw)
{
	static const char replacement[] = "\xef\xbf\xbd";
	size_t length = strlen(raw);
	if (spss->decoded_size < 4 * length + sizeof replacement) {
		free(spss->decoded);
		spss->decoded_size = 2 * (4 * length + sizeof replacement);
		spss->decoded = mem_alloc(spss->decoded_size, 1);
	}
	char *in = (char *)raw, *out = spss->decoded; /* iconv does not write to it */
	size_t left = length, room = spss->decoded_size - sizeof replacement;
	bool plain = spss->ascii || !spss->input.system; /* portable files were translated by their own table */
	for (size_t i = 0; i < length && plain && spss->input.system; i++)
		plain = (raw[i] >= 0x20 && raw[i] < 0x7f) || raw[i] == '\n' || raw[i] == '\r' || raw[i] == '\t';
	if (plain) {
		memcpy(out, raw, length);
		out += length;
	} else {
		iconv(spss->converter, NULL, NULL, NULL, NULL);
		if (iconv(spss->converter, &in, &left, &out, &room) == (size_t)-1) {
			if (errno != EINVAL)
				return NULL;
			memcpy(out, replacement, strlen(replacement));
			out += strlen(replacement);
		}
	}
	while (out > spss->decoded && out[-1] == ' ')
		out--;
	*out = '\0';
	return spss->decoded;
}

static bool is_undecodable(struct spss *spss, struct error *err)
{
	if (spss->encoding[0])
		error_at(err, ERROR_INPUT, spss->path, 0, "a text of the SPSS file is not in the encoding %s",
		         spss->encoding);
	else
		error_at(err, ERROR_INPUT, spss->path, 0,
		         "the SPSS file does not say in which encoding its texts are, and they are not UTF-8");
	error_code(err, "file-encoding");
	return error_help(err, "name the encoding that the file was saved in under `encoding` in the config, such as "
	                       "windows-1252; or save it in SPSS as Unicode");
}

/* Text of the dictionary, in place of *text; NULL stays. */
static bool decode_in_place(struct spss *spss, const char **text, struct error *err)
{
	const char *decoded = *text ? decode(spss, *text) : NULL;
	if (*text && !decoded)
		return is_undecodable(spss, err);
	*text = mem_arena_copy(spss->arena, decoded);
	return true;
}

/* --- numbers and dates --- */

/* SPSS counts seconds from the beginning of the Gregorian calendar, 1582-10-14. */
enum { DAY = 86400, EPOCH_DAYS = 141428, LAST_DAY = 3074324 /* 9999-12-31 */ };

static enum spss_kind kind_of_format(const char *format)
{
	static const struct {
		const char *name;
		enum spss_kind kind;
	} kinds[] = {
		{ "DATE", SPSS_DATE },       { "ADATE", SPSS_DATE }, { "EDATE", SPSS_DATE },
		{ "JDATE", SPSS_DATE },      { "SDATE", SPSS_DATE }, { "MOYR", SPSS_DATE },
		{ "QYR", SPSS_DATE },        { "WKYR", SPSS_DATE },  { "DATETIME", SPSS_DATETIME },
		{ "YMDHMS", SPSS_DATETIME }, { "TIME", SPSS_TIME },  { "DTIME", SPSS_TIME },
		{ "MTIME", SPSS_TIME },
	};
	size_t length = strcspn(format, "0123456789.");
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strlen(kinds[i].name) == length && strncmp(kinds[i].name, format, length) == 0)
			return kinds[i].kind;
	return SPSS_NUMBER;
}

/* The shortest digits that read back, without an exponent: the readers of cells know none. */
static void print_number(char text[NUMBER_TEXT_SIZE], double value)
{
	if (fabs(value) < 1e15 && value == floor(value)) { /* most cells, and much faster */
		snprintf(text, NUMBER_TEXT_SIZE, "%lld", (long long)value);
		return;
	}
	number_print_exact(text, value);
	const char *e = strchr(text, 'e');
	if (!e)
		return;
	int digits = 0, exponent = atoi(e + 1);
	for (const char *c = text; c < e; c++)
		digits += *c >= '0' && *c <= '9';
	int decimals = digits - 1 - exponent;
	snprintf(text, NUMBER_TEXT_SIZE, "%.*f", decimals > 0 ? decimals : 0, value);
}

static bool is_declared_missing(const struct spss_variable *variable, double value)
{
	for (size_t i = 0; i < variable->missing_count; i++)
		if (value >= variable->missing[i].low && value <= variable->missing[i].high)
			return true;
	return false;
}

static void add_value(struct text *text, const struct spss_variable *variable, double value)
{
	char number[NUMBER_TEXT_SIZE];
	if (isnan(value) || value == -DBL_MAX) /* system-missing */
		return;
	print_number(number, value);
	bool in_calendar = value >= 0 && value < (double)(LAST_DAY + 1) * DAY;
	bool is_date = variable->kind == SPSS_DATE || variable->kind == SPSS_DATETIME;
	if (variable->kind == SPSS_NUMBER || !isfinite(value) || is_declared_missing(variable, value)
	    || (is_date && !in_calendar) || fabs(value) >= (double)(LAST_DAY + 1) * DAY) {
		text_add(text, number);
		return;
	}
	const char *fraction = strchr(number, '.');
	long long seconds = (long long)floor(fabs(value)), time = is_date ? seconds % DAY : seconds;
	if (is_date) {
		char date[11];
		date_print(date, seconds / DAY - EPOCH_DAYS);
		text_add(text, date);
		if (variable->kind == SPSS_DATE && time == 0 && !fraction)
			return;
		text_add(text, " ");
	}
	text_print(text, "%s%02lld:%02lld:%02lld%s", value < 0 ? "-" : "", time / 3600, time / 60 % 60, time % 60,
	           fraction ? fraction : "");
}

static const char *value_text(struct spss *spss, const struct spss_variable *variable, double value)
{
	struct text text = { 0 };
	add_value(&text, variable, value);
	const char *copy = mem_arena_copy(spss->arena, text.bytes ? text.bytes : "");
	text_free(&text);
	return copy;
}

/* --- the first pass: the dictionary --- */

struct dictionary_pass {
	struct spss *spss;
	const char *given; /* encoding */
	struct error *err;
};

static int take_metadata(readstat_metadata_t *metadata, void *data)
{
	struct dictionary_pass *pass = data;
	struct spss *spss = pass->spss;
	if (readstat_get_var_count(metadata) > CSV_FIELD_LIMIT) {
		fails(spss, "file-too-large", pass->err, "the SPSS file has more than 20,000 variables",
		      "save only the variables that the study needs");
		return READSTAT_HANDLER_ABORT;
	}
	const char *declared = readstat_get_file_encoding(metadata);
	if (!spss->encoding)
		spss->encoding = mem_copy_text(pass->given ? pass->given : declared ? declared : "");
	return READSTAT_HANDLER_OK;
}

static int take_value_label(const char *name, readstat_value_t value, const char *label, void *data)
{
	struct dictionary_pass *pass = data;
	struct spss *spss = pass->spss;
	struct label_set *set = NULL;
	if (++spss->label_count > SPSS_LABEL_LIMIT) {
		fails(spss, "file-too-large", pass->err, "the SPSS file has more than 1,000,000 value labels",
		      "save only the variables that the study needs");
		return READSTAT_HANDLER_ABORT;
	}
	HASH_FIND_STR(spss->sets, name, set);
	if (!set) {
		set = mem_alloc(1, sizeof *set);
		set->name = mem_arena_copy(spss->arena, name);
		HASH_ADD_KEYPTR(hh, spss->sets, set->name, strlen(set->name), set);
	}
	bool is_text = readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING;
	const char *text = is_text ? readstat_string_value(value) : NULL;
	set->items = mem_grow(set->items, set->count, &set->capacity, sizeof *set->items);
	set->items[set->count++] = (struct raw_label){
		.number = is_text ? 0 : readstat_double_value(value),
		.text = is_text ? mem_arena_copy(spss->arena, text ? text : "") : NULL,
		.label = mem_arena_copy(spss->arena, label ? label : ""),
	};
	return READSTAT_HANDLER_OK;
}

/* A range of texts, which SPSS does not allow, is more than `struct spss_missing` can say. */
static bool take_missing(struct spss *spss, struct spss_variable *variable, const readstat_variable_t *from,
                         struct error *err)
{
	int count = readstat_variable_get_missing_ranges_count(from);
	struct spss_missing *missing = mem_alloc((size_t)(count > 0 ? count : 0), sizeof *missing);
	variable->missing = missing;
	for (int i = 0; i < count; i++) {
		struct spss_missing *one = &missing[variable->missing_count];
		readstat_value_t low = readstat_variable_get_missing_range_lo(from, i);
		readstat_value_t high = readstat_variable_get_missing_range_hi(from, i);
		if (variable->kind == SPSS_TEXT) {
			const char *first = readstat_string_value(low), *last = readstat_string_value(high);
			if (!first || !last || strcmp(first, last) != 0) {
				is_corrupt(spss, err,
				           "a text variable has a range of missing values, which SPSS does not allow");
				return error_record(err, "column %zu", spss->count);
			}
			one->text = mem_arena_copy(spss->arena, first);
			variable->missing_count += !text_is_blank(first);
			continue;
		}
		one->low = readstat_double_value(low);
		one->high = readstat_double_value(high);
		one->range = one->low < one->high;
		variable->missing_count +=
			one->low <= one->high; /* false of NaN too: system-missing is missing anyway */
	}
	return true;
}

static int take_variable(int index, readstat_variable_t *from, const char *label_set, void *data)
{
	(void)index;
	struct dictionary_pass *pass = data;
	struct spss *spss = pass->spss;
	if (spss->count >= CSV_FIELD_LIMIT) {
		is_corrupt(spss, pass->err, "the SPSS file has more variables than its header says");
		return READSTAT_HANDLER_ABORT;
	}
	spss->variables = mem_grow(spss->variables, spss->count, &spss->variable_capacity, sizeof *spss->variables);
	spss->set_names = mem_grow(spss->set_names, spss->count, &spss->set_name_capacity, sizeof *spss->set_names);
	struct spss_variable *variable = &spss->variables[spss->count];
	spss->set_names[spss->count++] = mem_arena_copy(spss->arena, label_set);
	const char *name = readstat_variable_get_name(from), *label = readstat_variable_get_label(from);
	const char *format = readstat_variable_get_format(from);
	variable->name = mem_arena_copy(spss->arena, name ? name : "");
	variable->label = mem_arena_copy(spss->arena, label ? label : "");
	bool is_text = readstat_variable_get_type_class(from) == READSTAT_TYPE_CLASS_STRING;
	variable->kind = is_text ? SPSS_TEXT : kind_of_format(format ? format : "");
	return take_missing(spss, variable, from, pass->err) ? READSTAT_HANDLER_OK : READSTAT_HANDLER_ABORT;
}

static bool decode_dictionary(struct spss *spss, struct error *err)
{
	for (size_t i = 0; i < spss->count; i++) {
		struct spss_variable *variable = &spss->variables[i];
		struct spss_missing *missing =
			(struct spss_missing *)variable->missing; /* ours until it is handed out */
		if (!decode_in_place(spss, &variable->name, err) || !decode_in_place(spss, &variable->label, err))
			return false;
		for (size_t k = 0; k < variable->missing_count; k++) {
			if (!decode_in_place(spss, &missing[k].text, err))
				return false;
			if (!missing[k].text && !missing[k].range)
				missing[k].text = value_text(spss, variable, missing[k].low);
		}
	}
	for (struct label_set *set = spss->sets; set; set = set->hh.next)
		for (size_t i = 0; i < set->count; i++)
			if (!decode_in_place(spss, &set->items[i].text, err)
			    || !decode_in_place(spss, &set->items[i].label, err))
				return false;
	return true;
}

/* Variables often share a set, and thousands of them may: but dates, they share its texts too. */
static bool share_labels(struct spss *spss, struct error *err)
{
	for (size_t i = 0; i < spss->count; i++) {
		struct spss_variable *variable = &spss->variables[i];
		struct label_set *set = NULL;
		if (spss->set_names[i])
			HASH_FIND_STR(spss->sets, spss->set_names[i], set);
		if (!set)
			continue;
		bool own = variable->kind != SPSS_TEXT && variable->kind != SPSS_NUMBER;
		if (own && (spss->label_count += set->count) > SPSS_LABEL_LIMIT)
			return fails(spss, "file-too-large", err, "the SPSS file has more than 1,000,000 value labels",
			             "save only the variables that the study needs");
		struct spss_label *labels = own ? NULL : set->labels;
		if (!labels) {
			labels = mem_alloc(set->count, sizeof *labels);
			for (size_t k = 0; k < set->count; k++) {
				const struct raw_label *item = &set->items[k];
				labels[k].text = item->text ? item->text : value_text(spss, variable, item->number);
				labels[k].label = item->label;
			}
		}
		if (!own)
			set->labels = labels;
		variable->labels = labels;
		variable->label_count = set->count;
	}
	return true;
}

bool spss_open(struct spss **spss_out, const char *path, const char *encoding, struct error *err)
{
	struct spss *spss = mem_alloc(1, sizeof *spss);
	struct dictionary_pass pass = { spss, encoding, err };
	const readstat_callbacks_t handlers = {
		.metadata = take_metadata,
		.variable = take_variable,
		.value_label = take_value_label,
	};
	spss->path = mem_copy_text(path);
	spss->arena = mem_arena_new();
	spss->cases = -1;
	bool ok = open_input(spss, err) && parse(spss, &handlers, encoding, &pass, err);
	if (ok && spss->count == 0)
		ok = is_corrupt(spss, err, "the SPSS file has no variables");
	if (!spss->encoding)
		spss->encoding = mem_copy_text(encoding ? encoding : "");
	ok = ok && choose_converter(spss, encoding, err) && decode_dictionary(spss, err) && share_labels(spss, err);
	if (!ok) {
		spss_close(spss);
		spss = NULL;
	}
	*spss_out = spss;
	return ok;
}

void spss_close(struct spss *spss)
{
	if (!spss)
		return;
	for (size_t i = 0; i < spss->count; i++) {
		const struct spss_variable *variable = &spss->variables[i];
		if (variable->kind != SPSS_TEXT && variable->kind != SPSS_NUMBER)
			free((void *)variable->labels);
		free((void *)variable->missing);
	}
	struct label_set *set = NULL, *next = NULL;
	HASH_ITER(hh, spss->sets, set, next)
	{
		HASH_DEL(spss->sets, set);
		free(set->labels);
		free(set->items);
		free(set);
	}
	if (spss->input.file)
		fclose(spss->input.file);
	if (spss->converts)
		iconv_close(spss->converter);
	mem_arena_free(spss->arena);
	free(spss->variables);
	free((void *)spss->set_names);
	free(spss->decoded);
	free(spss->encoding);
	free(spss->path);
	free(spss);
}

const struct spss_variable *spss_variables(const struct spss *spss, size_t *count)
{
	*count = spss->count;
	return spss->variables;
}

const char *spss_encoding(const struct spss *spss)
{
	return spss->encoding;
}

/* --- the second pass: the cases --- */

struct case_pass {
	struct spss *spss;
	bool (*take)(const struct csv_record *record, void *data, struct error *err);
	void *data;
	struct error *err;
	struct text cells; /* of one case, each with its NUL */
	size_t *starts;
	const char **fields;
	bool *line_ends;
	size_t filled, cases;
	bool too_long;
};

static int enter_cases(int index, readstat_variable_t *variable, const char *label_set, void *data)
{
	(void)index, (void)variable, (void)label_set;
	struct case_pass *pass = data;
	pass->spss->input.in_cases = true; /* ReadStat has read the dictionary when it hands out variables */
	return READSTAT_HANDLER_OK;
}

static bool add_text(struct case_pass *pass, size_t index, const char *raw)
{
	struct spss *spss = pass->spss;
	const char *text = decode(spss, raw ? raw : "");
	if (!text) {
		is_undecodable(spss, pass->err);
		return error_record(pass->err, "record %zu, column %.64s", pass->cases + 1,
		                    spss->variables[index].name);
	}
	pass->line_ends[index] = text[strcspn(text, "\r\n")] != '\0';
	pass->too_long = pass->too_long || strlen(text) > CSV_CELL_LIMIT;
	text_add(&pass->cells, text);
	return true;
}

static bool finish_case(struct case_pass *pass)
{
	struct spss *spss = pass->spss;
	for (size_t i = 0; i < spss->count; i++)
		pass->fields[i] = pass->cells.bytes + pass->starts[i];
	pass->cases++;
	if (spss->cases >= 0 && (long long)pass->cases > spss->cases)
		return is_corrupt(spss, pass->err, "the SPSS file holds more cases than its header says");
	if (pass->cases >= CASE_LIMIT || (long long)pass->cases > BYTES_LIMIT / 8 / (long long)spss->count)
		return fails(spss, "file-too-large", pass->err, "the SPSS file unpacks to more than 16 GiB",
		             "save it in parts, or without the variables that the study does not need");
	struct csv_record record = {
		.line = pass->cases,
		.record = pass->cases,
		.count = spss->count,
		.fields = pass->fields,
		.quoted_line_end = pass->line_ends,
	};
	if (pass->too_long || pass->cells.length > CSV_RECORD_LIMIT)
		record = (struct csv_record){ .line = pass->cases, .record = pass->cases, .damage = "row-length" };
	pass->filled = pass->cells.length = 0;
	pass->too_long = false;
	return pass->take(&record, pass->data, pass->err);
}

static int take_value(int row, readstat_variable_t *from, readstat_value_t value, void *data)
{
	(void)row;
	struct case_pass *pass = data;
	struct spss *spss = pass->spss;
	size_t index = pass->filled;
	bool is_text = readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING;
	if (readstat_variable_get_index(from) != (int)index || is_text != (spss->variables[index].kind == SPSS_TEXT)) {
		is_corrupt(spss, pass->err, "the SPSS file's cases do not have the form that its dictionary says");
		return READSTAT_HANDLER_ABORT;
	}
	pass->starts[index] = pass->cells.length;
	pass->line_ends[index] = false;
	if (is_text) {
		if (!add_text(pass, index, readstat_string_value(value)))
			return READSTAT_HANDLER_ABORT;
	} else {
		if (!readstat_value_is_system_missing(value))
			add_value(&pass->cells, &spss->variables[index], readstat_double_value(value));
	}
	text_add_bytes(&pass->cells, "", 1);
	if (++pass->filled < spss->count)
		return READSTAT_HANDLER_OK;
	return finish_case(pass) ? READSTAT_HANDLER_OK : READSTAT_HANDLER_ABORT;
}

/* Behind the mark that ends a portable file's cases stands nothing but more of it: anything else are cases that a
 * damaged byte cut off. */
static bool check_portable_end(struct spss *spss, struct error *err)
{
	for (int c; (c = getc(spss->input.file)) != EOF;)
		if (c != spss->input.last && c != '\r' && c != '\n' && c != ' ' && c != 0x1a && c != 0)
			return is_corrupt(spss, err, "the SPSS file goes on behind the mark of its end");
	return true;
}

static bool check_end(struct case_pass *pass, struct error *err)
{
	struct spss *spss = pass->spss;
	if (pass->filled > 0)
		return is_truncated(spss, err);
	if (!spss->input.system)
		return check_portable_end(spss, err);
	if (spss->cases >= 0 && (long long)pass->cases < spss->cases) {
		is_truncated(spss, err);
		return error_record(err, "%zu cases of %lld", pass->cases, spss->cases);
	}
	if (spss->cases < 0 && spss->compression < 2 && spss->input.tail % (spss->compression == 1 ? 8 : SIZE_MAX) != 0)
		return is_truncated(spss, err); /* without a count, a last piece that is none must do */
	return true;
}

bool spss_each(struct spss *spss, bool (*take)(const struct csv_record *record, void *data, struct error *err),
               void *data, struct error *err)
{
	struct case_pass pass = { .spss = spss, .take = take, .data = data, .err = err };
	const readstat_callbacks_t handlers = { .variable = enter_cases, .value = take_value };
	pass.starts = mem_alloc(spss->count, sizeof *pass.starts);
	pass.fields = mem_alloc(spss->count, sizeof *pass.fields);
	pass.line_ends = mem_alloc(spss->count, sizeof *pass.line_ends);
	bool ok = parse(spss, &handlers, "UTF-8", &pass, err) && check_end(&pass, err);
	text_free(&pass.cells);
	free(pass.starts);
	free(pass.fields);
	free(pass.line_ends);
	return ok;
}

#include "testing.h"

#include <errno.h>
#include <fcntl.h>
#include <readstat.h>
#include <stdbool.h>

#include "spss.h"
#include "text.h"

/* Files are written with ReadStat's own writer, and then damaged by hand. Seconds since 1582-10-14 are 86400 times the
 * days of `date -u -d DAY +%s` / 86400 + 141428, the days from there to 1970-01-01 (SPSS Command Syntax Reference,
 * "Date and Time Functions"; Python's date(1970,1,1) - date(1582,10,14), proleptic). */
#define SECONDS(days_since_1970) (86400.0 * ((days_since_1970) + 141428))

enum { CASES = 40, DAY_2026_03_31 = 20543 };

static ssize_t append(const void *bytes, size_t length, void *data)
{
	text_add_bytes(data, bytes, length);
	return (ssize_t)length;
}

static readstat_writer_t *new_writer(readstat_compress_t compression)
{
	readstat_writer_t *writer = readstat_writer_init();
	readstat_set_data_writer(writer, append);
	readstat_writer_set_compression(writer, compression);
	readstat_writer_set_file_timestamp(writer, 0);
	return writer;
}

static readstat_variable_t *add_number(readstat_writer_t *writer, const char *name, const char *format)
{
	readstat_variable_t *variable = readstat_add_variable(writer, name, READSTAT_TYPE_DOUBLE, 0);
	readstat_variable_set_format(variable, format);
	return variable;
}

/* CASES cases with a variable of each kind. */
static void write_sample(struct text *bytes, readstat_compress_t compression)
{
	static const char filler[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	readstat_writer_t *writer = new_writer(compression);
	readstat_label_set_t *sexes = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, "sexes");
	readstat_label_double_value(sexes, 2, "woman");
	readstat_label_double_value(sexes, 1, "man");
	readstat_label_double_value(sexes, -9.5, "no answer");
	readstat_label_set_t *towns = readstat_add_label_set(writer, READSTAT_TYPE_STRING, "towns");
	readstat_label_string_value(towns, "L", "Luton");
	readstat_label_string_value(towns, "B", "Bedford");
	readstat_label_set_t *days = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, "days");
	readstat_label_double_value(days, SECONDS(DAY_2026_03_31), "the last day");
	readstat_label_double_value(days, 9999, "not known");

	readstat_variable_t *variables[] = {
		add_number(writer, "identity_of_respondent", "F8.0"),
		add_number(writer, "sex", "F4.1"),
		add_number(writer, "hours", "F8.2"),
		readstat_add_variable(writer, "town", READSTAT_TYPE_STRING, 3),
		readstat_add_variable(writer, "story", READSTAT_TYPE_STRING, 600),
		add_number(writer, "day", "DATE11"),
		add_number(writer, "at", "DATETIME20"),
	};
	readstat_variable_set_label(variables[0], "Who is it?");
	readstat_variable_set_label_set(variables[1], sexes);
	readstat_variable_add_missing_double_value(variables[1], -9.5);
	readstat_variable_add_missing_double_value(variables[1], 8);
	readstat_variable_add_missing_double_range(variables[2], -HUGE_VAL, -1);
	readstat_variable_add_missing_double_value(variables[2], 999);
	readstat_variable_set_label_set(variables[3], towns);
	readstat_variable_add_missing_string_value(variables[3], "NA");
	readstat_variable_set_label_set(variables[5], days);
	readstat_variable_add_missing_double_value(variables[5], 9999);
	readstat_variable_set_label(variables[6], "Gespr\xc3\xa4"
	                                          "ch");

	assert_int_equal(readstat_begin_writing_sav(writer, bytes, CASES), READSTAT_OK);
	char story[601] = { 0 };
	for (size_t i = 0; i + 1 < sizeof story; i++)
		story[i] = filler[i % 36];
	for (int i = 0; i < CASES; i++) {
		readstat_begin_row(writer);
		readstat_insert_double_value(writer, variables[0], 1000 + i);
		readstat_insert_double_value(writer, variables[1], i % 3 ? i % 3 : -9.5);
		if (i % 5)
			readstat_insert_double_value(writer, variables[2], 0.1 * i);
		else
			readstat_insert_missing_value(writer, variables[2]);
		readstat_insert_string_value(writer, variables[3], i % 2 ? "L" : "NA");
		readstat_insert_string_value(writer, variables[4], i % 4 ? "two\nlines  " : story);
		readstat_insert_double_value(writer, variables[5], i % 7 ? SECONDS(DAY_2026_03_31) : 9999);
		readstat_insert_double_value(writer, variables[6], SECONDS(DAY_2026_03_31) + 45296 + i);
		readstat_end_row(writer);
	}
	assert_int_equal(readstat_end_writing(writer), READSTAT_OK);
	readstat_writer_free(writer);
}

static void write_portable(struct text *bytes)
{
	readstat_writer_t *writer = new_writer(READSTAT_COMPRESS_NONE);
	readstat_variable_t *number = add_number(writer, "NUMBER", "F8.2");
	readstat_variable_t *word = readstat_add_variable(writer, "WORD", READSTAT_TYPE_STRING, 8);
	readstat_variable_add_missing_double_value(number, -1);
	assert_int_equal(readstat_begin_writing_por(writer, bytes, CASES), READSTAT_OK);
	for (int i = 0; i < CASES; i++) {
		readstat_begin_row(writer);
		readstat_insert_double_value(writer, number, i - 1);
		readstat_insert_string_value(writer, word, i % 2 ? "odd" : "even");
		readstat_end_row(writer);
	}
	assert_int_equal(readstat_end_writing(writer), READSTAT_OK);
	readstat_writer_free(writer);
}

/* One text variable `a` of 8 bytes, one case. */
static void write_word(struct text *bytes, const char *word)
{
	readstat_writer_t *writer = new_writer(READSTAT_COMPRESS_NONE);
	readstat_variable_t *variable = readstat_add_variable(writer, "a", READSTAT_TYPE_STRING, 8);
	readstat_begin_writing_sav(writer, bytes, 1);
	readstat_begin_row(writer);
	readstat_insert_string_value(writer, variable, word);
	readstat_end_row(writer);
	assert_int_equal(readstat_end_writing(writer), READSTAT_OK);
	readstat_writer_free(writer);
}

/* Little-endian, as the writer writes on this machine. */
static void put_number(struct text *bytes, size_t at, unsigned long number)
{
	for (size_t i = 0; i < 4; i++)
		bytes->bytes[at + i] = (char)(number >> 8 * i & 0xff);
}

/* Where record 7, subtype 3 holds the code of the character set: behind its four words and seven of its eight. */
static size_t find_character_code(const struct text *bytes)
{
	static const char head[] = "\7\0\0\0\3\0\0\0\4\0\0\0\10\0\0\0";
	for (size_t i = 0; i + 48 <= bytes->length; i++)
		if (memcmp(bytes->bytes + i, head, 16) == 0)
			return i + 16 + 28;
	fail_msg("the writer wrote no record of its integers");
	return 0;
}

/* --- reading --- */

/* Each case as cells with | after each, and a line end; ^ before a cell with a line end in it. */
struct got {
	struct text text;
	size_t rows, damaged, stop_after; /* 0: never */
};

static bool take(const struct csv_record *record, void *data, struct error *err)
{
	struct got *got = data;
	got->rows++;
	got->damaged += record->damage != NULL;
	assert_int_equal(record->line, got->rows);
	assert_int_equal(record->record, got->rows);
	for (size_t i = 0; i < record->count; i++)
		text_print(&got->text, "%s%s|", record->quoted_line_end[i] ? "^" : "", record->fields[i]);
	text_add(&got->text, "\n");
	if (got->stop_after && got->rows == got->stop_after)
		return error_set(err, ERROR_IO, "no room");
	return true;
}

static bool read_bytes(const struct text *bytes, size_t length, const char *encoding, struct got *got,
                       struct error *err)
{
	struct spss *spss = NULL;
	static char *folder; /* one for thousands of files */
	if (!folder)
		folder = test_folder();
	char *path = test_file_bytes(folder, "x.sav", bytes->bytes, length);
	*err = (struct error){ 0 };
	*got = (struct got){ .stop_after = got->stop_after };
	bool ok = spss_open(&spss, path, encoding, err) && spss_each(spss, take, got, err);
	assert_true(ok == (err->kind == ERROR_NONE));
	spss_close(spss);
	free(path);
	return ok;
}

static void assert_refused(const struct text *bytes, const char *encoding, enum error_kind kind, const char *code)
{
	struct got got = { 0 };
	struct error err;
	assert_false(read_bytes(bytes, bytes->length, encoding, &got, &err));
	assert_int_equal(err.kind, kind);
	assert_string_equal(err.code, code);
	assert_true(err.help[0]);
	text_free(&got.text);
}

static struct spss *open_sample(struct text *bytes, struct error *err)
{
	struct spss *spss = NULL;
	char *folder = test_folder();
	write_sample(bytes, READSTAT_COMPRESS_ROWS);
	char *path = test_file_bytes(folder, "x.sav", bytes->bytes, bytes->length);
	assert_ok(spss_open(&spss, path, NULL, err), err);
	free(path);
	free(folder);
	return spss;
}

/* --- tests --- */

static void variables_have_names_labels_and_kinds(void **state)
{
	(void)state;
	static const struct {
		const char *name, *label;
		enum spss_kind kind;
	} expected[] = {
		{ "identity_of_respondent", "Who is it?", SPSS_NUMBER },
		{ "sex", "", SPSS_NUMBER },
		{ "hours", "", SPSS_NUMBER },
		{ "town", "", SPSS_TEXT },
		{ "story", "", SPSS_TEXT },
		{ "day", "", SPSS_DATE },
		{ "at",
		  "Gespr\xc3\xa4"
		  "ch",
		  SPSS_DATETIME },
	};
	struct error err = { 0 };
	struct text bytes = { 0 };
	struct spss *spss = open_sample(&bytes, &err);
	size_t count = 0;
	const struct spss_variable *variables = spss_variables(spss, &count);
	assert_int_equal(count, COUNT(expected));
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(variables[i].name, expected[i].name);
		assert_string_equal(variables[i].label, expected[i].label);
		assert_int_equal(variables[i].kind, expected[i].kind);
	}
	assert_string_equal(spss_encoding(spss), "UTF-8");
	spss_close(spss);
	text_free(&bytes);
}

static void value_labels_keep_their_order_and_are_written_as_cells_are(void **state)
{
	(void)state;
	static const struct {
		size_t variable, at;
		const char *text, *label;
	} expected[] = {
		{ 1, 0, "2", "woman" },        { 1, 1, "1", "man" },     { 1, 2, "-9.5", "no answer" },
		{ 3, 0, "L", "Luton" },        { 3, 1, "B", "Bedford" }, { 5, 0, "2026-03-31", "the last day" },
		{ 5, 1, "9999", "not known" },
	};
	struct error err = { 0 };
	struct text bytes = { 0 };
	struct spss *spss = open_sample(&bytes, &err);
	size_t count = 0;
	const struct spss_variable *variables = spss_variables(spss, &count);
	assert_int_equal(variables[0].label_count, 0);
	assert_int_equal(variables[1].label_count, 3);
	assert_int_equal(variables[3].label_count, 2);
	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct spss_label *label = &variables[expected[i].variable].labels[expected[i].at];
		assert_string_equal(label->text, expected[i].text);
		assert_string_equal(label->label, expected[i].label);
	}
	spss_close(spss);
	text_free(&bytes);
}

static void declared_missing_values_are_told_single_in_ranges_and_as_texts(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct text bytes = { 0 };
	struct spss *spss = open_sample(&bytes, &err);
	size_t count = 0;
	const struct spss_variable *variables = spss_variables(spss, &count);
	assert_int_equal(variables[0].missing_count, 0);
	assert_int_equal(variables[1].missing_count, 2);
	assert_false(variables[1].missing[0].range);
	assert_string_equal(variables[1].missing[0].text, "-9.5");
	assert_string_equal(variables[1].missing[1].text, "8");
	assert_int_equal(variables[2].missing_count, 2);
	assert_true(variables[2].missing[0].range);
	assert_null(variables[2].missing[0].text);
	assert_true(isinf(variables[2].missing[0].low) && variables[2].missing[0].low < 0);
	assert_close(variables[2].missing[0].high, -1, 0);
	assert_string_equal(variables[2].missing[1].text, "999");
	assert_int_equal(variables[3].missing_count, 1);
	assert_string_equal(variables[3].missing[0].text, "NA");
	assert_string_equal(variables[5].missing[0].text, "9999");
	spss_close(spss);
	text_free(&bytes);
}

static const struct packing {
	const char *name;
	readstat_compress_t compression;
} packings[] = {
	{ "cases are read from a plain .sav", READSTAT_COMPRESS_NONE },
	{ "cases are read from a packed .sav", READSTAT_COMPRESS_ROWS },
	{ "cases are read from a .zsav", READSTAT_COMPRESS_BINARY },
};

static void cases_are_read(void **state)
{
	const struct packing *packing = *state;
	struct got got = { 0 };
	struct error err;
	struct text bytes = { 0 };
	write_sample(&bytes, packing->compression);
	assert_ok(read_bytes(&bytes, bytes.length, NULL, &got, &err), &err);
	assert_int_equal(got.rows, CASES);
	/* the first case: sex is declared missing and stays, hours is system-missing, the long text comes whole */
	assert_memory_equal(got.text.bytes, "1000|-9.5||NA|0123456789abc", 27);
	const char *second = strchr(got.text.bytes, '\n') + 1;
	assert_int_equal(second - got.text.bytes - 1, 5 + 5 + 1 + 3 + 601 + 5 + 20);
	assert_memory_equal(second - 27, "|9999|2026-03-31 12:34:56|\n", 27);
	/* 0.1 * 1 and 0.1 * 3, the second of which is not 0.3 */
	assert_memory_equal(second, "1001|1|0.1|L|^two\nlines|2026-03-31|2026-03-31 12:34:57|\n", 56);
	assert_non_null(strstr(second, "1003|-9.5|0.30000000000000004|L|"));
	text_free(&got.text);
	text_free(&bytes);
}

static void a_portable_file_is_read(void **state)
{
	(void)state;
	struct got got = { 0 };
	struct error err;
	struct text bytes = { 0 };
	write_portable(&bytes);
	assert_ok(read_bytes(&bytes, bytes.length, NULL, &got, &err), &err);
	assert_int_equal(got.rows, CASES);
	assert_memory_equal(got.text.bytes, "-1|even|\n0|odd|\n1|even|\n", 24);
	text_free(&got.text);
	text_free(&bytes);
}

/* Formats and texts from the SPSS Command Syntax Reference, "Date and Time". */
static const struct written {
	const char *format;
	double value;
	const char *text;
} writings[] = {
	{ "F8.2", 12, "12" },
	{ "F8.2", -0.0, "0" },
	{ "F8.2", 1.005, "1.005" },
	{ "F8.2", -1e15, "-1000000000000000" },
	{ "F8.2", 123456789012345678.0, "123456789012345680" },
	{ "F8.2", 1e-7, "0.0000001" },
	{ "F8.2", -2.5e-10, "-0.00000000025" },
	{ "COMMA8.2", 1234.5, "1234.5" },
	{ "WKDAY3", 2, "2" },
	{ "MONTH3", 12, "12" },
	{ "DATE11", 0, "1582-10-14" },
	{ "DATE11", SECONDS(0), "1970-01-01" },
	{ "ADATE10", SECONDS(DAY_2026_03_31), "2026-03-31" },
	{ "EDATE10", SECONDS(DAY_2026_03_31), "2026-03-31" },
	{ "SDATE10", SECONDS(DAY_2026_03_31), "2026-03-31" },
	{ "JDATE7", SECONDS(DAY_2026_03_31), "2026-03-31" },
	{ "MOYR8", SECONDS(DAY_2026_03_31 - 30), "2026-03-01" },
	{ "QYR8", SECONDS(DAY_2026_03_31 + 1), "2026-04-01" },
	{ "DATE11", SECONDS(DAY_2026_03_31) + 1, "2026-03-31 00:00:01" },
	{ "DATE11", SECONDS(DAY_2026_03_31) + 0.5, "2026-03-31 00:00:00.5" },
	{ "DATE11", SECONDS(2932896), "9999-12-31" },
	{ "DATE11", SECONDS(2932897), "265621680000" },
	{ "DATE11", -86400, "-86400" },
	{ "DATETIME20", SECONDS(DAY_2026_03_31), "2026-03-31 00:00:00" },
	{ "DATETIME23.2", SECONDS(DAY_2026_03_31) + 86399.25, "2026-03-31 23:59:59.25" },
	{ "TIME8", 3661, "01:01:01" },
	{ "TIME8", 0, "00:00:00" },
	{ "TIME11.2", 59.75, "00:00:59.75" },
	{ "TIME8", -90, "-00:01:30" },
	{ "TIME8", 360000, "100:00:00" },
	{ "DTIME11", 129600, "36:00:00" },
};

static void values_are_written_by_their_format(void **state)
{
	(void)state;
	struct got got = { 0 };
	struct error err;
	struct text bytes = { 0 }, expected = { 0 };
	readstat_writer_t *writer = new_writer(READSTAT_COMPRESS_NONE);
	readstat_variable_t *variables[COUNT(writings)];
	for (size_t i = 0; i < COUNT(writings); i++) {
		char name[20];
		snprintf(name, sizeof name, "v%zu", i);
		variables[i] = add_number(writer, name, writings[i].format);
		text_print(&expected, "%s|", writings[i].text);
	}
	text_add(&expected, "\n");
	assert_int_equal(readstat_begin_writing_sav(writer, &bytes, 1), READSTAT_OK);
	readstat_begin_row(writer);
	for (size_t i = 0; i < COUNT(writings); i++)
		readstat_insert_double_value(writer, variables[i], writings[i].value);
	readstat_end_row(writer);
	readstat_end_writing(writer);
	readstat_writer_free(writer);
	assert_ok(read_bytes(&bytes, bytes.length, NULL, &got, &err), &err);
	assert_string_equal(got.text.bytes, expected.bytes);
	text_free(&expected);
	text_free(&got.text);
	text_free(&bytes);
}

/* A word as it lies in the file, the code of the character set (0: the record is hidden, so that none is declared), and
 * what the config says; the cell, or the code of the refusal. 65001 is UTF-8, 1252 and 1250 are those of Windows. */
static const struct wording {
	const char *name, *word;
	unsigned long code;
	const char *encoding, *cell, *refusal;
} wordings[] = {
	{ "a text in UTF-8 is read", "\xc3\xa9t\xc3\xa9", 65001, NULL, "\xc3\xa9t\xc3\xa9", NULL },
	{ "a text in a declared encoding is converted", "\xe9t\xe9", 1252, NULL, "\xc3\xa9t\xc3\xa9", NULL },
	{ "a text in another declared encoding is converted", "\xe8", 1250, NULL, "\xc4\x8d", NULL },
	{ "a text that is not in the declared encoding is refused", "\xe9t\xe9", 65001, NULL, NULL, "file-encoding" },
	{ "the config's encoding outweighs the file's", "\xe9t\xe9", 65001, "windows-1252", "\xc3\xa9t\xc3\xa9", NULL },
	{ "the config's encoding serves a character set that nobody knows", "\xe9t\xe9", 9999, "windows-1252",
	  "\xc3\xa9t\xc3\xa9", NULL },
	{ "a character set that nobody knows is refused", "abc", 9999, NULL, NULL, "file-encoding" },
	{ "ASCII needs no declaration", "abc", 0, NULL, "abc", NULL },
	{ "without a declaration, bytes that are not UTF-8 are refused", "\xe9t\xe9", 0, NULL, NULL, "file-encoding" },
	{ "half a letter at the end of a text can be seen", "caf\xc3", 65001, NULL, "caf\xef\xbf\xbd", NULL },
	{ "an encoding that does not exist is the config's fault", "abc", 65001, "windoze", NULL, "config" },
	{ "an encoding that would leave bytes out is the config's fault", "abc", 65001, "UTF-8//IGNORE", NULL,
	  "config" },
	{ "an encoding of two bytes a letter is the config's fault", "abcd", 65001, "utf-16le", NULL, "config" },
	{ "an encoding without a name is the config's fault", "abcd", 65001, "", NULL, "config" },
};

static void texts_are_decoded(void **state)
{
	const struct wording *wording = *state;
	struct got got = { 0 };
	struct error err;
	struct text bytes = { 0 };
	write_word(&bytes, wording->word);
	size_t at = find_character_code(&bytes);
	if (wording->code)
		put_number(&bytes, at, wording->code);
	else
		put_number(&bytes, at - 28 - 12, 99); /* a subtype that nobody reads */
	bool ok = read_bytes(&bytes, bytes.length, wording->encoding, &got, &err);
	if (wording->refusal) {
		assert_false(ok);
		assert_string_equal(err.code, wording->refusal);
		assert_int_equal(err.kind, strcmp(wording->refusal, "config") == 0 ? ERROR_CONFIG : ERROR_INPUT);
		assert_non_null(strstr(err.help, "`encoding`"));
		assert_null(strstr(err.message, "t\xe9"));
	} else {
		assert_ok(ok, &err);
		got.text.bytes[got.text.length - 2] = '\0'; /* | and the line end */
		assert_string_equal(got.text.bytes, wording->cell);
	}
	text_free(&got.text);
	text_free(&bytes);
}

static void write_form(struct text *bytes, int form)
{
	if (form < 3)
		write_sample(bytes, packings[form].compression);
	else
		write_portable(bytes);
}

/* stderr into a file; the size of what came there in between. */
static int hush(const char *path)
{
	int kept = dup(2), file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	fflush(stderr);
	dup2(file, 2);
	close(file);
	return kept;
}

static long speak(int kept, const char *path)
{
	fflush(stderr);
	dup2(kept, 2);
	close(kept);
	FILE *file = fopen(path, "rb");
	fseek(file, 0, SEEK_END);
	long size = ftell(file);
	fclose(file);
	return size;
}

static void a_file_that_is_cut_off_is_refused_wherever_it_is_cut(void **state)
{
	(void)state;
	char *folder = test_folder(), *said = mem_print("%s/stderr", folder);
	for (int form = 0; form < 4; form++) {
		struct text bytes = { 0 };
		size_t refused = 0, cuts = 0;
		write_form(&bytes, form);
		int kept = hush(said);
		for (size_t length = 0; length < bytes.length; length += 97, cuts++) {
			struct got got = { 0 };
			struct error err;
			bool ok = read_bytes(&bytes, length, NULL, &got, &err);
			refused += !ok;
			assert_true(!ok || got.rows == CASES); /* what is cut off was padding */
			assert_true(ok || err.kind == ERROR_INPUT);
			text_free(&got.text);
		}
		assert_int_equal(speak(kept, said), 0);
		assert_true(refused + 1 >= cuts);
		text_free(&bytes);
	}
	free(said);
	free(folder);
}

static void flipped_bytes_lose_no_cases_unseen(void **state)
{
	(void)state;
	static const unsigned char flips[] = { 0x01, 0x80, 0xff, 0x5a };
	for (int form = 0; form < 4; form++) {
		struct text bytes = { 0 };
		write_form(&bytes, form);
		for (size_t at = 0; at < bytes.length; at += at < 1500 ? 1 : 13) {
			struct got got = { 0 };
			struct error err;
			unsigned char flip = flips[at % COUNT(flips)];
			bytes.bytes[at] = (char)((unsigned char)bytes.bytes[at] ^ flip);
			bool ok = read_bytes(&bytes, bytes.length, NULL, &got, &err);
			bytes.bytes[at] = (char)((unsigned char)bytes.bytes[at] ^ flip);
			if (ok && got.rows != CASES)
				fail_msg("form %d, byte %zu: %zu cases", form, at, got.rows);
			text_free(&got.text);
		}
		text_free(&bytes);
	}
}

/* The number of cases stands at byte 80 of a system file. */
static const struct miscount {
	const char *name;
	unsigned long cases;
	readstat_compress_t compression;
	const char *refusal; /* NULL: all cases are read */
} miscounts[] = {
	{ "more cases in the header than in the file are refused", CASES + 1, READSTAT_COMPRESS_NONE,
	  "file-truncated" },
	{ "fewer cases in the header than in the file are refused", CASES - 1, READSTAT_COMPRESS_NONE, "file-corrupt" },
	{ "fewer cases in the header of a packed file are refused", CASES - 1, READSTAT_COMPRESS_ROWS, "file-corrupt" },
	{ "fewer cases in the header of a .zsav are refused", CASES - 1, READSTAT_COMPRESS_BINARY, "file-corrupt" },
	{ "no cases in the header of a file that has some are refused", 0, READSTAT_COMPRESS_NONE, "file-corrupt" },
	{ "a huge number of cases is refused", 0x7fffffff, READSTAT_COMPRESS_BINARY, "file-truncated" },
	{ "a negative number of cases is refused", 0x80000000, READSTAT_COMPRESS_ROWS, "file-corrupt" },
	{ "without a number of cases all are read", 0xffffffff, READSTAT_COMPRESS_NONE, NULL },
	{ "without a number of cases all are read of a packed file", 0xffffffff, READSTAT_COMPRESS_ROWS, NULL },
	{ "without a number of cases all are read of a .zsav", 0xffffffff, READSTAT_COMPRESS_BINARY, NULL },
};

static void the_number_of_cases_is_compared(void **state)
{
	const struct miscount *miscount = *state;
	struct got got = { 0 };
	struct error err;
	struct text bytes = { 0 };
	write_sample(&bytes, miscount->compression);
	put_number(&bytes, 80, miscount->cases);
	if (miscount->refusal) {
		assert_refused(&bytes, NULL, ERROR_INPUT, miscount->refusal);
	} else {
		assert_ok(read_bytes(&bytes, bytes.length, NULL, &got, &err), &err);
		assert_int_equal(got.rows, CASES);
		text_free(&got.text);
	}
	text_free(&bytes);
}

static void without_a_number_of_cases_a_cut_case_is_refused(void **state)
{
	(void)state;
	struct got got = { 0 };
	struct error err;
	struct text bytes = { 0 };
	write_sample(&bytes, READSTAT_COMPRESS_NONE);
	put_number(&bytes, 80, 0xffffffff);
	assert_false(read_bytes(&bytes, bytes.length - 8, NULL, &got, &err));
	assert_string_equal(err.code, "file-truncated");
	text_free(&got.text);
	text_free(&bytes);
}

static void what_fails_above_stops_the_reading(void **state)
{
	(void)state;
	struct got got = { .stop_after = 2 };
	struct error err;
	struct text bytes = { 0 };
	write_sample(&bytes, READSTAT_COMPRESS_ROWS);
	assert_false(read_bytes(&bytes, bytes.length, NULL, &got, &err));
	assert_int_equal(err.kind, ERROR_IO);
	assert_string_equal(err.message, "no room");
	assert_int_equal(got.rows, 2);
	text_free(&got.text);
	text_free(&bytes);
}

static void what_is_no_spss_file_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *bytes, *code;
	} files[] = { { "", "file-empty" },
		      { "a,b\n1,2\n", "file-not-text" },
		      { "$FL2", "file-truncated" },
		      { "$FL", "file-not-text" } };
	for (size_t i = 0; i < COUNT(files); i++) {
		struct text bytes = { 0 };
		text_add(&bytes, files[i].bytes);
		assert_refused(&bytes, NULL, ERROR_INPUT, files[i].code);
		text_free(&bytes);
	}
	struct spss *spss = NULL;
	struct error missing = { 0 }, folder = { 0 };
	assert_false(spss_open(&spss, "/nowhere/x.sav", NULL, &missing));
	assert_int_equal(missing.kind, ERROR_NO_INPUT);
	assert_false(spss_open(&spss, "/tmp", NULL, &folder));
	assert_int_equal(folder.kind, ERROR_INPUT);
	assert_null(spss);
}

static void spss_files_are_recognised_by_their_first_bytes(void **state)
{
	(void)state;
	char *folder = test_folder();
	for (int form = 0; form < 5; form++) {
		struct text bytes = { 0 };
		if (form < 4)
			write_form(&bytes, form);
		else
			text_add(&bytes, "id,town\n1,Luton\n");
		char *path = test_file_bytes(folder, "x", bytes.bytes, bytes.length);
		assert_true(spss_recognise(path) == (form < 4));
		free(path);
		text_free(&bytes);
	}
	assert_false(spss_recognise("/nowhere/x.sav"));
	free(folder);
}

static void more_variables_than_a_survey_has_are_refused(void **state)
{
	(void)state;
	struct text bytes = { 0 };
	readstat_writer_t *writer = new_writer(READSTAT_COMPRESS_ROWS);
	for (int i = 0; i <= CSV_FIELD_LIMIT; i++) {
		char name[20];
		snprintf(name, sizeof name, "v%d", i);
		readstat_add_variable(writer, name, READSTAT_TYPE_DOUBLE, 0);
	}
	assert_int_equal(readstat_begin_writing_sav(writer, &bytes, 0), READSTAT_OK);
	assert_int_equal(readstat_end_writing(writer), READSTAT_OK);
	readstat_writer_free(writer);
	assert_refused(&bytes, NULL, ERROR_INPUT, "file-too-large");
	text_free(&bytes);
}

static void a_case_longer_than_any_answers_is_damaged(void **state)
{
	(void)state;
	enum { WIDTH = 31000, COLUMNS = CSV_RECORD_LIMIT / WIDTH + 2 };
	struct got got = { 0 };
	struct error err;
	struct text bytes = { 0 };
	readstat_writer_t *writer = new_writer(READSTAT_COMPRESS_ROWS);
	readstat_variable_t *variables[COLUMNS];
	char *long_text = mem_alloc(WIDTH + 1, 1);
	memset(long_text, 'x', WIDTH);
	for (int i = 0; i < COLUMNS; i++) {
		char name[20];
		snprintf(name, sizeof name, "v%d", i);
		variables[i] = readstat_add_variable(writer, name, READSTAT_TYPE_STRING, WIDTH);
	}
	assert_int_equal(readstat_begin_writing_sav(writer, &bytes, 2), READSTAT_OK);
	for (int row = 0; row < 2; row++) {
		readstat_begin_row(writer);
		for (int i = 0; i < COLUMNS; i++)
			readstat_insert_string_value(writer, variables[i], row ? "short" : long_text);
		readstat_end_row(writer);
	}
	assert_int_equal(readstat_end_writing(writer), READSTAT_OK);
	readstat_writer_free(writer);
	assert_ok(read_bytes(&bytes, bytes.length, NULL, &got, &err), &err);
	assert_int_equal(got.rows, 2);
	assert_int_equal(got.damaged, 1);
	assert_non_null(strstr(got.text.bytes, "\nshort|short|"));
	free(long_text);
	text_free(&got.text);
	text_free(&bytes);
}

static void a_file_can_be_read_twice(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct text bytes = { 0 };
	struct got first = { 0 }, second = { 0 };
	struct spss *spss = open_sample(&bytes, &err);
	assert_ok(spss_each(spss, take, &first, &err), &err);
	assert_ok(spss_each(spss, take, &second, &err), &err);
	assert_string_equal(first.text.bytes, second.text.bytes);
	spss_close(spss);
	text_free(&first.text);
	text_free(&second.text);
	text_free(&bytes);
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(variables_have_names_labels_and_kinds),
		cmocka_unit_test(value_labels_keep_their_order_and_are_written_as_cells_are),
		cmocka_unit_test(declared_missing_values_are_told_single_in_ranges_and_as_texts),
		cmocka_unit_test(a_portable_file_is_read),
		cmocka_unit_test(values_are_written_by_their_format),
		cmocka_unit_test(a_file_that_is_cut_off_is_refused_wherever_it_is_cut),
		cmocka_unit_test(flipped_bytes_lose_no_cases_unseen),
		cmocka_unit_test(without_a_number_of_cases_a_cut_case_is_refused),
		cmocka_unit_test(what_fails_above_stops_the_reading),
		cmocka_unit_test(what_is_no_spss_file_is_refused),
		cmocka_unit_test(spss_files_are_recognised_by_their_first_bytes),
		cmocka_unit_test(more_variables_than_a_survey_has_are_refused),
		cmocka_unit_test(a_case_longer_than_any_answers_is_damaged),
		cmocka_unit_test(a_file_can_be_read_twice),
	};
	size_t count = 0;
	while (tests[count].name)
		count++;
	for (size_t i = 0; i < COUNT(packings); i++)
		tests[count++] = (struct CMUnitTest){ .name = packings[i].name,
			                              .test_func = cases_are_read,
			                              .initial_state = (void *)&packings[i] };
	for (size_t i = 0; i < COUNT(wordings); i++)
		tests[count++] = (struct CMUnitTest){ .name = wordings[i].name,
			                              .test_func = texts_are_decoded,
			                              .initial_state = (void *)&wordings[i] };
	for (size_t i = 0; i < COUNT(miscounts); i++)
		tests[count++] = (struct CMUnitTest){ .name = miscounts[i].name,
			                              .test_func = the_number_of_cases_is_compared,
			                              .initial_state = (void *)&miscounts[i] };
	return _cmocka_run_group_tests("spss", tests, count, NULL, NULL);
}

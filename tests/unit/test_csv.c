#include "testing.h"

#include <zlib.h>

#include "csv.h"
#include "text.h"

/* Bytes of a file; what reading gives: each record as `line/number[cell|cell]`, or `line/number!code` where it is damaged, ^
 * before a cell with a line end in it, line ends shown as \r and \n. Expected values were worked out by hand from RFC 4180 and
 * the rules in csv.h. */
struct example {
	const char *name;
	const char *bytes;
	size_t length; /* 0: strlen(bytes) */
	const char *records;
	struct csv_account account;
	char delimiter; /* 0: a comma */
};

#define BYTES(string) .bytes = string, .length = sizeof(string) - 1

static const struct example examples[] = {
	{ "each line is a record with its line and number", "a,b\n1,2\n3,4\n", 0, "1/1[a|b] 2/2[1|2] 3/3[3|4]",
	  { .lines = 3, .records = 3, .ends_lf = 3 }, 0 },
	{ "a last line without a line end counts", "a,b\n1,2", 0, "1/1[a|b] 2/2[1|2]",
	  { .lines = 2, .records = 2, .ends_lf = 1 }, 0 },
	{ "a last quoted cell without a line end counts", "a,b\n1,\"2\"", 0, "1/1[a|b] 2/2[1|2]",
	  { .lines = 2, .records = 2, .ends_lf = 1 }, 0 },
	{ "a last line that ends in a comma has an empty cell", "a,b\n1,", 0, "1/1[a|b] 2/2[1|]",
	  { .lines = 2, .records = 2, .ends_lf = 1 }, 0 },
	{ "CRLF gives no phantom records", "a,b\r\n1,2\r\n", 0, "1/1[a|b] 2/2[1|2]",
	  { .lines = 2, .records = 2, .ends_crlf = 2 }, 0 },
	{ "CR alone ends lines", "a,b\r1,2\r3,4", 0, "1/1[a|b] 2/2[1|2] 3/3[3|4]", { .lines = 3, .records = 3, .ends_cr = 2 }, 0 },
	{ "a CR at the very end is a line end", "a\r1\r", 0, "1/1[a] 2/2[1]", { .lines = 2, .records = 2, .ends_cr = 2 }, 0 },
	{ "a mixture of line ends is counted by kind", "a\n1\r\n2\r3\n", 0, "1/1[a] 2/2[1] 3/3[2] 4/4[3]",
	  { .lines = 4, .records = 4, .ends_lf = 2, .ends_crlf = 1, .ends_cr = 1 }, 0 },
	{ "LF and then CR are two line ends, the second of a blank line", "a\n\r1\n", 0, "1/1[a] 3/2[1]",
	  { .lines = 3, .blank_lines = 1, .records = 2, .ends_lf = 2, .ends_cr = 1 }, 0 },
	{ "a byte order mark is skipped", "\xef\xbb\xbf" "a,b\n1,2\n", 0, "1/1[a|b] 2/2[1|2]",
	  { .lines = 2, .records = 2, .ends_lf = 2, .bytes.mark = true }, 0 },
	{ "a byte order mark before a quoted header is skipped", "\xef\xbb\xbf\"a\",\"b\"\n1,2\n", 0, "1/1[a|b] 2/2[1|2]",
	  { .lines = 2, .records = 2, .ends_lf = 2, .bytes.mark = true }, 0 },
	{ "a byte order mark elsewhere is part of the cell", "a\n\xef\xbb\xbf" "1\n", 0, "1/1[a] 2/2[\xef\xbb\xbf" "1]",
	  { .lines = 2, .records = 2, .ends_lf = 2 }, 0 },
	{ "blank lines are counted and no records", "a,b\n\n1,2\n\n\n3,4\n\n", 0, "1/1[a|b] 3/2[1|2] 6/3[3|4]",
	  { .lines = 7, .blank_lines = 4, .records = 3, .ends_lf = 7 }, 0 },
	{ "blank lines before the header too", "\n\na\n1\n", 0, "3/1[a] 4/2[1]",
	  { .lines = 4, .blank_lines = 2, .records = 2, .ends_lf = 4 }, 0 },
	{ "blank CRLF lines are counted", "a\r\n\r\n1\r\n\r\n", 0, "1/1[a] 3/2[1]",
	  { .lines = 4, .blank_lines = 2, .records = 2, .ends_crlf = 4 }, 0 },
	{ "a line of blanks is blank", "a,b\n  \t\n1,2\n   ", 0, "1/1[a|b] 3/2[1|2]",
	  { .lines = 4, .blank_lines = 2, .records = 2, .ends_lf = 3 }, 0 },
	{ "a line of tabs is a record where tabs part the cells", "a\tb\n\t\n1\t2\n", 0, "1/1[a|b] 2/2[|] 3/3[1|2]",
	  { .lines = 3, .records = 3, .ends_lf = 3 }, '\t' },
	{ "a file of one column loses its blank lines and keeps its empty quotes", "a\n1\n\n\"\"\n2\n", 0,
	  "1/1[a] 2/2[1] 4/3[] 5/4[2]", { .lines = 5, .blank_lines = 1, .records = 4, .ends_lf = 5 }, 0 },
	{ "a line of commas is a record of empty cells", "a,b,c\n,,\n", 0, "1/1[a|b|c] 2/2[||]",
	  { .lines = 2, .records = 2, .ends_lf = 2 }, 0 },
	{ "blanks round a cell are kept", "a , b\n  1,2\t\n", 0, "1/1[a | b] 2/2[  1|2\t]", { .lines = 2, .records = 2, .ends_lf = 2 }, 0 },
	{ "a tab before a cell is kept", "a,b\n\t1,2\n3,4\n", 0, "1/1[a|b] 2/2[\t1|2] 3/3[3|4]", { .lines = 3, .records = 3, .ends_lf = 3 }, 0 },
	{ "blanks in later lines of a record are kept", "a,b\n\"x\ny\", 1 \n2,3\n", 0, "1/1[a|b] 2/2[^x\\ny| 1 ] 4/3[2|3]",
	  { .lines = 4, .records = 3, .ends_lf = 3 }, 0 },
	{ "blanks are kept where tabs part the cells", "a\tb\n 1\t2 \n", 0, "1/1[a|b] 2/2[ 1|2 ]", { .lines = 2, .records = 2, .ends_lf = 2 }, '\t' },
	{ "blanks inside quotes are kept", "a\n\"  1 \"\n", 0, "1/1[a] 2/2[  1 ]", { .lines = 2, .records = 2, .ends_lf = 2 }, 0 },
	{ "rows of other widths are handed on as they are", "a,b\n1\n1,2,3\n", 0, "1/1[a|b] 2/2[1] 3/3[1|2|3]",
	  { .lines = 3, .records = 3, .ends_lf = 3 }, 0 },
	{ "commas stand inside quotes", "a,b\n\"1,5\",2\n", 0, "1/1[a|b] 2/2[1,5|2]", { .lines = 2, .records = 2, .ends_lf = 2 }, 0 },
	{ "doubled quotes are one", "a,b\n\"say \"\"ah\"\"\",2\n", 0, "1/1[a|b] 2/2[say \"ah\"|2]",
	  { .lines = 2, .records = 2, .ends_lf = 2 }, 0 },
	{ "a cell of one doubled quote", "a\n\"\"\"\"\n", 0, "1/1[a] 2/2[\"]", { .lines = 2, .records = 2, .ends_lf = 2 }, 0 },
	{ "a line end in a cell keeps the record and its first line", "a,b\n1,\"x\ny\"\n2,z\n", 0,
	  "1/1[a|b] 2/2[1|^x\\ny] 4/3[2|z]", { .lines = 4, .records = 3, .ends_lf = 3 }, 0 },
	{ "a line end in a cell makes no mixture of line ends", "a,b\r\n1,\"x\ny\"\r\n", 0, "1/1[a|b] 2/2[1|^x\\ny]",
	  { .lines = 3, .records = 2, .ends_crlf = 2 }, 0 },
	{ "a CRLF in a cell stays as it came", "a,b\r\n\"x\r\ny\",1\r\n", 0, "1/1[a|b] 2/2[^x\\r\\ny|1]",
	  { .lines = 3, .records = 2, .ends_crlf = 2 }, 0 },
	{ "a CR in a quoted cell is a line end in it", "a\n\"x\ry\"\n", 0, "1/1[a] 2/2[^x\\ry]",
	  { .lines = 3, .records = 2, .ends_lf = 2 }, 0 },
	{ "a blank line in a cell is no blank line", "a\n\"x\n\ny\"\n", 0, "1/1[a] 2/2[^x\\n\\ny]",
	  { .lines = 4, .records = 2, .ends_lf = 2 }, 0 },
	{ "semicolons part cells where they are asked for", "a;b\n1,5;2\n", 0, "1/1[a|b] 2/2[1,5|2]",
	  { .lines = 2, .records = 2, .ends_lf = 2 }, ';' },
	{ "a never closed quote costs one line and not the rest", "a,b\n\"1,2\n3,4\n5,6\n", 0,
	  "1/1[a|b] 2/2!row-quote-open 3/3[3|4] 4/4[5|6]", { .lines = 4, .records = 4, .damaged = 1, .ends_lf = 4 }, 0 },
	{ "a never closed quote in the last line costs that line", "a,b\n1,2\n3,\"4", 0, "1/1[a|b] 2/2[1|2] 3/3!row-quote-open",
	  { .lines = 3, .records = 3, .damaged = 1, .ends_lf = 2 }, 0 },
	{ "a quote opened here and met there costs the first line", "a,b\n\"1,2\n3,\"4\"\n5,6\n", 0,
	  "1/1[a|b] 2/2!row-quote-open 3/3[3|4] 4/4[5|6]", { .lines = 4, .records = 4, .damaged = 1, .ends_lf = 4 }, 0 },
	{ "blank lines that a never closed quote ran over are counted once", "a,b\n\"1,2\n\n3,4\n\n", 0,
	  "1/1[a|b] 2/2!row-quote-open 4/3[3|4]", { .lines = 5, .blank_lines = 2, .records = 3, .damaged = 1, .ends_lf = 5 }, 0 },
	{ "each never closed quote costs its own line", "a\n\"1\n2\n\"\"\"3\n4\n", 0,
	  "1/1[a] 2/2!row-quote-open 3/3[2] 4/4!row-quote-open 5/5[4]", { .lines = 5, .records = 5, .damaged = 2, .ends_lf = 5 }, 0 },
	{ "a damaged record does not leave its cells to the next", "a,b\n1,2,\"3\"x\n4,5\n", 0,
	  "1/1[a|b] 2/2!row-quote-stray 3/3[4|5]", { .lines = 3, .records = 3, .damaged = 1, .ends_lf = 3 }, 0 },
	{ "a quote inside an unquoted cell is stray", "a,b\n5\" pipe,2\n3,4\n", 0, "1/1[a|b] 2/2!row-quote-stray 3/3[3|4]",
	  { .lines = 3, .records = 3, .damaged = 1, .ends_lf = 3 }, 0 },
	{ "text after a closing quote is stray", "a,b\n\"1\"x,2\n3,4\n", 0, "1/1[a|b] 2/2!row-quote-stray 3/3[3|4]",
	  { .lines = 3, .records = 3, .damaged = 1, .ends_lf = 3 }, 0 },
	{ "a blank between a closing quote and the comma is stray", "a,b\n\"1\" ,2\n", 0, "1/1[a|b] 2/2!row-quote-stray",
	  { .lines = 2, .records = 2, .damaged = 1, .ends_lf = 2 }, 0 },
	{ "a blank before an opening quote is stray", "a,b\n1, \"2\"\n", 0, "1/1[a|b] 2/2!row-quote-stray",
	  { .lines = 2, .records = 2, .damaged = 1, .ends_lf = 2 }, 0 },
	{ "a damaged header is record 1", "a,b\"c\n1,2\n", 0, "1/1!row-quote-stray 2/2[1|2]",
	  { .lines = 2, .records = 2, .damaged = 1, .ends_lf = 2 }, 0 },
	{ "two quotes that close each other swallow a line end, which is told", "a,b\n1,\"2\n3,4\"\n5,6\n", 0,
	  "1/1[a|b] 2/2[1|^2\\n3,4] 4/3[5|6]", { .lines = 4, .records = 3, .ends_lf = 3 }, 0 },
	{ "a NUL damages its record", BYTES("a,b\n1,2\0\n3,4\n"), "1/1[a|b] 2/2!row-control-char 3/3[3|4]",
	  { .lines = 3, .records = 3, .damaged = 1, .ends_lf = 3 }, 0 },
	{ "a line of one NUL is no blank line", BYTES("a\n\0\n1\n"), "1/1[a] 2/2!row-control-char 3/3[1]",
	  { .lines = 3, .records = 3, .damaged = 1, .ends_lf = 3 }, 0 },
	{ "good letters outside ASCII are kept", "a\nM\xc3\xbcller \xe2\x82\xac \xf0\x9f\x98\x80\n", 0,
	  "1/1[a] 2/2[M\xc3\xbcller \xe2\x82\xac \xf0\x9f\x98\x80]", { .lines = 2, .records = 2, .ends_lf = 2 }, 0 },
	{ "other control characters are handed on", "a\n\x01\x1a\n", 0, "1/1[a] 2/2[\x01\x1a]",
	  { .lines = 2, .records = 2, .ends_lf = 2 }, 0 },
	{ "a header alone is a file", "a,b\n", 0, "1/1[a|b]", { .lines = 1, .records = 1, .ends_lf = 1 }, 0 },
};

static void add_shown(struct text *text, const char *cell)
{
	for (; *cell; cell++) {
		if (*cell == '\n')
			text_add(text, "\\n");
		else if (*cell == '\r')
			text_add(text, "\\r");
		else
			text_add_bytes(text, cell, 1);
	}
}

static bool read_all(struct text *shown, struct csv_account *account, const char *path, const struct csv_options *options,
                     struct error *err)
{
	struct csv_reader *reader = NULL;
	const struct csv_record *record;
	bool more = true;
	text_add(shown, "");
	bool ok = csv_open(&reader, path, options, err);
	while (ok && (ok = csv_read(reader, &record, &more, err)) && more) {
		text_print(shown, "%s%zu/%zu", shown->length ? " " : "", record->line, record->record);
		if (record->damage) {
			assert_int_equal(record->count, 0);
			text_print(shown, "!%s", record->damage);
			continue;
		}
		for (size_t i = 0; i < record->count; i++) {
			text_add(shown, i ? "|" : "[");
			text_add(shown, record->quoted_line_end[i] ? "^" : "");
			add_shown(shown, record->fields[i]);
		}
		text_add(shown, "]");
	}
	if (ok)
		*account = *csv_account(reader);
	csv_close(reader);
	return ok;
}

static void assert_account(const struct csv_account *got, const struct csv_account *expected)
{
	assert_int_equal(got->lines, expected->lines);
	assert_int_equal(got->blank_lines, expected->blank_lines);
	assert_int_equal(got->records, expected->records);
	assert_int_equal(got->damaged, expected->damaged);
	assert_int_equal(got->ends_lf, expected->ends_lf);
	assert_int_equal(got->ends_crlf, expected->ends_crlf);
	assert_int_equal(got->ends_cr, expected->ends_cr);
	assert_int_equal(got->skipped, expected->skipped);
	assert_int_equal(got->bytes.mark, expected->bytes.mark);
	assert_int_equal(got->bytes.gzip, expected->bytes.gzip);
}

static void assert_reads(const char *path, const struct csv_options *options, const char *records,
                         const struct csv_account *expected)
{
	struct error err = { 0 };
	struct text shown = { 0 };
	struct csv_account account;
	assert_ok(read_all(&shown, &account, path, options, &err), &err);
	assert_string_equal(shown.bytes, records);
	assert_account(&account, expected);
	text_free(&shown);
}

/* What gzip makes of the bytes; free with free(). */
static unsigned char *packed(const char *bytes, size_t length, size_t *packed_length)
{
	z_stream zip = { 0 };
	assert_int_equal(deflateInit2(&zip, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	size_t room = deflateBound(&zip, length);
	unsigned char *out = mem_alloc(room, 1), *in = mem_alloc(length, 1);
	memcpy(in, bytes, length);
	zip.next_in = in;
	zip.avail_in = (uInt)length;
	zip.next_out = out;
	zip.avail_out = (uInt)room;
	assert_int_equal(deflate(&zip, Z_FINISH), Z_STREAM_END);
	*packed_length = zip.total_out;
	deflateEnd(&zip);
	free(in);
	return out;
}

/* Each example twice: as it is, and packed. */
static void file_gives_records(void **state)
{
	const struct example *example = *state;
	char *folder = test_folder();
	size_t length = example->length ? example->length : strlen(example->bytes), packed_length;
	struct csv_options options = { .delimiter = example->delimiter };
	char *plain = test_file_bytes(folder, "plain.csv", example->bytes, length);
	assert_reads(plain, &options, example->records, &example->account);

	unsigned char *gzip = packed(example->bytes, length, &packed_length);
	char *zipped = test_file_bytes(folder, "plain.csv.gz", gzip, packed_length);
	struct csv_account account = example->account;
	account.bytes.gzip = true;
	assert_reads(zipped, &options, example->records, &account);
	free(gzip);
	free(zipped);
	free(plain);
	free(folder);
}

static const struct refusal {
	const char *name;
	const char *bytes;
	size_t length;
	const char *code;
} refusals[] = {
	{ "an empty file is refused", BYTES(""), "file-empty" },
	{ "a byte order mark alone is an empty file", BYTES("\xef\xbb\xbf"), "file-empty" },
	{ "blank lines alone are an empty file", BYTES("\n\r\n  \n"), "file-empty" },
	{ "UTF-16 without a mark is refused", BYTES("a\0,\0b\0\n\0"), "file-encoding" },
	{ "an Excel workbook is refused", BYTES("PK\3\4\24\0\6\0xl/workbook.xml"), "file-not-text" },
	{ "Latin-1 letters refuse the file", BYTES("a,b\nM\xfcller,2\n3,4\n"), "file-encoding" },
	{ "a file that ends in the middle of a letter is refused", BYTES("a,b\n1,\xc3"), "file-encoding" },
	{ "bad letters inside quotes refuse it", BYTES("a,b\n1,\"x\n\xff\ny\"\n2,z\n"), "file-encoding" },
};

static void file_is_refused(void **state)
{
	const struct refusal *refusal = *state;
	char *folder = test_folder();
	char *path = test_file_bytes(folder, "export.csv", refusal->bytes, refusal->length);
	struct error err = { 0 };
	struct text shown = { 0 };
	struct csv_account account;
	assert_false(read_all(&shown, &account, path, NULL, &err));
	assert_int_equal(err.kind, ERROR_INPUT);
	assert_string_equal(err.code, refusal->code);
	assert_string_equal(err.path, path);
	assert_true(err.help[0]);
	text_free(&shown);
	free(path);
	free(folder);
}

static void missing_file_is_no_input(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct csv_reader *reader = NULL;
	assert_false(csv_open(&reader, "/nonexistent/export.csv", NULL, &err));
	assert_null(reader);
	assert_int_equal(err.kind, ERROR_NO_INPUT);
}

static void folder_is_no_file(void **state)
{
	(void)state;
	char *folder = test_folder();
	struct error err = { 0 };
	struct csv_reader *reader = NULL;
	assert_false(csv_open(&reader, folder, NULL, &err));
	assert_null(reader);
	assert_int_equal(err.kind, ERROR_INPUT);
	free(folder);
}

/* A packed file of `first`, then whatever follows; read, and compare the code of the error. NULL: it reads as `records`. */
static void assert_packed(const void *bytes, size_t length, const char *code, size_t line, const char *records)
{
	char *folder = test_folder();
	char *path = test_file_bytes(folder, "export.csv.gz", bytes, length);
	struct error err = { 0 };
	struct text shown = { 0 };
	struct csv_account account;
	bool ok = read_all(&shown, &account, path, NULL, &err);
	if (code) {
		assert_false(ok);
		assert_int_equal(err.kind, ERROR_INPUT);
		assert_string_equal(err.code, code);
		assert_int_equal(err.line, line);
	} else {
		assert_ok(ok, &err);
		assert_true(account.bytes.gzip);
		assert_string_equal(shown.bytes, records);
	}
	text_free(&shown);
	free(path);
	free(folder);
}

static void two_gzip_members_are_one_file(void **state)
{
	(void)state;
	size_t first_length, second_length;
	unsigned char *first = packed("a,b\n1,", 6, &first_length), *second = packed("2\n3,4\n", 6, &second_length);
	struct text both = { 0 };
	text_add_bytes(&both, (char *)first, first_length);
	text_add_bytes(&both, (char *)second, second_length);
	assert_packed(both.bytes, both.length, NULL, 0, "1/1[a|b] 2/2[1|2] 3/3[3|4]");

	/* an empty member between them, and zeros at the end as tapes leave them, change nothing */
	size_t none_length;
	unsigned char *none = packed("", 0, &none_length);
	both.length = 0;
	text_add_bytes(&both, (char *)first, first_length);
	text_add_bytes(&both, (char *)none, none_length);
	text_add_bytes(&both, (char *)second, second_length);
	text_add_bytes(&both, "\0\0\0\0\0\0", 6);
	assert_packed(both.bytes, both.length, NULL, 0, "1/1[a|b] 2/2[1|2] 3/3[3|4]");

	both.length = 0;
	text_add_bytes(&both, (char *)first, first_length);
	text_add_bytes(&both, "2\n3,4\n", 6);
	assert_packed(both.bytes, both.length, "file-trailing-bytes", 2, NULL);
	text_free(&both);
	free(none);
	free(first);
	free(second);
}

static void truncated_gzip_is_an_error_wherever_it_is_cut(void **state)
{
	(void)state;
	size_t length;
	unsigned char *gzip = packed("a,b\n1,2\n3,4\n", 12, &length);
	assert_true(length > 20);
	for (size_t cut = 2; cut < length; cut++) {
		char *folder = test_folder();
		char *path = test_file_bytes(folder, "export.csv.gz", gzip, cut);
		struct error err = { 0 };
		struct text shown = { 0 };
		struct csv_account account;
		assert_false(read_all(&shown, &account, path, NULL, &err));
		assert_string_equal(err.code, "file-truncated");
		text_free(&shown);
		free(path);
		free(folder);
	}
	free(gzip);
}

/* A few bits of deflate's last byte mean nothing: the rows are then as they were. */
static void flipped_bits_in_gzip_never_change_a_row(void **state)
{
	(void)state;
	const char plain[] = "a,b\n1,2\n3,4\n5,6\n";
	size_t length, unnoticed = 0;
	unsigned char *gzip = packed(plain, sizeof plain - 1, &length);
	for (size_t at = 10; at < length; at++) { /* the header's 10 bytes hold times and flags that nobody checks */
		gzip[at] ^= 0x10;
		char *folder = test_folder();
		char *path = test_file_bytes(folder, "export.csv.gz", gzip, length);
		struct error err = { 0 };
		struct text shown = { 0 };
		struct csv_account account;
		if (read_all(&shown, &account, path, NULL, &err)) {
			assert_string_equal(shown.bytes, "1/1[a|b] 2/2[1|2] 3/3[3|4] 4/4[5|6]");
			unnoticed++;
		} else {
			assert_int_equal(err.kind, ERROR_INPUT);
		}
		text_free(&shown);
		free(path);
		free(folder);
		gzip[at] ^= 0x10;
	}
	assert_true(unnoticed <= 1);
	free(gzip);
}

/* Truncation that shows only after 30,000 good rows, at the line where it shows. */
static void truncated_gzip_of_many_rows_tells_its_line(void **state)
{
	(void)state;
	struct text rows = { 0 };
	unsigned random = 1;
	for (size_t i = 0; i < 30000; i++) {
		random = random * 1103515245u + 12345u;
		text_print(&rows, "%zu,%u\n", i, random);
	}
	size_t length;
	unsigned char *gzip = packed(rows.bytes, rows.length, &length);
	char *folder = test_folder();
	char *path = test_file_bytes(folder, "export.csv.gz", gzip, length / 2);
	struct error err = { 0 };
	struct csv_reader *reader = NULL;
	const struct csv_record *record;
	bool more = true;
	size_t read = 0;
	assert_ok(csv_open(&reader, path, NULL, &err), &err);
	while (csv_read(reader, &record, &more, &err)) {
		assert_true(more);
		read++;
	}
	assert_string_equal(err.code, "file-truncated");
	assert_true(read > 10000 && read < 20000);
	assert_int_equal(err.line, read + 1);
	csv_close(reader);
	text_free(&rows);
	free(gzip);
	free(path);
	free(folder);
}

static void add_many(struct text *text, char c, size_t count)
{
	char block[1024];
	memset(block, c, sizeof block);
	for (; count > 0; count -= count < sizeof block ? count : sizeof block)
		text_add_bytes(text, block, count < sizeof block ? count : sizeof block);
}

static void assert_text_reads(const struct text *text, const char *records, const struct csv_account *account)
{
	char *folder = test_folder();
	char *path = test_file_bytes(folder, "export.csv", text->bytes, text->length);
	assert_reads(path, NULL, records, account);
	free(path);
	free(folder);
}

static void cell_of_70_kilobytes_is_set_aside(void **state)
{
	(void)state;
	struct text text = { 0 };
	text_add(&text, "a,b\n1,");
	add_many(&text, 'x', 70000);
	text_add(&text, "\n2,y\n");
	assert_text_reads(&text, "1/1[a|b] 2/2!row-length 3/3[2|y]", &(struct csv_account){ .lines = 3, .records = 3, .damaged = 1, .ends_lf = 3 });
	text_free(&text);
}

static void cell_at_its_limit_is_read(void **state)
{
	(void)state;
	struct text text = { 0 };
	text_add(&text, "a\n");
	add_many(&text, 'x', CSV_CELL_LIMIT);
	text_add(&text, "\n");
	char *folder = test_folder();
	char *path = test_file_bytes(folder, "export.csv", text.bytes, text.length);
	struct csv_reader *reader = NULL;
	const struct csv_record *record;
	struct error err = { 0 };
	bool more;
	assert_ok(csv_open(&reader, path, NULL, &err), &err);
	assert_true(csv_read(reader, &record, &more, &err) && csv_read(reader, &record, &more, &err) && more);
	assert_null(record->damage);
	assert_int_equal(record->count, 1);
	assert_int_equal(strlen(record->fields[0]), CSV_CELL_LIMIT);
	csv_close(reader);
	text_free(&text);
	free(path);
	free(folder);
}

/* Two stray quotes far apart: each row between them is read again by itself. */
static void long_quoted_cell_gives_back_the_lines_it_swallowed(void **state)
{
	(void)state;
	struct text text = { 0 };
	text_add(&text, "a,b\n\"1,2\n");
	for (size_t i = 0; i < 20000; i++)
		text_add(&text, "3,4\n");
	text_add(&text, "5,6\"\n");
	char *folder = test_folder();
	char *path = test_file_bytes(folder, "export.csv", text.bytes, text.length);
	struct error err = { 0 };
	struct text shown = { 0 };
	struct csv_account account;
	assert_ok(read_all(&shown, &account, path, NULL, &err), &err);
	static const char first[] = "1/1[a|b] 2/2!row-length 3/3[3|4] ", last[] = " 20002/20002[3|4] 20003/20003!row-quote-stray";
	assert_memory_equal(shown.bytes, first, strlen(first));
	assert_string_equal(shown.bytes + shown.length - strlen(last), last);
	assert_account(&account, &(struct csv_account){ .lines = 20003, .records = 20003, .damaged = 2, .ends_lf = 20003 });
	text_free(&shown);
	text_free(&text);
	free(path);
	free(folder);
}

static void line_over_the_limit_of_a_record_is_set_aside(void **state)
{
	(void)state;
	struct text text = { 0 };
	text_add(&text, "a,b\n");
	add_many(&text, ',', 3 * (size_t)CSV_RECORD_LIMIT);
	text_add(&text, "\n1,2\n");
	assert_text_reads(&text, "1/1[a|b] 2/2!row-length 3/3[1|2]", &(struct csv_account){ .lines = 3, .records = 3, .damaged = 1, .ends_lf = 3 });
	text_free(&text);
}

/* 64 cells of 64 KiB with their delimiters are a record at its limit; with or without a line end. */
static void record_at_its_limit_is_read_and_one_over_it_set_aside(void **state)
{
	(void)state;
	for (size_t over = 0; over < 4; over++) {
		struct text text = { 0 };
		size_t cells = over == 1 || over == 3 ? 65 : 64, record = 0;
		for (size_t i = 0; i < cells; i++) {
			add_many(&text, 'x', CSV_CELL_LIMIT - 1);
			text_add(&text, i + 1 < cells ? "," : over < 2 ? "\n" : "x");
		}
		char *folder = test_folder(), *path = test_file_bytes(folder, "export.csv", text.bytes, text.length);
		struct csv_reader *reader = NULL;
		const struct csv_record *got;
		struct error err = { 0 };
		bool more;
		assert_ok(csv_open(&reader, path, NULL, &err), &err);
		assert_ok(csv_read(reader, &got, &more, &err) && more, &err);
		if (cells == 65) {
			assert_string_equal(got->damage, "row-length");
		} else {
			assert_null(got->damage);
			assert_int_equal(got->count, 64);
			for (size_t i = 0; i < 64; i++)
				record += strlen(got->fields[i]) + 1;
			assert_int_equal(record, (size_t)CSV_RECORD_LIMIT + (over == 2));
		}
		assert_true(csv_read(reader, &got, &more, &err) && !more);
		csv_close(reader);
		text_free(&text);
		free(path);
		free(folder);
	}
}

static void more_cells_than_the_limit_are_set_aside(void **state)
{
	(void)state;
	struct text text = { 0 };
	text_add(&text, "a,b\n");
	add_many(&text, ',', CSV_FIELD_LIMIT);
	text_add(&text, "\n1,2\n");
	assert_text_reads(&text, "1/1[a|b] 2/2!row-length 3/3[1|2]", &(struct csv_account){ .lines = 3, .records = 3, .damaged = 1, .ends_lf = 3 });
	text_free(&text);
}

/* 12 MB behind one open quote: over the limit of a record, so its line is set aside, once, and each later line is read. */
static void never_closed_quote_in_a_large_file_costs_one_line(void **state)
{
	(void)state;
	struct text text = { 0 };
	text_add(&text, "a,b\n\"1,2\n");
	for (size_t i = 0; i < 3000000; i++)
		text_add_bytes(&text, "3,4\n", 4);
	char *folder = test_folder();
	char *path = test_file_bytes(folder, "export.csv", text.bytes, text.length);
	struct csv_reader *reader = NULL;
	const struct csv_record *record;
	struct error err = { 0 };
	bool more = true;
	size_t good = 0;
	assert_ok(csv_open(&reader, path, NULL, &err), &err);
	while (csv_read(reader, &record, &more, &err) && more) {
		good += record->damage == NULL;
		assert_int_equal(record->line, record->record);
	}
	assert_ok(!more, &err);
	assert_int_equal(good, 3000001);
	assert_account(csv_account(reader), &(struct csv_account){ .lines = 3000002, .records = 3000002, .damaged = 1, .ends_lf = 3000002 });
	csv_close(reader);
	text_free(&text);
	free(path);
	free(folder);
}

/* Lines above the table: passed over whatever they hold but for their encoding, and counted. */
static void lines_above_the_table_are_passed_over(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t length, skip;
		const char *records;
		struct csv_account account;
	} files[] = {
		{ BYTES("sep=;\na;b\n1;2\n"), 1, "2/1[a;b] 3/2[1;2]", { .lines = 3, .skipped = 1, .records = 2, .ends_lf = 2 } },
		{ BYTES("\xef\xbb\xbf" "title\r\n\r\na,b\r\n1,2"), 2, "3/1[a|b] 4/2[1|2]",
		  { .lines = 4, .skipped = 2, .records = 2, .ends_crlf = 1, .bytes.mark = true } },
		{ BYTES("one\rtwo\ra,b\r1,2\r"), 2, "3/1[a|b] 4/2[1|2]", { .lines = 4, .skipped = 2, .records = 2, .ends_cr = 2 } },
		{ BYTES("an open \" quote\na,b\n\"1\",2\n"), 1, "2/1[a|b] 3/2[1|2]",
		  { .lines = 3, .skipped = 1, .records = 2, .ends_lf = 2 } },
		{ BYTES("a NUL \0\na,b\n\n1,2\n"), 1, "2/1[a|b] 4/2[1|2]",
		  { .lines = 4, .skipped = 1, .blank_lines = 1, .records = 2, .ends_lf = 3 } },
		{ BYTES("\n\n\na\n"), 2, "4/1[a]", { .lines = 4, .skipped = 2, .blank_lines = 1, .records = 1, .ends_lf = 2 } },
		{ BYTES("a,b\n1,2\n"), 0, "1/1[a|b] 2/2[1|2]", { .lines = 2, .records = 2, .ends_lf = 2 } },
	};
	for (size_t i = 0; i < COUNT(files); i++) {
		struct csv_options options = { .skip = files[i].skip };
		char *folder = test_folder();
		char *path = test_file_bytes(folder, "export.csv", files[i].bytes, files[i].length);
		assert_reads(path, &options, files[i].records, &files[i].account);
		free(path);
		free(folder);
	}
}

static void long_line_above_the_table_is_passed_over(void **state)
{
	(void)state;
	struct csv_options options = { .skip = 1 };
	struct text text = { 0 };
	add_many(&text, 'x', 3 * (size_t)CSV_RECORD_LIMIT);
	text_add(&text, "\r\na,b\r\n");
	char *folder = test_folder();
	char *path = test_file_bytes(folder, "export.csv", text.bytes, text.length);
	assert_reads(path, &options, "2/1[a|b]", &(struct csv_account){ .lines = 2, .skipped = 1, .records = 1, .ends_crlf = 1 });
	text_free(&text);
	free(path);
	free(folder);
}

static void file_of_skipped_lines_alone_is_empty(void **state)
{
	(void)state;
	for (size_t skip = 2; skip < 5; skip++) {
		struct csv_options options = { .skip = skip };
		char *folder = test_folder(), *path = test_file(folder, "export.csv", "title\ndate\n");
		struct error err = { 0 };
		struct text shown = { 0 };
		struct csv_account account;
		assert_false(read_all(&shown, &account, path, &options, &err));
		assert_string_equal(err.code, "file-empty");
		assert_non_null(strstr(err.help, "`skip`"));
		text_free(&shown);
		free(path);
		free(folder);
	}
}

/* What bytes.h does comes through: an encoding, its account, a limit, the place of a fault. */
static void bytes_options_are_handed_on(void **state)
{
	(void)state;
	char *folder = test_folder();
	struct csv_options options = { .bytes.encoding = "windows-1252", .delimiter = ';' };
	struct error err = { 0 };
	struct text shown = { 0 };
	struct csv_account account;
	char *path = test_file(folder, "a.csv", "a;b\n\x80;\xe9\n");
	assert_ok(read_all(&shown, &account, path, &options, &err), &err);
	assert_string_equal(shown.bytes, "1/1[a|b] 2/2[\xe2\x82\xac|\xc3\xa9]");
	free(path);

	options = (struct csv_options){ .delimiter = '\t' };
	shown.length = 0;
	static const char wide[] = "\xff\xfe" "a\0\t\0b\0\r\0\n\0\xe9\0\t\0\"\0\"\0\r\0\n";
	path = test_file_bytes(folder, "b.csv", wide, sizeof wide); /* the last NUL is the line end's */
	assert_ok(read_all(&shown, &account, path, &options, &err), &err);
	assert_string_equal(shown.bytes, "1/1[a|b] 2/2[\xc3\xa9|]");
	assert_account(&account, &(struct csv_account){ .lines = 2, .records = 2, .ends_crlf = 2, .bytes.mark = true });
	free(path);

	options = (struct csv_options){ .bytes.limit = 7 };
	path = test_file(folder, "c.csv", "a,b\n1,2\n");
	assert_false(read_all(&shown, &account, path, &options, &err));
	assert_string_equal(err.code, "file-too-large");
	free(path);

	err = (struct error){ 0 };
	shown.length = 0;
	path = test_file(folder, "d.csv", "a,b\n1,2\n3,\xe9\n");
	assert_false(read_all(&shown, &account, path, NULL, &err));
	assert_string_equal(err.code, "file-encoding");
	assert_int_equal(err.line, 3);
	assert_int_equal(err.column, 3);
	free(path);
	text_free(&shown);
	free(folder);
}

/* Cells of a record stay where they are while later lines of it are read, in whatever block. */
static void record_across_blocks_keeps_its_cells(void **state)
{
	(void)state;
	for (size_t before = 65500; before < 65560; before++) {
		struct text text = { 0 };
		struct csv_account account = { .lines = 4, .records = 3, .ends_lf = 3 };
		text_add(&text, "a\n");
		add_many(&text, 'x', before - 2 - CSV_CELL_LIMIT / 2);
		text_add(&text, ",");
		add_many(&text, 'y', CSV_CELL_LIMIT / 2 - 1);
		text_add(&text, "\n1,\" p\n2\",3\n");
		char *folder = test_folder(), *path = test_file_bytes(folder, "export.csv", text.bytes, text.length);
		struct error err = { 0 };
		struct text shown = { 0 };
		struct csv_account got;
		assert_ok(read_all(&shown, &got, path, NULL, &err), &err);
		assert_account(&got, &account);
		static const char last[] = "y] 3/3[1|^ p\\n2|3]";
		assert_string_equal(shown.bytes + shown.length - strlen(last), last);
		assert_int_equal(shown.length, strlen("1/1[a] 2/2[") + before - 2 + strlen(last) - 1);
		text_free(&shown);
		text_free(&text);
		free(path);
		free(folder);
	}
}

/* A CRLF whose two bytes stand in different blocks of the file is one line end, at each place of the block's edge. */
static void line_ends_across_blocks_are_one(void **state)
{
	(void)state;
	for (size_t before = 65530; before < 65540; before++) {
		struct text text = { 0 };
		add_many(&text, 'x', before);
		text_add(&text, "\r\n1\r\n");
		char *folder = test_folder();
		char *path = test_file_bytes(folder, "export.csv", text.bytes, text.length);
		struct error err = { 0 };
		struct text shown = { 0 };
		struct csv_account account;
		assert_ok(read_all(&shown, &account, path, NULL, &err), &err);
		assert_account(&account, &(struct csv_account){ .lines = 2, .records = 2, .damaged = before > CSV_CELL_LIMIT, .ends_crlf = 2 });
		assert_string_equal(shown.bytes + shown.length - 6, "2/2[1]");
		text_free(&shown);
		text_free(&text);
		free(path);
		free(folder);
	}
}

/* Lines are blank, or of a record; reading again what libcsv wrote gives the same cells. Random cells of hostile letters. */
static void random_cells_come_back(void **state)
{
	(void)state;
	static const char letters[] = "a,\"\n\r ;1";
	unsigned random = 7;
	for (size_t round = 0; round < 300; round++) {
		struct text text = { 0 }, expected = { 0 };
		size_t line = 1;
		text_add(&expected, "");
		for (size_t row = 1; row <= 5; row++) {
			text_print(&expected, "%s%zu/%zu", row > 1 ? " " : "", line, row);
			for (size_t column = 0; column < 3; column++) {
				char cell[8] = { 0 };
				random = random * 1103515245u + 12345u;
				size_t length = (random >> 16) % 7;
				for (size_t i = 0; i < length; i++) {
					random = random * 1103515245u + 12345u;
					cell[i] = letters[(random >> 16) % (sizeof letters - 1)];
				}
				text_add(&text, column ? ",\"" : "\"");
				bool ends = false;
				for (size_t i = 0; i < length; i++) {
					text_add_bytes(&text, &cell[i], 1);
					if (cell[i] == '"')
						text_add(&text, "\"");
					bool end = cell[i] == '\r' || (cell[i] == '\n' && !(i > 0 && cell[i - 1] == '\r'));
					line += end;
					ends = ends || end;
				}
				text_add(&text, "\"");
				text_add(&expected, column ? "|" : "[");
				text_add(&expected, ends ? "^" : "");
				add_shown(&expected, cell);
			}
			text_add(&text, "\n");
			text_add(&expected, "]");
			line++;
		}
		char *folder = test_folder();
		char *path = test_file_bytes(folder, "export.csv", text.bytes, text.length);
		struct error err = { 0 };
		struct text shown = { 0 };
		struct csv_account account;
		assert_ok(read_all(&shown, &account, path, NULL, &err), &err);
		assert_string_equal(shown.bytes, expected.bytes);
		assert_int_equal(account.lines, line - 1);
		text_free(&shown);
		text_free(&text);
		text_free(&expected);
		free(path);
		free(folder);
	}
}

/* Line ends, and one more where the last line has none. */
static size_t count_lines(const char *bytes, size_t length)
{
	size_t lines = bytes[length - 1] != '\n' && bytes[length - 1] != '\r';
	for (size_t i = 0; i < length; i++)
		lines += bytes[i] == '\r' || (bytes[i] == '\n' && !(i > 0 && bytes[i - 1] == '\r'));
	return lines;
}

/* Whatever the bytes, each line is blank or of a record, and every byte that is no quote or line end comes back where
 * nothing is damaged. Here: random bytes end, and the account adds up. */
static void random_bytes_are_accounted_for(void **state)
{
	(void)state;
	static const char letters[] = "a,\"\n\r\"b\n ";
	unsigned random = 3;
	for (size_t round = 0; round < 500; round++) {
		char bytes[61] = "h\n";
		for (size_t i = 2; i < 60; i++) {
			random = random * 1103515245u + 12345u;
			bytes[i] = letters[(random >> 16) % (sizeof letters - 1)];
		}
		char *folder = test_folder();
		char *path = test_file_bytes(folder, "export.csv", bytes, 60);
		struct csv_reader *reader = NULL;
		const struct csv_record *record;
		struct error err = { 0 };
		bool more = true;
		size_t records = 0, damaged = 0, last = 0;
		assert_ok(csv_open(&reader, path, NULL, &err), &err);
		while (csv_read(reader, &record, &more, &err) && more) {
			records++;
			damaged += record->damage != NULL;
			assert_true(record->line > last);
			assert_int_equal(record->record, records);
			last = record->line;
		}
		assert_ok(!more, &err);
		const struct csv_account *account = csv_account(reader);
		assert_int_equal(account->records, records);
		assert_int_equal(account->damaged, damaged);
		assert_true(account->records + account->blank_lines <= account->lines);
		assert_int_equal(account->lines, count_lines(bytes, 60));
		size_t ends = account->ends_lf + account->ends_crlf + account->ends_cr;
		bool ended = bytes[59] == '\n' || bytes[59] == '\r';
		assert_int_equal(account->records + account->blank_lines, ends + !ended);
		csv_close(reader);
		free(path);
		free(folder);
	}
}

int main(void)
{
	static const struct CMUnitTest single[] = {
		cmocka_unit_test(missing_file_is_no_input),
		cmocka_unit_test(folder_is_no_file),
		cmocka_unit_test(two_gzip_members_are_one_file),
		cmocka_unit_test(truncated_gzip_is_an_error_wherever_it_is_cut),
		cmocka_unit_test(flipped_bits_in_gzip_never_change_a_row),
		cmocka_unit_test(truncated_gzip_of_many_rows_tells_its_line),
		cmocka_unit_test(cell_of_70_kilobytes_is_set_aside),
		cmocka_unit_test(cell_at_its_limit_is_read),
		cmocka_unit_test(long_quoted_cell_gives_back_the_lines_it_swallowed),
		cmocka_unit_test(line_over_the_limit_of_a_record_is_set_aside),
		cmocka_unit_test(record_at_its_limit_is_read_and_one_over_it_set_aside),
		cmocka_unit_test(more_cells_than_the_limit_are_set_aside),
		cmocka_unit_test(never_closed_quote_in_a_large_file_costs_one_line),
		cmocka_unit_test(line_ends_across_blocks_are_one),
		cmocka_unit_test(random_cells_come_back),
		cmocka_unit_test(random_bytes_are_accounted_for),
		cmocka_unit_test(lines_above_the_table_are_passed_over),
		cmocka_unit_test(long_line_above_the_table_is_passed_over),
		cmocka_unit_test(file_of_skipped_lines_alone_is_empty),
		cmocka_unit_test(bytes_options_are_handed_on),
		cmocka_unit_test(record_across_blocks_keeps_its_cells),
	};
	struct CMUnitTest tests[COUNT(examples) + COUNT(refusals) + COUNT(single)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[count++] = (struct CMUnitTest){ .name = examples[i].name, .test_func = file_gives_records,
			                              .initial_state = (void *)&examples[i] };
	for (size_t i = 0; i < COUNT(refusals); i++)
		tests[count++] = (struct CMUnitTest){ .name = refusals[i].name, .test_func = file_is_refused,
			                              .initial_state = (void *)&refusals[i] };
	for (size_t i = 0; i < COUNT(single); i++)
		tests[count++] = single[i];
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "testing.h"

#include <zlib.h>

#include "bytes.h"
#include "text.h"

#define BYTES(string) .bytes = string, .length = sizeof(string) - 1
#define E_ACUTE "\xc3\xa9"
#define EURO "\xe2\x82\xac"
#define FACE "\xf0\x9f\x98\x80" /* U+1F600, in UTF-16 the surrogates D83D DE00 */
#define MARK "\xef\xbb\xbf"
#define PADDED "\0\0\0" /* behind an ASCII letter: it in UTF-32LE */

/* What gzip makes of the bytes; free with free(). */
static unsigned char *packed(const char *bytes, size_t length, size_t *packed_length)
{
	z_stream zip = { 0 };
	assert_int_equal(deflateInit2(&zip, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	size_t room = deflateBound(&zip, length);
	unsigned char *out = mem_alloc(room, 1), *in = mem_alloc(length + 1, 1);
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

static void add_packed(struct text *file, const char *bytes, size_t length)
{
	size_t packed_length;
	unsigned char *gzip = packed(bytes, length, &packed_length);
	text_add_bytes(file, (char *)gzip, packed_length);
	free(gzip);
}

/* All blocks of a file; each is UTF-8 by itself. */
static bool read_file(struct text *text, struct bytes_account *account, const char *path, const struct bytes_options *options,
                      struct error *err)
{
	struct bytes *bytes = NULL;
	const char *block;
	size_t length = 1;
	text_add(text, "");
	bool ok = bytes_open(&bytes, path, options, err);
	assert_true(ok == (bytes != NULL));
	while (ok && length > 0 && (ok = bytes_read(bytes, &block, &length, err))) {
		assert_int_equal(text_valid_utf8(block, length), length);
		text_add_bytes(text, block, length);
	}
	if (ok) {
		assert_true(bytes_read(bytes, &block, &length, err)); /* the end stays the end */
		assert_int_equal(length, 0);
		*account = *bytes_account(bytes);
		account->encoding = mem_copy_text(account->encoding);
	}
	bytes_close(bytes);
	return ok;
}

static bool read_bytes(struct text *text, struct bytes_account *account, const char *bytes, size_t length,
                       const struct bytes_options *options, struct error *err)
{
	char *folder = test_folder(), *path = test_file_bytes(folder, "export.csv", bytes, length);
	bool ok = read_file(text, account, path, options, err);
	assert_true(ok || strcmp(err->path, path) == 0);
	free(path);
	free(folder);
	return ok;
}

/* Expected texts: the code charts of the Unicode Consortium (8859-1.TXT, 8859-15.TXT, CP1252.TXT, ROMAN.TXT), and its
 * examples of UTF-8, UTF-16 and UTF-32 (The Unicode Standard 15.0, tables 3-4 to 3-6). */
static const struct example {
	const char *name, *declared;
	const char *bytes;
	size_t length;
	const char *text, *encoding;
	bool mark;
} examples[] = {
	{ "plain text is UTF-8", NULL, BYTES("a,b\n1,2\n"), "a,b\n1,2\n", "UTF-8", false },
	{ "UTF-8 is read as it stands", NULL, BYTES(E_ACUTE EURO FACE), E_ACUTE EURO FACE, "UTF-8", false },
	{ "line ends of every kind stay", NULL, BYTES("a\r\nb\rc\n\n"), "a\r\nb\rc\n\n", "UTF-8", false },
	{ "a mark of UTF-8 is taken off", NULL, BYTES(MARK "a"), "a", "UTF-8", true },
	{ "a mark inside the text stays", NULL, BYTES("a" MARK "b"), "a" MARK "b", "UTF-8", false },
	{ "a second mark at the beginning stays", NULL, BYTES(MARK MARK "b"), MARK "b", "UTF-8", true },
	{ "other control characters stay", NULL, BYTES("a\x01\x1a\x7f" "b"), "a\x01\x1a\x7f" "b", "UTF-8", false },
	{ "UTF-8 may be declared", "utf-8", BYTES(E_ACUTE), E_ACUTE, "UTF-8", false },
	{ "UTF-8 may be declared without its hyphen", "UTF8", BYTES(E_ACUTE), E_ACUTE, "UTF-8", false },
	{ "UTF-8 may be declared and marked", "utf-8", BYTES(MARK E_ACUTE), E_ACUTE, "UTF-8", true },
	{ "a mark of UTF-16LE decides", NULL, BYTES("\xff\xfe" "a\0\xe9\0\xac\x20\n\0"), "a" E_ACUTE EURO "\n", "UTF-16LE", true },
	{ "a mark of UTF-16BE decides", NULL, BYTES("\xfe\xff" "\0a\0\xe9\x20\xac\0\n"), "a" E_ACUTE EURO "\n", "UTF-16BE", true },
	{ "a mark of UTF-32LE decides", NULL, BYTES("\xff\xfe\0\0" "a" PADDED "\xe9" PADDED "\0\xf6\1\0"), "a" E_ACUTE "\xf0\x9f\x98\x80", "UTF-32LE", true },
	{ "a mark of UTF-32BE decides", NULL, BYTES("\0\0\xfe\xff\0\0\0a\0\0\0\xe9\0\1\xf6\0"), "a" E_ACUTE FACE, "UTF-32BE", true },
	{ "surrogates in UTF-16LE are one character", NULL, BYTES("\xff\xfe\x3d\xd8\x00\xde"), FACE, "UTF-16LE", true },
	{ "surrogates in UTF-16BE are one character", NULL, BYTES("\xfe\xff\xd8\x3d\xde\x00"), FACE, "UTF-16BE", true },
	{ "a mark inside UTF-16 stays", NULL, BYTES("\xff\xfe" "a\0\xff\xfe" "b\0"), "a" MARK "b", "UTF-16LE", true },
	{ "UTF-16 may be declared and marked", "utf-16", BYTES("\xff\xfe" "a\0"), "a", "UTF-16LE", true },
	{ "UTF-16 may be declared and marked the other way", "UTF16", BYTES("\xfe\xff" "\0a"), "a", "UTF-16BE", true },
	{ "UTF-16LE may be declared and marked", "utf-16le", BYTES("\xff\xfe" "a\0"), "a", "UTF-16LE", true },
	{ "UTF-32 may be declared and marked", "utf-32", BYTES("\0\0\xfe\xff\0\0\0a"), "a", "UTF-32BE", true },
	{ "UTF-16LE without a mark is read where it is declared", "utf-16le", BYTES("a\0,\0b\0\n\0"), "a,b\n", "UTF-16LE", false },
	{ "UTF-16BE without a mark is read where it is declared", "utf-16be", BYTES("\0a\0,\0b\0\n"), "a,b\n", "UTF-16BE", false },
	{ "Windows-1252 is read where it is declared", "windows-1252", BYTES("\xe9\x80\x93\x94\xff"),
	  E_ACUTE EURO "\xe2\x80\x9c\xe2\x80\x9d\xc3\xbf", "windows-1252", false },
	{ "its name may be written in capitals", "Windows-1252", BYTES("\xe9"), E_ACUTE, "Windows-1252", false },
	{ "Windows-1252 of ASCII alone is ASCII", "windows-1252", BYTES("a,b\r\n"), "a,b\r\n", "windows-1252", false },
	{ "ISO-8859-1 is read where it is declared", "iso-8859-1", BYTES("\xe9\xa4\xa0"), E_ACUTE "\xc2\xa4\xc2\xa0", "iso-8859-1", false },
	{ "ISO-8859-15 is read where it is declared", "iso-8859-15", BYTES("\xe9\xa4\xbd"), E_ACUTE EURO "\xc5\x93", "iso-8859-15", false },
	{ "Latin-9 is another name of it", "latin-9", BYTES("\xa4"), EURO, "latin-9", false },
	{ "Mac Roman is read where it is declared", "macintosh", BYTES("\x8e\xca\xd5\xdb"), E_ACUTE "\xc2\xa0\xe2\x80\x99" EURO, "macintosh", false },
	{ "an encoding of several bytes a letter is read", "shift_jis", BYTES("\x93\xfa\x96\x7b\n"), "\xe6\x97\xa5\xe6\x9c\xac\n", "shift_jis", false },
	{ "a letter that is kept back for an accent comes at the end", "tcvn", BYTES("a"), "a", "tcvn", false },
	{ "a NUL stays: it is one row's fault", NULL, BYTES("a,b\n1,2\0\n3,4\n"), "a,b\n1,2", "UTF-8", false },
	{ "a second byte of NUL makes no UTF-16", NULL, BYTES("a\0b,c\n1,2\n"), "a", "UTF-8", false },
	{ "text that begins like another format is text", NULL, BYTES("PK,name\n1,2\n"), "PK,name\n1,2\n", "UTF-8", false },
};

/* As it is, and packed. The text is compared to its first NUL, and where it has one the length with the file's. */
static void file_gives_text(void **state)
{
	const struct example *example = *state;
	struct bytes_options options = { .encoding = example->declared };
	for (int gzip = 0; gzip < 2; gzip++) {
		struct text file = { 0 }, text = { 0 };
		struct error err = { 0 };
		struct bytes_account account;
		if (gzip)
			add_packed(&file, example->bytes, example->length);
		else
			text_add_bytes(&file, example->bytes, example->length);
		assert_ok(read_bytes(&text, &account, file.bytes, file.length, &options, &err), &err);
		assert_string_equal(text.bytes, example->text);
		assert_int_equal(text.length, strlen(text.bytes) < text.length ? example->length : strlen(example->text));
		assert_string_equal(account.encoding, example->encoding);
		assert_int_equal(account.mark, example->mark);
		assert_int_equal(account.gzip, gzip);
		free((char *)account.encoding);
		text_free(&text);
		text_free(&file);
	}
}

/* Lines and bytes were counted by hand: the first byte of the sequence that is none. RFC 3629 for UTF-8. */
static const struct refusal {
	const char *name, *declared;
	const char *bytes;
	size_t length;
	const char *code;
	size_t line, column;
	const char *help;
} refusals[] = {
	{ "an empty file is refused", NULL, BYTES(""), "file-empty", 0, 0, "export" },
	{ "a mark alone is an empty file", NULL, BYTES(MARK), "file-empty", 0, 0, "export" },
	{ "a mark of UTF-16 alone is an empty file", NULL, BYTES("\xff\xfe"), "file-empty", 0, 0, "export" },
	{ "a letter of Windows-1252 is refused at its byte", NULL, BYTES("a,b\nM\xfcller,2\n"), "file-encoding", 2, 2, "`encoding: windows-1252`" },
	{ "the first byte may be the fault", NULL, BYTES("\xe9" "a\n"), "file-encoding", 1, 1, "windows-1252" },
	{ "bytes are counted, not letters", NULL, BYTES("a\n" E_ACUTE EURO "\xff\n"), "file-encoding", 2, 6, "windows-1252" },
	{ "a mark is no byte of the line", NULL, BYTES(MARK "a\xff\n"), "file-encoding", 1, 2, "export it again" },
	{ "lines that end in CRLF are counted once", NULL, BYTES("a\r\nb\r\nc\xff"), "file-encoding", 3, 2, "windows-1252" },
	{ "lines that end in CR are counted", NULL, BYTES("a\rb\rc\xff"), "file-encoding", 3, 2, "windows-1252" },
	{ "LF and then CR are two line ends", NULL, BYTES("a\n\rc\xff"), "file-encoding", 3, 2, "windows-1252" },
	{ "blank lines are counted", NULL, BYTES("a\n\n\nccc\xff"), "file-encoding", 4, 4, "windows-1252" },
	{ "an overlong form is refused", NULL, BYTES("a\n\xc0\xaf\n"), "file-encoding", 2, 1, "windows-1252" },
	{ "an overlong form of three bytes is refused", NULL, BYTES("a\xe0\x80\xaf\n"), "file-encoding", 1, 2, "windows-1252" },
	{ "a surrogate in UTF-8 is refused", NULL, BYTES("a\n\xed\xa0\x80\n"), "file-encoding", 2, 1, "windows-1252" },
	{ "what is beyond U+10FFFF is refused", NULL, BYTES("a\xf4\x90\x80\x80"), "file-encoding", 1, 2, "windows-1252" },
	{ "a lone second byte is refused", NULL, BYTES("a,\x80"), "file-encoding", 1, 3, "windows-1252" },
	{ "a character that breaks off before the line's end is refused", NULL, BYTES("a\xe2\x82\nb\n"), "file-encoding", 1, 2, "windows-1252" },
	{ "a file that ends in a character of two bytes is refused", NULL, BYTES("a\nbc\xc3"), "file-encoding", 2, 3, "windows-1252" },
	{ "a file that ends in a character of three bytes is refused", NULL, BYTES("a\nbc\xe2\x82"), "file-encoding", 2, 3, "windows-1252" },
	{ "a file that ends in a character of four bytes is refused", NULL, BYTES("a\nbc\xf0\x9f\x98"), "file-encoding", 2, 3, "windows-1252" },
	{ "UTF-8 that is declared is not proposed as another", "utf-8", BYTES("a\xff"), "file-encoding", 1, 2, "correct `encoding`" },
	{ "UTF-16LE without a mark is refused, with its name", NULL, BYTES("a\0,\0b\0\n\0"), "file-encoding", 1, 0, "`encoding: utf-16le`" },
	{ "UTF-16BE without a mark is refused, with its name", NULL, BYTES("\0a\0,\0b\0\n"), "file-encoding", 1, 0, "`encoding: utf-16be`" },
	{ "UTF-16 whose first letter has no NUL is told too", NULL, BYTES("\xa9\x03,\0b\0\n\0"), "file-encoding", 1, 0, "`encoding: utf-16le`" },
	{ "UTF-32LE without a mark is refused, with its name", NULL, BYTES("a" PADDED "," PADDED), "file-encoding", 1, 0, "`encoding: utf-32le`" },
	{ "UTF-32BE without a mark is refused, with its name", NULL, BYTES("\0\0\0a\0\0\0,"), "file-encoding", 1, 0, "`encoding: utf-32be`" },
	{ "UTF-16 without a mark is no Windows-1252", "windows-1252", BYTES("a\0,\0b\0\n\0"), "file-encoding", 1, 0, "utf-16le" },
	{ "UTF-16 without the order of its bytes is refused", "utf-16", BYTES("a\0,\0b\0\n\0"), "file-encoding", 1, 0, "`encoding: utf-16le`" },
	{ "UTF-16 that is declared and is none is refused", "utf-16", BYTES("a,b\n"), "file-encoding", 1, 0, "take `encoding` out" },
	{ "an odd byte at the end of UTF-16LE is refused", NULL, BYTES("\xff\xfe" "a\0\n\0b\0c"), "file-encoding", 2, 3, "export it again" },
	{ "an odd byte at the end of UTF-16BE is refused", NULL, BYTES("\xfe\xff\0a\0\n\0b\0"), "file-encoding", 2, 3, "export it again" },
	{ "one to three bytes at the end of UTF-32 are refused", NULL, BYTES("\xff\xfe\0\0" "a" PADDED "b\0"), "file-encoding", 1, 5, "export it again" },
	{ "a high surrogate alone is refused", NULL, BYTES("\xff\xfe" "a\0\r\0\n\0b\0\x3d\xd8" "c\0"), "file-encoding", 2, 3, "export it again" },
	{ "a low surrogate alone is refused", NULL, BYTES("\xfe\xff\0a\0\r\0b\xde\x00\0c"), "file-encoding", 2, 3, "export it again" },
	{ "a high surrogate at the end is refused", NULL, BYTES("\xff\xfe" "a\0\x3d\xd8"), "file-encoding", 1, 3, "export it again" },
	{ "a surrogate in UTF-32 is refused", NULL, BYTES("\0\0\xfe\xff\0\0\0a\0\0\xd8\0"), "file-encoding", 1, 5, "export it again" },
	{ "UTF-32 beyond U+10FFFF is refused", NULL, BYTES("\0\0\xfe\xff\0\0\0a\0\x11\0\0"), "file-encoding", 1, 5, "export it again" },
	{ "a mark of the other order in the middle is refused", NULL, BYTES("\xff\xfe" "a\0\n\0\xfe\xff\0b"), "file-encoding", 2, 1, "each file" },
	{ "a mark contradicts Windows-1252", "windows-1252", BYTES(MARK "a"), "file-encoding", 1, 0, "take `encoding` out" },
	{ "a mark of UTF-16 contradicts Windows-1252", "windows-1252", BYTES("\xff\xfe" "a\0"), "file-encoding", 1, 0, "take `encoding` out" },
	{ "a mark of UTF-16 contradicts UTF-8", "utf-8", BYTES("\xff\xfe" "a\0"), "file-encoding", 1, 0, "take `encoding` out" },
	{ "a mark of UTF-16BE contradicts UTF-16LE", "utf-16le", BYTES("\xfe\xff" "\0a"), "file-encoding", 1, 0, "take `encoding` out" },
	{ "a mark of UTF-32 contradicts UTF-16", "utf-16", BYTES("\0\0\xfe\xff\0\0\0a"), "file-encoding", 1, 0, "take `encoding` out" },
	{ "a mark of UTF-8 contradicts UTF-16", "utf-16", BYTES(MARK "a"), "file-encoding", 1, 0, "take `encoding` out" },
	{ "a byte that Shift JIS does not have is refused", "shift_jis", BYTES("\x93\xfa\n\x93\xfa\xff"), "file-encoding", 2, 3, "correct `encoding`" },
	{ "a letter of Shift JIS that is cut off is refused", "shift_jis", BYTES("\x93\xfa\n\x93\xfa\x96"), "file-encoding", 2, 3, "correct `encoding`" },
	{ "ASCII that is declared has no other letters", "ascii", BYTES("a\n\xe9"), "file-encoding", 2, 1, "correct `encoding`" },
	{ "quotes of Windows-1252 are no ISO-8859-1", "iso-8859-1", BYTES("a\n\xe9,\x93" "b\x94\n"), "file-encoding", 2, 3, "windows-1252" },
	{ "they may be the first byte", "iso-8859-15", BYTES("\x80\n"), "file-encoding", 1, 1, "windows-1252" },
	{ "an Excel workbook is refused", NULL, BYTES("PK\3\4\24\0\6\0xl/workbook.xml"), "file-not-text", 0, 0, "save the sheet" },
	{ "it is refused whatever is declared", "windows-1252", BYTES("PK\3\4\24\0\6\0xl/workbook.xml"), "file-not-text", 0, 0, "save the sheet" },
	{ "an empty zip archive is refused", NULL, BYTES("PK\5\6\0\0\0\0"), "file-not-text", 0, 0, "export" },
	{ "an old Excel workbook is refused", NULL, BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "file-not-text", 0, 0, "save the sheet" },
	{ "an SPSS file is refused", NULL, BYTES("$FL2@(#) SPSS DATA FILE"), "file-not-text", 0, 0, "platform" },
	{ "a packed SPSS file is refused", NULL, BYTES("$FL3@(#) SPSS DATA FILE"), "file-not-text", 0, 0, "platform" },
	{ "a portable SPSS file is refused", NULL, BYTES("ASCII SPSS PORT FILE    "), "file-not-text", 0, 0, "platform" },
	{ "a Stata file is refused", NULL, BYTES("<stata_dta><header>"), "file-not-text", 0, 0, "export" },
	{ "a web page is refused", NULL, BYTES("\n  <!DOCTYPE HTML><html>"), "file-not-text", 0, 0, "why the export failed" },
	{ "a web page after a mark is refused", NULL, BYTES(MARK "<html lang=\"en\">"), "file-not-text", 0, 0, "why the export failed" },
	{ "an XML document is refused", NULL, BYTES("<?xml version=\"1.0\"?>"), "file-not-text", 0, 0, "why the export failed" },
	{ "a PDF document is refused", NULL, BYTES("%PDF-1.7"), "file-not-text", 0, 0, "export" },
	{ "a document with fonts is refused", NULL, BYTES("{\\rtf1\\ansi"), "file-not-text", 0, 0, "export" },
	{ "an SQLite database is refused", NULL, BYTES("SQLite format 3\0\20\0"), "file-not-text", 0, 0, "export" },
	{ "a bzip2 file is refused", NULL, BYTES("BZh91AY&SY\1"), "file-not-text", 0, 0, "unpack" },
	{ "an xz file is refused", NULL, BYTES("\xfd" "7zXZ\0\0"), "file-not-text", 0, 0, "unpack" },
	{ "a zstd file is refused", NULL, BYTES("\x28\xb5\x2f\xfd\4"), "file-not-text", 0, 0, "unpack" },
	{ "a 7z archive is refused", NULL, BYTES("7z\xbc\xaf\x27\x1c"), "file-not-text", 0, 0, "unpack" },
	{ "a file of NULs is refused", NULL, BYTES("\0\0\0\0\0\0\0\0\0\0\0\0"), "file-corrupt", 0, 0, "fetch" },
};

static void assert_refused(const struct refusal *refusal, const char *bytes, size_t length)
{
	struct bytes_options options = { .encoding = refusal->declared };
	struct text text = { 0 };
	struct error err = { 0 };
	struct bytes_account account;
	assert_false(read_bytes(&text, &account, bytes, length, &options, &err));
	assert_int_equal(err.kind, ERROR_INPUT);
	assert_string_equal(err.code, refusal->code);
	assert_int_equal(err.line, refusal->line);
	assert_int_equal(err.column, refusal->column);
	assert_non_null(strstr(err.help, refusal->help));
	assert_int_equal(text_valid_utf8(err.message, strlen(err.message)), strlen(err.message));
	text_free(&text);
}

/* As it is, and packed. */
static void file_is_refused(void **state)
{
	const struct refusal *refusal = *state;
	assert_refused(refusal, refusal->bytes, refusal->length);
	struct text file = { 0 };
	add_packed(&file, refusal->bytes, refusal->length);
	assert_refused(refusal, file.bytes, file.length);
	text_free(&file);
}

/* What iconv takes but no file of a study is in: nothing, another encoding on another machine, letters left out. */
static const struct misnomer {
	const char *name, *declared, *help;
} misnomers[] = {
	{ "an unknown encoding is a fault of the config", "klingon", "windows-1252, iso-8859-1, iso-8859-15, macintosh and utf-16" },
	{ "a misspelt encoding brings the nearest", "window-1252", "did you mean `windows-1252`" },
	{ "no encoding at all is no encoding", "", "usual" },
	{ "an encoding that leaves letters out is none", "ascii//IGNORE", "usual" },
	{ "an encoding that changes letters is none", "utf-8//TRANSLIT", "usual" },
	{ "an encoding that differs by machine is none", "wchar_t", "usual" },
	{ "UCS-2 in the order of the machine is none", "ucs-2", "usual" },
	{ "an encoding without ASCII is none", "ibm037", "usual" },
};

static void name_is_refused(void **state)
{
	const struct misnomer *misnomer = *state;
	struct bytes_options options = { .encoding = misnomer->declared };
	struct text text = { 0 };
	struct error err = { 0 };
	struct bytes_account account;
	assert_false(read_bytes(&text, &account, "a,b\n", 4, &options, &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_non_null(strstr(err.help, misnomer->help));
	text_free(&text);
}

/* CP1252.TXT: 0x81, 0x8D, 0x8F, 0x90 and 0x9D are undefined, all others are not. */
static void every_byte_of_windows_1252_is_one_letter_or_refused(void **state)
{
	(void)state;
	static const char undefined[] = "\x81\x8d\x8f\x90\x9d";
	struct bytes_options options = { .encoding = "windows-1252" };
	for (int byte = 0x80; byte <= 0xff; byte++) {
		char file[] = { 'a', '\n', 'b', (char)byte, '\n' };
		struct text text = { 0 };
		struct error err = { 0 };
		struct bytes_account account;
		bool ok = read_bytes(&text, &account, file, sizeof file, &options, &err);
		assert_true(ok == (strchr(undefined, (char)byte) == NULL));
		if (ok) {
			assert_true(text.length == 6 || text.length == 7);
			free((char *)account.encoding);
		} else {
			assert_string_equal(err.code, "file-encoding");
			assert_int_equal(err.line, 2);
			assert_int_equal(err.column, 2);
		}
		text_free(&text);
	}
}

static void add_many(struct text *text, const char *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		text_add(text, bytes);
}

/* A character stands at each place of a block's edge; what follows it is read, and a fault behind it found. */
static void characters_across_blocks_are_whole(void **state)
{
	(void)state;
	for (size_t before = 65530; before < 65610; before += before == 65540 ? 50 : 1) {
		struct text file = { 0 }, text = { 0 };
		struct error err = { 0 };
		struct bytes_account account;
		add_many(&file, "x", before);
		text_add(&file, FACE EURO E_ACUTE "\n" FACE);
		assert_ok(read_bytes(&text, &account, file.bytes, file.length, NULL, &err), &err);
		assert_string_equal(text.bytes, file.bytes);
		free((char *)account.encoding);

		text_add(&file, "\xf0\x9f\x98");
		text.length = 0;
		assert_false(read_bytes(&text, &account, file.bytes, file.length, NULL, &err));
		assert_int_equal(err.line, 2);
		assert_int_equal(err.column, 5);
		text_free(&text);
		text_free(&file);
	}
}

/* The same in UTF-16, where a block may end in a surrogate, and in CR before LF. */
static void surrogates_across_blocks_are_whole(void **state)
{
	(void)state;
	for (size_t before = 32755; before < 32805; before++) {
		struct text file = { 0 }, expected = { 0 }, text = { 0 };
		struct error err = { 0 };
		struct bytes_account account;
		text_add_bytes(&file, "\xff\xfe", 2);
		for (size_t i = 0; i < before; i++)
			text_add_bytes(&file, "x\0", 2);
		text_add_bytes(&file, "\r\0\n\0\x3d\xd8\x00\xde", 8);
		add_many(&expected, "x", before);
		text_add(&expected, "\r\n" FACE);
		assert_ok(read_bytes(&text, &account, file.bytes, file.length, NULL, &err), &err);
		assert_string_equal(text.bytes, expected.bytes);
		assert_string_equal(account.encoding, "UTF-16LE");
		free((char *)account.encoding);

		text_add_bytes(&file, "b\0\x3d\xd8" "c\0", 6);
		text.length = 0;
		assert_false(read_bytes(&text, &account, file.bytes, file.length, NULL, &err));
		assert_int_equal(err.line, 2);
		assert_int_equal(err.column, 7);
		text_free(&text);
		text_free(&expected);
		text_free(&file);
	}
}

/* Three bytes of text for one of the file: more than one block is made of a block. */
static void text_may_grow_in_conversion(void **state)
{
	(void)state;
	struct text file = { 0 }, expected = { 0 }, text = { 0 };
	struct error err = { 0 };
	struct bytes_account account;
	struct bytes_options options = { .encoding = "windows-1252" };
	for (size_t i = 0; i < 3000; i++) {
		add_many(&file, "\x80", 99);
		add_many(&expected, EURO, 99);
		text_add(&file, "\n");
		text_add(&expected, "\n");
	}
	assert_ok(read_bytes(&text, &account, file.bytes, file.length, &options, &err), &err);
	assert_int_equal(text.length, expected.length);
	assert_memory_equal(text.bytes, expected.bytes, expected.length);
	free((char *)account.encoding);
	text_add(&file, "\x80\x81");
	text.length = 0;
	assert_false(read_bytes(&text, &account, file.bytes, file.length, &options, &err));
	assert_int_equal(err.line, 3001);
	assert_int_equal(err.column, 2);
	text_free(&file);
	text_free(&expected);
	text_free(&text);
}

static unsigned next_random(unsigned *random)
{
	*random = *random * 1103515245u + 12345u;
	return *random >> 16;
}

/* Random text with one random byte changed: accepted, or refused at the byte, as text_valid_utf8 and a count of lines by
 * the byte say. */
static void random_faults_are_found_at_their_byte(void **state)
{
	(void)state;
	static const char *const pieces[] = { "a", "bcdefghijk", "\n", "\r\n", "\r", E_ACUTE, EURO, FACE, "\n\n", "," };
	unsigned random = 11;
	size_t refused = 0;
	for (size_t round = 0; round < 400; round++) {
		struct text file = { 0 }, text = { 0 };
		text_add(&file, "h");
		size_t count = next_random(&random) % 60, line = 1, column = 1;
		for (size_t i = 0; i < count; i++)
			text_add(&file, pieces[next_random(&random) % COUNT(pieces)]);
		file.bytes[next_random(&random) % file.length] = (char)(0x80 + next_random(&random) % 0x80);
		size_t bad = text_valid_utf8(file.bytes, file.length);
		for (size_t i = 0; i < bad; i++) {
			char c = file.bytes[i];
			bool ends = c == '\r' || (c == '\n' && !(i > 0 && file.bytes[i - 1] == '\r'));
			line += ends;
			column = c == '\r' || c == '\n' ? 1 : column + 1;
		}
		struct error err = { 0 };
		struct bytes_account account;
		bool ok = read_bytes(&text, &account, file.bytes, file.length, NULL, &err);
		assert_true(ok == (bad == file.length));
		if (ok) {
			assert_int_equal(text.length, file.length);
			assert_memory_equal(text.bytes, file.bytes, file.length);
			free((char *)account.encoding);
		} else {
			assert_int_equal(err.line, line);
			assert_int_equal(err.column, column);
			refused++;
		}
		text_free(&text);
		text_free(&file);
	}
	assert_in_range(refused, 200, 399); /* a byte changed within a character may leave it one */
}

/* ---- gzip ---- */

static void gzip_members_are_one_text(void **state)
{
	(void)state;
	struct text file = { 0 }, text = { 0 };
	struct error err = { 0 };
	struct bytes_account account;
	add_packed(&file, MARK "a" "\xe2\x82", 6); /* a character stands across the members */
	add_packed(&file, "", 0);
	add_packed(&file, "\xac\n" MARK "b\n", 7); /* and a mark inside is no longer one */
	text_add_bytes(&file, "\0\0\0\0\0\0", 6);  /* zeros as tapes leave them */
	assert_ok(read_bytes(&text, &account, file.bytes, file.length, NULL, &err), &err);
	assert_string_equal(text.bytes, "a" EURO "\n" MARK "b\n");
	assert_true(account.gzip && account.mark);
	free((char *)account.encoding);

	file.length = text.length = 0; /* a mark across three members is one */
	add_packed(&file, "\xef", 1);
	add_packed(&file, "\xbb", 1);
	add_packed(&file, "\xbf" "a", 2);
	assert_ok(read_bytes(&text, &account, file.bytes, file.length, NULL, &err), &err);
	assert_string_equal(text.bytes, "a");
	assert_true(account.mark);
	free((char *)account.encoding);
	text_free(&text);
	text_free(&file);
}

static void utf_16_in_two_gzip_members_is_one_text(void **state)
{
	(void)state;
	struct text file = { 0 }, text = { 0 };
	struct error err = { 0 };
	struct bytes_account account;
	add_packed(&file, "\xff\xfe" "a\0b", 5); /* a letter stands across the members */
	add_packed(&file, "\0\n\0\xff\xfe" "c\0", 7);
	assert_ok(read_bytes(&text, &account, file.bytes, file.length, NULL, &err), &err);
	assert_string_equal(text.bytes, "ab\n" MARK "c");
	assert_string_equal(account.encoding, "UTF-16LE");
	free((char *)account.encoding);
	text_free(&text);
	text_free(&file);
}

static void gzip_faults_tell_their_line(void **state)
{
	(void)state;
	static const struct {
		const char *code;
		size_t cut;
		const char *more;
		size_t more_length, flip;
	} faults[] = {
		{ "file-truncated", 1, "", 0, 0 },
		{ "file-truncated", 8, "", 0, 0 },
		{ "file-trailing-bytes", 0, "5,6\n", 4, 0 },
		{ "file-trailing-bytes", 0, "\0\0\x1f\x8b", 4, 0 },
		{ "file-truncated", 0, "\x1f\x8b\x08", 3, 0 },
		{ "file-corrupt", 0, "\x1f\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 12, 0 },
		{ "file-corrupt", 0, "", 0, 6 }, /* in the sum of the last eight bytes */
	};
	for (size_t i = 0; i < COUNT(faults); i++) {
		struct text file = { 0 }, text = { 0 };
		struct error err = { 0 };
		struct bytes_account account;
		add_packed(&file, "a,b\n1,2\n3,4\n", 12);
		file.length -= faults[i].cut;
		text_add_bytes(&file, faults[i].more, faults[i].more_length);
		if (faults[i].flip)
			file.bytes[file.length - faults[i].flip] ^= 1;
		assert_false(read_bytes(&text, &account, file.bytes, file.length, NULL, &err));
		assert_int_equal(err.kind, ERROR_INPUT);
		assert_string_equal(err.code, faults[i].code);
		assert_true(err.line == 1 || err.line == 4); /* before the first block, or behind all of it */
		assert_true(err.line == 4 || text.length == 0);
		assert_non_null(strstr(err.help, "gzip -t"));
		text_free(&text);
		text_free(&file);
	}
}

static void gzip_inside_gzip_is_refused(void **state)
{
	(void)state;
	struct text once = { 0 }, twice = { 0 }, text = { 0 };
	struct error err = { 0 };
	struct bytes_account account;
	add_packed(&once, "a,b\n", 4);
	add_packed(&twice, once.bytes, once.length);
	assert_false(read_bytes(&text, &account, twice.bytes, twice.length, NULL, &err));
	assert_string_equal(err.code, "file-not-text");
	assert_non_null(strstr(err.help, "once"));
	text_free(&once);
	text_free(&twice);
	text_free(&text);
}

/* A header of 512 bytes with ustar at 257 (POSIX pax, ustar interchange format). */
static void tar_archive_is_refused(void **state)
{
	(void)state;
	char header[512] = "export.csv";
	memcpy(header + 257, "ustar", 6);
	struct text file = { 0 }, text = { 0 };
	struct error err = { 0 };
	struct bytes_account account;
	add_packed(&file, header, sizeof header);
	assert_false(read_bytes(&text, &account, file.bytes, file.length, NULL, &err));
	assert_string_equal(err.code, "file-not-text");
	assert_non_null(strstr(err.message, "tar"));
	text_free(&file);
	text_free(&text);
}

/* ---- limits ---- */

static void file_over_its_limit_is_refused(void **state)
{
	(void)state;
	static const struct {
		size_t length;
		long long limit;
		bool ok;
	} sizes[] = {
		{ 100, 100, true }, { 101, 100, false }, { 200000, 200000, true }, { 200000, 199999, false }, { 70000, 0, true },
	};
	for (size_t i = 0; i < COUNT(sizes); i++)
		for (int gzip = 0; gzip < 2; gzip++) {
			struct bytes_options options = { .limit = sizes[i].limit };
			struct text plain = { 0 }, file = { 0 }, text = { 0 };
			struct error err = { 0 };
			struct bytes_account account;
			add_many(&plain, "x", sizes[i].length);
			if (gzip)
				add_packed(&file, plain.bytes, plain.length);
			else
				text_add_bytes(&file, plain.bytes, plain.length);
			bool ok = read_bytes(&text, &account, file.bytes, file.length, &options, &err);
			assert_int_equal(ok, sizes[i].ok);
			if (ok) {
				assert_int_equal(text.length, sizes[i].length);
				free((char *)account.encoding);
			} else {
				char *limit = mem_print(" %lld bytes", sizes[i].limit);
				assert_int_equal(err.kind, ERROR_INPUT);
				assert_string_equal(err.code, "file-too-large");
				assert_non_null(strstr(err.message, limit));
				free(limit);
			}
			text_free(&text);
			text_free(&file);
			text_free(&plain);
		}
}

/* 100 MB of zeros in 100 KB: refused after the 1 MB that are allowed. */
static void packed_file_that_unfolds_is_refused_at_its_limit(void **state)
{
	(void)state;
	size_t length = 100000000, packed_length;
	char *zeros = mem_alloc(length, 1);
	memset(zeros, 'x', length);
	unsigned char *gzip = packed(zeros, length, &packed_length);
	assert_true(packed_length < 200000);
	struct bytes_options options = { .limit = 1000000 };
	struct text text = { 0 };
	struct error err = { 0 };
	struct bytes_account account;
	assert_false(read_bytes(&text, &account, (char *)gzip, packed_length, &options, &err));
	assert_string_equal(err.code, "file-too-large");
	assert_true(text.length <= 1000000);
	text_free(&text);
	free(gzip);
	free(zeros);
}

static void missing_file_is_no_input(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct bytes *bytes = NULL;
	assert_false(bytes_open(&bytes, "/nonexistent/export.csv", NULL, &err));
	assert_null(bytes);
	assert_int_equal(err.kind, ERROR_NO_INPUT);
}

static void folder_is_no_file(void **state)
{
	(void)state;
	char *folder = test_folder();
	struct error err = { 0 };
	struct bytes *bytes = NULL;
	assert_false(bytes_open(&bytes, folder, NULL, &err));
	assert_null(bytes);
	assert_int_equal(err.kind, ERROR_INPUT);
	assert_string_equal(err.code, "file-not-text");
	free(folder);
}

int main(void)
{
	static const struct CMUnitTest single[] = {
		cmocka_unit_test(every_byte_of_windows_1252_is_one_letter_or_refused),
		cmocka_unit_test(characters_across_blocks_are_whole),
		cmocka_unit_test(surrogates_across_blocks_are_whole),
		cmocka_unit_test(text_may_grow_in_conversion),
		cmocka_unit_test(random_faults_are_found_at_their_byte),
		cmocka_unit_test(gzip_members_are_one_text),
		cmocka_unit_test(utf_16_in_two_gzip_members_is_one_text),
		cmocka_unit_test(gzip_faults_tell_their_line),
		cmocka_unit_test(gzip_inside_gzip_is_refused),
		cmocka_unit_test(tar_archive_is_refused),
		cmocka_unit_test(file_over_its_limit_is_refused),
		cmocka_unit_test(packed_file_that_unfolds_is_refused_at_its_limit),
		cmocka_unit_test(missing_file_is_no_input),
		cmocka_unit_test(folder_is_no_file),
	};
	struct CMUnitTest tests[COUNT(examples) + COUNT(refusals) + COUNT(misnomers) + COUNT(single)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[count++] = (struct CMUnitTest){ .name = examples[i].name, .test_func = file_gives_text,
			                              .initial_state = (void *)&examples[i] };
	for (size_t i = 0; i < COUNT(refusals); i++)
		tests[count++] = (struct CMUnitTest){ .name = refusals[i].name, .test_func = file_is_refused,
			                              .initial_state = (void *)&refusals[i] };
	for (size_t i = 0; i < COUNT(misnomers); i++)
		tests[count++] = (struct CMUnitTest){ .name = misnomers[i].name, .test_func = name_is_refused,
			                              .initial_state = (void *)&misnomers[i] };
	for (size_t i = 0; i < COUNT(single); i++)
		tests[count++] = single[i];
	return cmocka_run_group_tests(tests, NULL, NULL);
}

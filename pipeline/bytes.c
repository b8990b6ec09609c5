#include "bytes.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "converter.h"
#include "mem.h"
#include "plain_file.h"
#include "text.h"

enum {
	BLOCK = 65536,
	LEFT = 64, /* room for the part of a character that a block ends with */
	LONGEST_MARK = 4,
	LOOKED_AT = 4096, /* bytes by which text of two or four bytes a character is told */
	CONVERTED = 65536,
};

/* The encodings that a mark tells, the longer marks first. */
struct unicode {
	const char *name, *mark;
	size_t mark_length;
	size_t unit; /* bytes of a line end */
	bool big;    /* the high byte first */
};

static const struct unicode unicodes[] = {
	{ "UTF-8", "\xef\xbb\xbf", 3, 1, false },   { "UTF-32LE", "\xff\xfe\0\0", 4, 4, false },
	{ "UTF-32BE", "\0\0\xfe\xff", 4, 4, true }, { "UTF-16LE", "\xff\xfe", 2, 2, false },
	{ "UTF-16BE", "\xfe\xff", 2, 2, true },
};

static const char *const usual[] = { "utf-8", "windows-1252", "iso-8859-1", "iso-8859-15", "macintosh", "utf-16" };

struct bytes {
	char *path, *declared;      /* declared NULL: nothing is */
	const struct unicode *mark; /* NULL: none */
	int file;                   /* -1: none */
	long long unpacked, limit;
	struct bytes_account account;

	/* inflate() rather than gzread(), which ends in silence at bytes that follow the last gzip member: rows that
	 * somebody appended to a packed export would be lost. */
	bool in_member, padding;
	z_stream zip;
	unsigned char packed[BLOCK];

	char raw[BLOCK + LEFT]; /* unpacked; what stands from `at` to `length` is not handed on yet */
	size_t at, length;
	bool ended; /* nothing follows what is in `raw` */

	bool converts;
	iconv_t converter;
	char *converted; /* CONVERTED bytes; NULL: nothing is converted */

	/* Where `at` is: line from 1, bytes of it that were passed over. */
	size_t unit, line, column;
	bool big, after_cr;
};

static bool fails(struct error *err, const struct bytes *bytes, const char *code, const char *what, const char *help)
{
	error_at(err, ERROR_INPUT, bytes->path, 0, "%s", what);
	error_code(err, code);
	return error_help(err, "%s", help);
}

/* ---- the file, unpacked ---- */

static bool read_file(struct bytes *bytes, char *block, size_t room, size_t *length, struct error *err)
{
	*length = 0;
	while (*length < room) {
		ssize_t got = read(bytes->file, block + *length, room - *length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_at(err, ERROR_IO, bytes->path, 0, "cannot read: %s", strerror(errno));
		if (got == 0)
			break;
		*length += (size_t)got;
	}
	return true;
}

static bool gzip_fails(struct error *err, const struct bytes *bytes, const char *code, const char *what)
{
	error_at(err, ERROR_INPUT, bytes->path, bytes->line, "%s", what);
	error_code(err, code);
	return error_help(err, "fetch the file again, and check it with `gzip -t`");
}

static bool unpack(struct bytes *bytes, char *block, size_t room, size_t *length, struct error *err)
{
	z_stream *zip = &bytes->zip;
	zip->next_out = (unsigned char *)block;
	zip->avail_out = (uInt)room;
	while (zip->avail_out == room) {
		if (zip->avail_in == 0) {
			size_t got;
			if (!read_file(bytes, (char *)bytes->packed, BLOCK, &got, err))
				return false;
			zip->next_in = bytes->packed;
			zip->avail_in = (uInt)got;
		}
		if (zip->avail_in == 0) {
			if (bytes->in_member)
				return gzip_fails(err, bytes, "file-truncated", "the gzip file ends too early");
			break;
		}
		if (!bytes->in_member) {
			if (*zip->next_in == 0) { /* tapes and disks pad with zeros; gzip itself passes them over */
				bytes->padding = true;
				zip->next_in++;
				zip->avail_in--;
				continue;
			}
			if (*zip->next_in != 0x1f || bytes->padding)
				return gzip_fails(err, bytes, "file-trailing-bytes",
				                  "bytes that are not gzip follow the packed file");
			inflateReset(zip);
			bytes->in_member = true;
		}
		int status = inflate(zip, Z_NO_FLUSH);
		if (status == Z_STREAM_END)
			bytes->in_member = false;
		else if (status != Z_OK && status != Z_BUF_ERROR)
			return gzip_fails(err, bytes, "file-corrupt", "the gzip file is damaged");
	}
	*length = room - zip->avail_out;
	return true;
}

static bool too_large(struct error *err, const struct bytes *bytes)
{
	error_at(err, ERROR_INPUT, bytes->path, 0, "the file%s is larger than the limit of %lld bytes",
	         bytes->account.gzip ? ", unpacked," : "", bytes->limit);
	error_code(err, "file-too-large");
	return error_help(err, "check that it is the export; export a larger study in several files");
}

/* More of `raw`, behind what is left of it. */
static bool fill(struct bytes *bytes, struct error *err)
{
	bytes->length -= bytes->at;
	memmove(bytes->raw, bytes->raw + bytes->at, bytes->length);
	bytes->at = 0;
	char *block = bytes->raw + bytes->length;
	size_t room = sizeof bytes->raw - bytes->length, got;
	if (!(bytes->account.gzip ? unpack : read_file)(bytes, block, room, &got, err))
		return false;
	bytes->ended = got == 0;
	bytes->length += got;
	bytes->unpacked += (long long)got;
	return bytes->unpacked <= bytes->limit || too_large(err, bytes);
}

static bool open_file(struct bytes *bytes, struct error *err)
{
	struct stat status;
	bytes->file = plain_file_open(bytes->path, &status);
	if (bytes->file < 0 && (errno == ENOENT || errno == ENOTDIR)) {
		error_at(err, ERROR_NO_INPUT, bytes->path, 0, "there is no such file");
		return error_help(err, "check its name and folder");
	}
	if (bytes->file < 0 && (errno == EISDIR || errno == EINVAL))
		return fails(err, bytes, "file-not-text", "this is a folder or a device, not a CSV file",
		             "name the file itself");
	if (bytes->file < 0)
		return error_at(err, ERROR_IO, bytes->path, 0, "cannot open: %s", strerror(errno));
	if (status.st_size > bytes->limit)
		return too_large(err, bytes);

	size_t length;
	if (!read_file(bytes, (char *)bytes->packed, BLOCK, &length, err))
		return false;
	bytes->account.gzip = length >= 2 && bytes->packed[0] == 0x1f && bytes->packed[1] == 0x8b;
	if (!bytes->account.gzip) {
		memcpy(bytes->raw, bytes->packed, length);
		bytes->length = length;
		bytes->unpacked = (long long)length;
		return true;
	}
	if (inflateInit2(&bytes->zip, 15 + 16) != Z_OK) /* 16: gzip and nothing else */
		return error_set(err, ERROR_FAULT, "cannot begin to unpack");
	bytes->zip.next_in = bytes->packed;
	bytes->zip.avail_in = (uInt)length;
	bytes->in_member = true;
	while (bytes->length < LONGEST_MARK && !bytes->ended) /* a member may hold no more than a byte */
		if (!fill(bytes, err))
			return false;
	return true;
}

/* ---- what kind of file it is ---- */

/* What people hand in instead of text. */
static const struct {
	size_t at;
	const char *bytes;
	size_t length;
	const char *what, *help;
} foreign[] = {
	{ 0, "PK\3\4", 4, "a zip archive or an office document (.xlsx, .ods)",
	  "unpack the archive, or save the sheet as CSV in UTF-8" },
	{ 0, "PK\5\6", 4, "an empty zip archive", "export the data again as CSV in UTF-8" },
	{ 0, "\xd0\xcf\x11\xe0", 4, "an old Excel workbook (.xls)", "save the sheet as CSV in UTF-8" },
	{ 0, "$FL2", 4, "an SPSS file (.sav)",
	  "name the platform of SPSS files in the config, or export as CSV in UTF-8" },
	{ 0, "$FL3", 4, "an SPSS file (.zsav)",
	  "name the platform of SPSS files in the config, or export as CSV in UTF-8" },
	{ 0, "ASCII SPSS PORT FILE", 20, "an SPSS file (.por)",
	  "name the platform of SPSS files in the config, or export as CSV in UTF-8" },
	{ 0, "<stata_dta>", 11, "a Stata file (.dta)", "export the data as CSV in UTF-8" },
	{ 0, "%PDF", 4, "a PDF document", "export the data as CSV in UTF-8" },
	{ 0, "{\\rtf", 5, "a text document with fonts (.rtf)", "export the data as CSV in UTF-8" },
	{ 0, "SQLite format 3", 15, "an SQLite database", "export the table as CSV in UTF-8" },
	{ 4, "1AY&SY", 6, "a bzip2 file", "unpack it, or pack it with gzip" },
	{ 0, "\xfd\x37zXZ", 5, "an xz file", "unpack it, or pack it with gzip" },
	{ 0, "7z\xbc\xaf", 4, "a 7z archive", "unpack it" },
	{ 0, "\x28\xb5\x2f\xfd", 4, "a zstd file", "unpack it, or pack it with gzip" },
	{ 0, "\x1f\x8b", 2, "a gzip file inside a gzip file", "unpack it once" },
	{ 257, "ustar", 5, "a tar archive", "unpack it" },
};

static bool begins_with(const char *bytes, size_t length, const char *word)
{
	return length >= strlen(word) && strncasecmp(bytes, word, strlen(word)) == 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_text(const struct bytes *bytes, struct error *err)
{
	const char *text = bytes->raw + bytes->at;
	size_t length = bytes->length - bytes->at, nuls = 0;
	for (size_t i = 0; i < COUNT(foreign); i++) {
		if (length < foreign[i].at + foreign[i].length
		    || memcmp(text + foreign[i].at, foreign[i].bytes, foreign[i].length) != 0)
			continue;
		error_at(err, ERROR_INPUT, bytes->path, 0, "this is %s, not a CSV file", foreign[i].what);
		error_code(err, "file-not-text");
		return error_help(err, "%s", foreign[i].help);
	}
	while (nuls < length && text[nuls] == '\0')
		nuls++;
	if (length > 0 && nuls == length)
		return fails(err, bytes, "file-corrupt",
		             "the file holds NUL bytes only, as where a copy or a download broke off",
		             "fetch the file again");
	while (length > 0 && is_blank(*text)) {
		text++;
		length--;
	}
	if (begins_with(text, length, "<!doctype html") || begins_with(text, length, "<html")
	    || begins_with(text, length, "<table") || begins_with(text, length, "<?xml"))
		return fails(err, bytes, "file-not-text", "this is a web page or an XML document, not a CSV file",
		             "open it to see why the export failed, then export the data as CSV again");
	return true;
}

/* ---- which encoding it is in ---- */

/* Whether two names are the same but for case and hyphens, in their first `length` characters of `b`. */
static bool same_name(const char *a, const char *b, size_t length)
{
	const char *end = b + length;
	for (;;) {
		a += strspn(a, "-_");
		while (b < end && *b == '-')
			b++;
		if (b == end || *a == '\0')
			return b == end && *a == '\0';
		if (strncasecmp(a, b, 1) != 0)
			return false;
		a++;
		b++;
	}
}

static bool is_named(const struct unicode *unicode, const char *name)
{
	return same_name(name, unicode->name, strlen(unicode->name));
}

/* UTF-16 and UTF-32 without the order of their bytes. */
static bool is_unordered(const struct unicode *unicode, const char *name)
{
	return unicode->unit > 1 && same_name(name, unicode->name, strlen("UTF-16"));
}

/* Whether the declared name is one, before the file is looked at. */
static bool check_declared(struct bytes *bytes, struct error *err)
{
	if (!bytes->declared)
		return true;
	for (size_t i = 0; i < COUNT(unicodes); i++)
		if (is_named(&unicodes[i], bytes->declared) || is_unordered(&unicodes[i], bytes->declared))
			return true;
	bytes->converts = converter_open(&bytes->converter, bytes->declared);
	if (bytes->converts)
		return true;
	error_at(err, ERROR_CONFIG, bytes->path, 0, "there is no encoding `%s`", bytes->declared);
	error_code(err, "file-encoding");
	const char *nearest = text_nearest(bytes->declared, usual, COUNT(usual));
	return error_help(err,
	                  "%s%s%susual ones are utf-8, windows-1252, iso-8859-1, iso-8859-15, macintosh and utf-16",
	                  nearest ? "did you mean `" : "", nearest ? nearest : "", nearest ? "`? The " : "");
}

static void find_mark(struct bytes *bytes)
{
	for (size_t i = 0; i < COUNT(unicodes) && !bytes->mark; i++)
		if (bytes->length >= unicodes[i].mark_length
		    && memcmp(bytes->raw, unicodes[i].mark, unicodes[i].mark_length) == 0)
			bytes->mark = &unicodes[i];
	bytes->at = bytes->mark ? bytes->mark->mark_length : 0;
	bytes->account.mark = bytes->mark != NULL;
}

static bool mark_contradicts(struct error *err, const struct bytes *bytes)
{
	error_at(err, ERROR_INPUT, bytes->path, 1, "the file's byte order mark says %s, and the config says %s",
	         bytes->mark->name, bytes->declared);
	error_code(err, "file-encoding");
	return error_help(err, "take `encoding` out of the export in the config: the mark tells it");
}

/* Text of two or four bytes a character tells itself by NULs: most of its even or of its odd bytes. The encoding that
 * it would be, or NULL. NULs at the end that no character has are padding. */
static const char *looks_wide(const struct bytes *bytes)
{
	size_t length = bytes->length < LOOKED_AT ? bytes->length : LOOKED_AT, padding = 0;
	while (padding < length && bytes->raw[length - 1 - padding] == '\0')
		padding++;
	size_t pairs = (length - (padding > 3 ? padding : 0)) / 2, nuls[2] = { 0, 0 };
	for (size_t i = 0; i < 2 * pairs; i++)
		nuls[i % 2] += bytes->raw[i] == '\0';
	if (4 * (nuls[0] + nuls[1]) > 5 * pairs) /* three bytes of four, where UTF-16 has two */
		return bytes->raw[0] == '\0' ? "utf-32be" : "utf-32le";
	return 2 * nuls[0] > pairs ? "utf-16be" : 2 * nuls[1] > pairs ? "utf-16le" : NULL;
}

static bool mark_lacks(struct error *err, const struct bytes *bytes, const char *wide)
{
	error_at(err, ERROR_INPUT, bytes->path, 1, "the file has no byte order mark, though it %s",
	         wide ? "looks like UTF-16 or UTF-32" : "is declared as UTF-16 or UTF-32");
	error_code(err, "file-encoding");
	if (!wide)
		return error_help(err, "take `encoding` out of the export in the config if the file is UTF-8");
	return error_help(err, "save it again as CSV in UTF-8, or write `encoding: %s` at the export in the config",
	                  wide);
}

/* The mark decides, else what is declared, else it is UTF-8. */
static bool choose_encoding(struct bytes *bytes, struct error *err)
{
	const struct unicode *chosen = bytes->mark;
	const char *declared = bytes->declared, *wide = looks_wide(bytes);
	if (chosen && declared && !is_named(chosen, declared) && !is_unordered(chosen, declared))
		return mark_contradicts(err, bytes);
	for (size_t i = 0; i < COUNT(unicodes) && !chosen && declared; i++) {
		if (is_named(&unicodes[i], declared))
			chosen = &unicodes[i];
		else if (is_unordered(&unicodes[i], declared))
			return mark_lacks(err, bytes, wide);
	}
	if (wide && (!chosen || chosen->unit == 1))
		return mark_lacks(err, bytes, wide);
	if (!chosen && !declared)
		chosen = &unicodes[0];
	bytes->account.encoding = chosen ? chosen->name : declared;
	bytes->unit = chosen ? chosen->unit : 1;
	bytes->big = chosen && chosen->big;
	if (bytes->unit > 1) {
		bytes->converter = iconv_open("UTF-8", chosen->name); /* in which no byte is an "a" */
		bytes->converts = bytes->converter != (iconv_t)-1;
		if (!bytes->converts)
			return error_set(err, ERROR_FAULT, "iconv does not know %s", chosen->name);
	}
	if (bytes->converts)
		bytes->converted = mem_alloc(CONVERTED, 1);
	return true;
}

static bool begin(struct bytes *bytes, struct error *err)
{
	if (!check_declared(bytes, err) || !open_file(bytes, err))
		return false;
	find_mark(bytes);
	if (bytes->at == bytes->length)
		return fails(err, bytes, "file-empty", "the file is empty", "export the data again");
	return is_text(bytes, err) && choose_encoding(bytes, err);
}

bool bytes_open(struct bytes **opened, const char *path, const struct bytes_options *options, struct error *err)
{
	struct bytes *bytes = mem_alloc(1, sizeof *bytes);
	bytes->path = mem_copy_text(path);
	bytes->file = -1;
	bytes->line = bytes->unit = 1;
	bytes->limit = options && options->limit > 0 ? options->limit : BYTES_LIMIT;
	if (options && options->encoding)
		bytes->declared = mem_copy_text(options->encoding);
	bool ok = begin(bytes, err);
	if (!ok) {
		bytes_close(bytes);
		bytes = NULL;
	}
	*opened = bytes;
	return ok;
}

void bytes_close(struct bytes *bytes)
{
	if (!bytes)
		return;
	if (bytes->account.gzip)
		inflateEnd(&bytes->zip);
	if (bytes->converts)
		iconv_close(bytes->converter);
	if (bytes->file >= 0)
		close(bytes->file);
	free(bytes->converted);
	free(bytes->declared);
	free(bytes->path);
	free(bytes);
}

const struct bytes_account *bytes_account(const struct bytes *bytes)
{
	return &bytes->account;
}

/* ---- as UTF-8 ---- */

static unsigned long unit_at(const struct bytes *bytes, const char *at)
{
	unsigned long value = 0;
	for (size_t i = 0; i < bytes->unit; i++)
		value = value << 8 | (unsigned char)at[bytes->big ? i : bytes->unit - 1 - i];
	return value;
}

static void pass_over_wide(struct bytes *bytes, const char *text, size_t length)
{
	for (size_t i = 0; i + bytes->unit <= length; i += bytes->unit) {
		unsigned long c = unit_at(bytes, text + i);
		bytes->line += c == '\r' || (c == '\n' && !bytes->after_cr);
		bytes->column = c == '\r' || c == '\n' ? 0 : bytes->column + bytes->unit;
		bytes->after_cr = c == '\r';
	}
}

/* Count the lines of the file's own bytes: CR, LF, or CR and LF. Every encoding that is read one byte at a time has
 * these two where ASCII has them, and nowhere else. */
static void pass_over(struct bytes *bytes, size_t length)
{
	const char *text = bytes->raw + bytes->at, *end = text + length, *start = text;
	bytes->at += length;
	if (bytes->unit > 1) {
		pass_over_wide(bytes, text, length);
		return;
	}
	for (const char *at = text; (at = memchr(at, '\r', (size_t)(end - at))); at++) {
		bytes->line++;
		start = at + 1;
	}
	for (const char *at = text; (at = memchr(at, '\n', (size_t)(end - at))); at++) {
		bytes->line += !(at > text ? at[-1] == '\r' : bytes->after_cr);
		if (start <= at)
			start = at + 1;
	}
	bytes->column = (size_t)(end - start) + (start == text ? bytes->column : 0);
	bytes->after_cr = length > 0 ? end[-1] == '\r' : bytes->after_cr;
}

static bool encoding_fails(struct error *err, const struct bytes *bytes, const char *what)
{
	error_at(err, ERROR_INPUT, bytes->path, bytes->line, "%s", what);
	error_code(err, "file-encoding");
	return error_column(err, bytes->column + 1);
}

static bool no_text(struct error *err, const struct bytes *bytes, bool cut)
{
	char what[160];
	snprintf(what, sizeof what, "the text is not %.100s at this byte", bytes->account.encoding);
	encoding_fails(err, bytes, cut ? "the file ends in the middle of a character" : what);
	if (bytes->declared && !bytes->account.mark)
		return error_help(err,
		                  "correct `encoding` of the export in the config, or export it again as CSV in UTF-8");
	if (bytes->account.mark)
		return error_help(err, "%s",
		                  "the file was cut off or mended by another program: export it again as CSV in UTF-8");
	return error_help(err, "export it again as CSV in UTF-8; if it was saved in Windows-1252, as by Excel, add "
	                       "`encoding: windows-1252` to the export in the config");
}

/* As text_valid_utf8(), eight bytes at a time where they are ASCII. */
static size_t valid_utf8(const char *text, size_t length)
{
	size_t at = 0;
	for (;;) {
		uint64_t word;
		for (; length - at >= sizeof word; at += sizeof word) {
			memcpy(&word, text + at, sizeof word);
			if (word & 0x8080808080808080u)
				break;
		}
		size_t good = text_valid_utf8(text + at, length - at < 16 ? length - at : 16);
		if (good == 0)
			return at;
		at += good;
	}
}

/* Whether the last bytes of the file could be the first bytes of a character. */
static bool begins_character(const char *text, size_t length)
{
	static const unsigned char lowest[] = { 0xc2, 0xe0, 0xf0 }; /* of two, three and four bytes */
	if (length == 0 || length > COUNT(lowest))
		return false;
	for (size_t i = 1; i < length; i++)
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return false;
	return (unsigned char)text[0] >= lowest[length - 1] && (unsigned char)text[0] <= 0xf4;
}

static bool read_plain(struct bytes *bytes, const char **block, size_t *length, struct error *err)
{
	for (;;) {
		*block = bytes->raw + bytes->at;
		size_t left = bytes->length - bytes->at;
		*length = valid_utf8(*block, left);
		if (*length > 0 || (left == 0 && bytes->ended)) {
			pass_over(bytes, *length);
			return true;
		}
		if (left >= 4 || bytes->ended)
			return no_text(err, bytes, bytes->ended && begins_character(*block, left));
		if (!fill(bytes, err))
			return false;
	}
}

/* Bytes of `text` before one that no text has, though the encoding does: a control character of C1, where Windows-1252
 * was declared as an ISO one; a mark of the other byte order, where two files were joined. */
static size_t before_foreign(const struct bytes *bytes, const char *text, size_t length)
{
	bool wide = bytes->unit > 1;
	const char *end = text + length;
	for (const char *at = text; (at = memchr(at, wide ? 0xef : 0xc2, (size_t)(end - at))); at++)
		if (wide ? end - at > 2 && memcmp(at, "\xef\xbf\xbe", 3) == 0
		         : end - at > 1 && (unsigned char)at[1] < 0xa0)
			return (size_t)(at - text);
	return length;
}

/* Convert from `at` on into at most `room` bytes: how many were made, of how many, and errno where it stopped. At the
 * end of the file, what iconv kept back to compose it with a letter that might follow. */
static int convert(const struct bytes *bytes, size_t room, size_t *made, size_t *taken)
{
	char *in = (char *)bytes->raw + bytes->at, *out = bytes->converted;
	size_t left = bytes->length - bytes->at;
	bool ok = iconv(bytes->converter, left ? &in : NULL, &left, &out, &room) != (size_t)-1;
	*made = (size_t)(out - bytes->converted);
	*taken = bytes->length - bytes->at - left;
	return ok ? 0 : errno;
}

static bool foreign_fails(struct error *err, const struct bytes *bytes)
{
	if (bytes->unit > 1) {
		encoding_fails(err, bytes, "the order of the bytes changes here, as where two files were joined");
		return error_help(err, "hand in each file by itself");
	}
	encoding_fails(err, bytes, "a control character that no text has stands at this byte");
	return error_help(err, "the file is hardly %s: try `encoding: windows-1252` in the config", bytes->declared);
}

static bool read_converted(struct bytes *bytes, const char **block, size_t *length, struct error *err)
{
	*block = bytes->converted;
	for (;;) {
		if (bytes->at == bytes->length && !bytes->ended && !fill(bytes, err))
			return false;
		size_t made, taken;
		int reason = convert(bytes, CONVERTED, &made, &taken);
		size_t good = before_foreign(bytes, bytes->converted, made);
		if (good < made) { /* again, as far as it is text: so the place of what is none is known */
			iconv(bytes->converter, NULL, NULL, NULL, NULL);
			convert(bytes, good, &made, &taken);
			pass_over(bytes, taken);
			return foreign_fails(err, bytes);
		}
		pass_over(bytes, taken);
		*length = made;
		if (made > 0 || (bytes->ended && bytes->at == bytes->length && taken == 0))
			return true;
		if (reason == EILSEQ || (reason == EINVAL && bytes->ended))
			return no_text(err, bytes, reason == EINVAL);
		if (!bytes->ended && !fill(bytes, err))
			return false;
	}
}

bool bytes_read(struct bytes *bytes, const char **block, size_t *length, struct error *err)
{
	return bytes->converts ? read_converted(bytes, block, length, err) : read_plain(bytes, block, length, err);
}

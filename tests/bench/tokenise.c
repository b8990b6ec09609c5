/* tokenise FILE: bare libcsv over a file, packed or not, in blocks of 64 KiB: what ingest is measured against. Prints
 * how many rows and cells there are. */
#include <csv.h>
#include <zlib.h>

#include <stdio.h>

enum { BLOCK = 65536 };

struct count {
	unsigned long long cells, rows;
};

static void take_cell(void *bytes, size_t length, void *data)
{
	(void)bytes;
	(void)length;
	((struct count *)data)->cells++;
}

static void take_end(int end, void *data)
{
	(void)end;
	((struct count *)data)->rows++;
}

/* The next block of a file, packed or not; -1: it cannot be read. */
static long read_block(FILE *plain, gzFile packed, char *block)
{
	if (packed)
		return gzread(packed, block, BLOCK);
	size_t length = fread(block, 1, BLOCK, plain);
	return ferror(plain) ? -1 : (long)length;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: tokenise FILE\n", stderr);
		return 64;
	}
	FILE *plain = fopen(argv[1], "rb");
	gzFile packed = gzopen(argv[1], "rb");
	struct csv_parser parser;
	if (!plain || !packed || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
		perror(argv[1]);
		return 66;
	}
	setvbuf(plain, NULL, _IONBF, 0);
	gzbuffer(packed, BLOCK);
	if (gzdirect(packed)) {
		gzclose(packed);
		packed = NULL;
	}

	static char block[BLOCK];
	struct count count = { 0 };
	long length;
	while ((length = read_block(plain, packed, block)) > 0)
		if (csv_parse(&parser, block, (size_t)length, take_cell, take_end, &count) != (size_t)length)
			break;
	if (length != 0 || csv_fini(&parser, take_cell, take_end, &count) != 0
	    || (packed && gzclose(packed) != Z_OK)) {
		fprintf(stderr, "tokenise: %s is no CSV file\n", argv[1]);
		return 65;
	}
	csv_free(&parser);
	fclose(plain);
	printf("%llu rows, %llu cells\n", count.rows, count.cells);
	return 0;
}

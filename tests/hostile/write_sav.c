/* write_sav FILE ROWS [zsav|declared]: an SPSS file with the columns of tests/hostile/dictionary, written by
 * ReadStat. The second respondent's age is -9 and the third's system-missing.
 *   zsav        packed
 *   declared    the file declares -9 a missing value of age, and says no reason */
#include <readstat.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_WIDTH = 40 };

static ssize_t write_bytes(const void *bytes, size_t length, void *file)
{
	return fwrite(bytes, 1, length, file) == length ? (ssize_t)length : -1;
}

/* ReadStat's calls fail only where this program is wrong or the disk is full. */
static void must(readstat_error_t status)
{
	if (status == READSTAT_OK)
		return;
	fprintf(stderr, "write_sav: %s\n", readstat_error_message(status));
	exit(1);
}

static readstat_variable_t *add(readstat_writer_t *writer, const char *name, const char *label, readstat_type_t type)
{
	readstat_variable_t *variable =
		readstat_add_variable(writer, name, type, type == READSTAT_TYPE_STRING ? TEXT_WIDTH : 0);
	readstat_variable_set_label(variable, label);
	return variable;
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fputs("usage: write_sav FILE ROWS [zsav|declared]\n", stderr);
		return 64;
	}
	long rows = strtol(argv[2], NULL, 10);
	const char *kind = argc > 3 ? argv[3] : "";
	FILE *file = fopen(argv[1], "wb");
	if (!file) {
		perror(argv[1]);
		return 74;
	}

	readstat_writer_t *writer = readstat_writer_init();
	must(readstat_set_data_writer(writer, write_bytes));
	must(readstat_writer_set_file_timestamp(writer, 0));
	if (strcmp(kind, "zsav") == 0) {
		must(readstat_writer_set_file_format_version(writer, 3));
		must(readstat_writer_set_compression(writer, READSTAT_COMPRESS_BINARY));
	}
	const readstat_variable_t *id = add(writer, "id", "Respondent", READSTAT_TYPE_STRING);
	readstat_variable_t *area = add(writer, "area", "Where do you live?", READSTAT_TYPE_DOUBLE);
	readstat_label_set_t *labels = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, "area");
	readstat_label_double_value(labels, 1, "The North");
	readstat_label_double_value(labels, 2, "The South");
	readstat_variable_set_label_set(area, labels);
	readstat_variable_t *age = add(writer, "age", "How old are you?", READSTAT_TYPE_DOUBLE);
	if (strcmp(kind, "declared") == 0)
		must(readstat_variable_add_missing_double_value(age, -9));
	const readstat_variable_t *walks = add(writer, "walks", "I like walking", READSTAT_TYPE_DOUBLE);
	const readstat_variable_t *reads = add(writer, "reads", "I like reading", READSTAT_TYPE_DOUBLE);
	const readstat_variable_t *comment = add(writer, "comment", "Anything else?", READSTAT_TYPE_STRING);

	must(readstat_begin_writing_sav(writer, file, rows));
	for (long i = 1; i <= rows; i++) {
		char key[TEXT_WIDTH];
		snprintf(key, sizeof key, "kanarie%ld", i);
		must(readstat_begin_row(writer));
		must(readstat_insert_string_value(writer, id, key));
		must(readstat_insert_double_value(writer, area, i % 2 ? 1 : 2));
		if (i == 3)
			must(readstat_insert_missing_value(writer, age));
		else
			must(readstat_insert_double_value(writer, age, i == 2 ? -9 : 40 + (double)(i % 40)));
		must(readstat_insert_double_value(writer, walks, 1));
		must(readstat_insert_double_value(writer, reads, i % 2 ? 1 : 0));
		must(readstat_insert_string_value(writer, comment, "kanarie in a cage"));
		must(readstat_end_row(writer));
	}
	must(readstat_end_writing(writer));
	readstat_writer_free(writer);
	return fclose(file) == 0 ? 0 : 74;
}

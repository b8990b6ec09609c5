/* A file of records in each format. */
#ifndef CANVASS_DEPOSIT_WRITERS_H
#define CANVASS_DEPOSIT_WRITERS_H

#include "contents.h"
#include "folder.h"
#include "provenance.h"
#include "study.h"
#include "text.h"

/* One that is to be written: whose records they are, and what they are for. */
struct deposit {
	const struct study *study;
	const struct study_dataset *dataset;
	const struct contents *contents;
	bool open; /* to everybody */
	char made_from[PROVENANCE_HASH_SIZE];
};

/* A file of the folder, as the manifest lists it. */
struct deposited {
	char *name;
	size_t bytes;
	char sha256[PROVENANCE_HASH_SIZE];
};

/* Records: comma-separated, a record a line, codes as the dictionary has them, nothing where there is no answer. */
bool records_csv(struct folder_file *file, const struct deposit *deposit, struct error *err);

/* Why there is no answer: record, variable, reason, for each that is missing. */
bool records_missing(struct folder_file *file, const struct deposit *deposit, struct error *err);

/* The same records as an SPSS system file, through ReadStat: variables and codes with their labels, reasons as declared
 * missing values below all others. */
bool records_sav(struct folder_file *file, const struct deposit *deposit, struct error *err);

/* What stands in the .sav for a reason; above 0 where the variable's values are texts, which have none. */
double sav_reason(const struct contents_variable *variable, enum missing_reason reason);

/* The name of a variable there: its own, with _ behind it where SPSS keeps the word for itself, and as many as it takes
 * to be nobody else's. `name` has 80 bytes. */
void sav_name(char name[80], const struct contents *contents, const struct contents_variable *variable);

void write_codebook(struct text *file, const struct deposit *deposit); /* a line a variable, code and reason */
void write_page(struct text *file, const struct deposit *deposit);     /* statement and codebook, for people */
void write_statement(struct text *file, const struct deposit *deposit);
void write_manifest(struct text *file, const struct deposit *deposit, const struct deposited *files, size_t count);

#endif

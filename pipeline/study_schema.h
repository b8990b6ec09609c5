/* Every key of a study's config, and what it is: for study.c, which loads and saves by it. */
#ifndef CANVASS_STUDY_SCHEMA_H
#define CANVASS_STUDY_SCHEMA_H

#include "config.h"

extern const cyaml_schema_value_t study_schema;
extern const cyaml_strval_t study_compare_words[]; /* by enum study_compare */
extern const cyaml_strval_t study_kind_words[];    /* by enum study_kind */

#endif

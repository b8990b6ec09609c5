/* A YAML file that the user writes: libcyaml loads it against a schema, libyaml's marks say where what is wrong stands.
 */
#ifndef CANVASS_CONFIG_H
#define CANVASS_CONFIG_H

#include "error.h"

#include <cyaml/cyaml.h>
#include <stdbool.h>
#include <stddef.h>

struct config_marks;

/* Load `path` against `schema`. An unknown key, a missing one, a key given twice or a value of the wrong type is an
 * ERROR_CONFIG with file, line, column, and the nearest key where one is near. The caller frees with config_free(). */
bool config_load(void **data, struct config_marks **marks, const cyaml_schema_value_t *schema, const char *path,
                 struct error *err);
void config_free(void *data, struct config_marks *marks, const cyaml_schema_value_t *schema); /* accepts NULLs */

/* Whether the file gives the key at `place`, such as "analyses[2].decimals". */
bool config_has(const struct config_marks *marks, const char *place);

/* An error at the value of `place`, or at the nearest thing above it that the file gives. Returns false. */
bool config_error(const struct config_marks *marks, struct error *err, const char *place, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif

#include "operand.h"

#include <string.h>

#include "mem.h"

bool operand_has_dataset(const char *operand)
{
	return strchr(operand, '=') != NULL;
}

bool operand_split(char **dataset, const char **path, const char *operand, const char *written, struct error *err)
{
	const char *equals = strchr(operand, '=');
	*dataset = NULL;
	*path = NULL;
	if (!equals || equals == operand || !equals[1]) {
		error_set(err, ERROR_USAGE, "not of the form DATASET=PATH: %s", operand);
		return error_help(err, "such as survey=out/demo/restricted/survey/%s", written);
	}
	*dataset = mem_copy_bytes(operand, (size_t)(equals - operand));
	*path = equals + 1;
	return true;
}

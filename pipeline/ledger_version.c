#include "ledger_version.h"

#include "embedded.h"

enum { NEWEST = 2 };

bool ledger_version_read(long long *version, struct store *ledger, struct error *err)
{
	if (!store_read_integer(ledger, sql_release_version, 0, version, err))
		return false;
	if (*version >= 1 && *version <= NEWEST)
		return true;
	error_at(err, ERROR_INPUT, store_path(ledger), 0, "a ledger in a format that this version does not know");
	return error_help(err, "use the version of Canvass that wrote it, or a newer one; never remove a ledger");
}

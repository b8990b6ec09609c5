#include "found.h"

bool found_add_as(const struct found *found, struct finding finding, enum severity severity, struct error *err)
{
	finding.source = found->source;
	finding.severity = severity;
	if (finding.row) {
		finding.key = found->key;
		finding.wave = found->wave;
		finding.repeat = found->repeat;
	}
	if (finding.occurrences == 0)
		finding.occurrences = 1;
	return finding_store_add(found->findings, found->path, &finding, err);
}

bool found_add(const struct found *found, struct finding finding, struct error *err)
{
	return found_add_as(found, finding, finding_kind(finding.code)->severity, err);
}

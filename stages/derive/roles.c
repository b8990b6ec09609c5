#include "roles.h"

bool roles_check(const struct study_dataset *dataset, const struct dictionary *dictionary, const char *config,
                 struct error *err)
{
	const struct study_design *design = dataset->design;
	const struct variable *first = dictionary_role(dictionary, ROLE_REPLICATE_WEIGHT);
	const struct variable *stratum = dictionary_role(dictionary, ROLE_STRATUM);
	const struct variable *cluster = dictionary_role(dictionary, ROLE_CLUSTER);
	const struct variable *size = dictionary_role(dictionary, ROLE_CLUSTER_SIZE);
	bool replicates = design && design->replicates;
	if (first && !replicates) {
		error_at(err, ERROR_CONFIG, config, 0,
		         "%s has replicate weights (%s), and its design does not say what they are", dataset->name,
		         first->name);
		return error_help(err, "write replicates: with their type in the design, or take the role off");
	}
	if (replicates && !first) {
		error_at(err, ERROR_CONFIG, config, 0,
		         "the design of %s has replicates, and no variable is a replicate weight", dataset->name);
		return error_help(err, "give those variables the role replicate_weight in variables.csv");
	}
	if (replicates && !dictionary_role(dictionary, ROLE_WEIGHT)) {
		error_at(err, ERROR_CONFIG, config, 0, "%s has replicate weights, and no weight that they repeat",
		         dataset->name);
		return error_help(err, "give the variable of the whole sample's weight the role weight");
	}
	if (replicates && (stratum || cluster || size)) {
		error_at(err, ERROR_CONFIG, config, 0,
		         "%s has replicate weights, which know how it was drawn, and the role of %s", dataset->name,
		         (stratum   ? stratum
		          : cluster ? cluster
		                    : size)
		                 ->name);
		return error_help(err, "take the roles stratum, cluster and cluster_size off, or the replicates");
	}
	if (size && (!cluster || !design || !design->fpc)) {
		error_at(err, ERROR_CONFIG, config, 0, "%s has sizes of clusters (%s) and %s", dataset->name,
		         size->name, cluster ? "no fpc" : "no cluster");
		return error_help(err, "a second stage counts where clusters were drawn from a finite population: "
		                       "give a variable the role cluster, and the design its fpc");
	}
	return true;
}

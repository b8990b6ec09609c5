# What compare gives by weights, once more with R's survey: Rscript compare.R TABLE.csv OUTCOMES ESTIMATES. Writes a line
# `outcome,area,estimate,low,high` for every outcome and area, as svyby gives them, with t limits of each area's own degrees
# of freedom. An outcome of codes is 1 where the answer is yes; its limits are left out, for compare's are Wilson's.
suppressPackageStartupMessages(library(survey))
arguments <- commandArgs(TRUE)
rows <- read.csv(arguments[1], stringsAsFactors = FALSE)
outcomes <- as.integer(arguments[2])
design <- svydesign(ids = ~1, weights = ~weight, data = rows)
size <- table(rows$area)
found <- list()
for (i in seq_len(outcomes)) {
	name <- paste0("q", i)
	by <- svyby(as.formula(paste0("~", name)), ~area, design, svymean, vartype = "se")
	half <- qt(0.975, as.vector(size[by$area]) - 1) * by$se
	share <- i %% 2 == 0
	found[[i]] <- data.frame(name, by$area, format(by[[name]] * (if (share) 100 else 1), digits = 15, trim = TRUE),
		if (share) "" else format(by[[name]] - half, digits = 15, trim = TRUE),
		if (share) "" else format(by[[name]] + half, digits = 15, trim = TRUE))
	names(found[[i]]) <- c("outcome", "area", "estimate", "low", "high")
}
write.table(do.call(rbind, found), arguments[3], sep = ",", quote = FALSE, row.names = FALSE, col.names = FALSE)

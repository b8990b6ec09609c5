# What weights and the variance of a design are tested against, made by R (4.2.2) and its package survey (4.1-1):
#
#   Rscript tests/oracle/weights.R
#
# writes tests/oracle/weights_*.inc beside itself: rows of C initialisers, each with its data, the R call in its name, and what
# R answers. The data ship with survey: samples of Californian schools (apistrat, apiclus1, apiclus2).

suppressPackageStartupMessages(library(survey))
options(digits = 17)
data(api)

number <- function(x) { # the shortest that reads back as the same double
	x <- as.vector(x)
	short <- sprintf("%.15g", x)
	text <- ifelse(!is.na(x) & as.numeric(short) == x, short, sprintf("%.17g", x))
	ifelse(is.na(x), "NAN", text)
}
doubles <- function(x) sprintf("(const double[]){ %s }", paste(number(x), collapse = ", "))
sizes <- function(x) sprintf("(const size_t[]){ %s }", paste(x, collapse = ", "))
positions <- function(x) sizes(as.integer(factor(x)) - 1)

folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
write_rows <- function(name, rows) {
	head <- "/* Made by tests/oracle/weights.R: change that, not this. */"
	writeLines(c(head, strwrap(rows, 118, exdent = 2)), file.path(folder, sprintf("weights_%s.inc", name)))
}
row <- function(.title, ...) {
	fields <- list(...)
	sprintf("{ .name = \"%s\", %s },", .title, paste(sprintf(".%s = %s", names(fields), fields), collapse = ", "))
}

# --- weights: postStratify and rake ---

totals <- function(name) {
	t <- as.data.frame(table(apipop[[name]]))
	names(t) <- c(name, "Freq")
	t
}
as_one <- function(design, names) { # a table of totals for each margin
	if (length(names) == 1)
		return(postStratify(design, reformulate(names), totals(names)))
	rake(design, lapply(names, reformulate), lapply(names, totals), control = list(maxit = 1000, epsilon = 1e-13))
}
margin_fields <- function(data, names) {
	cells <- lapply(names, function(m) positions(factor(data[[m]], levels(factor(apipop[[m]])))))
	populations <- lapply(names, function(m) doubles(totals(m)$Freq))
	list(margins = sprintf("(const struct rake_margin[]){ %s }",
	                       paste(sprintf("{ %s, %s, %d }", cells, populations, sapply(names, function(m) nrow(totals(m)))),
	                             collapse = ", ")),
	     margin_count = length(names))
}
weight_row <- function(title, data, start, names) {
	design <- as_one(svydesign(ids = ~1, weights = start, data = data), names)
	fields <- c(list(rows = nrow(data), start = doubles(start), weight = doubles(weights(design))), margin_fields(data, names))
	do.call(row, c(list(title), fields))
}
even <- function(data) rep(nrow(apipop) / nrow(data), nrow(data))
write_rows("rake", c(
	weight_row("postStratify: apiclus1 to stype", apiclus1, apiclus1$pw, "stype"),
	weight_row("postStratify: apistrat to awards", apistrat, apistrat$pw, "awards"),
	weight_row("rake: apiclus1 to stype, sch.wide", apiclus1, apiclus1$pw, c("stype", "sch.wide")),
	weight_row("rake: apistrat to stype, sch.wide", apistrat, apistrat$pw, c("stype", "sch.wide")),
	weight_row("rake: apistrat to stype, sch.wide, awards, all alike", apistrat, even(apistrat), c("stype", "sch.wide", "awards")),
	weight_row("rake: apiclus2 to stype, sch.wide", apiclus2, apiclus2$pw, c("stype", "sch.wide"))))

# --- variance: svymean over domains, with strata, clusters, populations, lonely clusters and margins ---

numbers <- function(x) as.integer(factor(x)) - 1
survey_row <- function(title, data, design, y, domain = rep(TRUE, nrow(data)), stratum = NULL, cluster = NULL,
                       population = NULL, lonely = "fail", names = NULL, start = NULL, level = 95) {
	options(survey.lonely.psu = lonely)
	data$y <- y
	design <- update(design, y = y)
	part <- subset(design, domain)
	m <- svymean(~y, part)
	df <- degf(part)
	ci <- confint(m, df = df, level = level / 100)
	margins <- list()
	if (length(names)) {
		fields <- lapply(names, function(n) sprintf("{ %s, %d }", positions(factor(data[[n]], levels(factor(apipop[[n]])))),
		                                            nlevels(factor(apipop[[n]]))))
		margins <- list(margins = sprintf("(const struct survey_margin[]){ %s }", paste(fields, collapse = ", ")),
		                margin_count = length(names), start = doubles(start))
	}
	strata <- if (is.null(stratum)) 1 else length(unique(stratum))
	clusters <- if (is.null(cluster)) nrow(data) else length(unique(cluster))
	design_fields <- c(list(units = nrow(data), weight = doubles(weights(design)),
		stratum = if (is.null(stratum)) "NULL" else positions(stratum),
		cluster = if (is.null(cluster)) "NULL" else positions(cluster), strata = strata, clusters = clusters,
		population = if (is.null(population)) "NULL" else doubles(population),
		lonely = sprintf("SURVEY_LONELY_%s", toupper(lonely))), margins)
	w <- weights(design)[domain]
	row(title, design = sprintf("{ %s }", paste(sprintf(".%s = %s", names(design_fields), design_fields), collapse = ", ")),
	    y = doubles(y[domain]), member = sizes(which(domain) - 1), n = sum(domain), level = level, mean = number(coef(m)),
	    se = number(SE(m)), df = df, n_kish = number(sum(w)^2 / sum(w^2)), low = number(ci[1]), high = number(ci[2]))
}

strat <- svydesign(ids = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = apistrat)
free <- svydesign(ids = ~1, strata = ~stype, weights = ~pw, data = apistrat)
strata_n <- tapply(apistrat$fpc, apistrat$stype, unique)
clus1 <- svydesign(ids = ~dnum, weights = ~pw, fpc = ~fpc, data = apiclus1)
clus2 <- svydesign(ids = ~dnum, weights = ~pw, fpc = ~fpc1, data = apiclus2)
in_strat <- function(x) apistrat$comp.imp == x
# clusters within strata, some of which hold one cluster
pairs <- transform(apiclus1, half = ifelse(dnum <= 300, "a", ifelse(dnum <= 640, "b", "c")))
by_half <- svydesign(ids = ~dnum, strata = ~half, weights = ~pw, data = pairs)
per_half <- tapply(pairs$dnum, pairs$half, function(d) length(unique(d)))
lone <- transform(apiclus1, half = ifelse(dnum == 61, "a", ifelse(dnum <= 500, "b", "c")))
lone_design <- function() svydesign(ids = ~dnum, strata = ~half, weights = ~pw, data = lone)
stopifnot(length(unique(lone$dnum[lone$half == "a"])) == 1, all(per_half > 1))

totals_of <- function(names) lapply(names, totals)
raked <- function(design, names)
	rake(design, lapply(names, reformulate), totals_of(names), control = list(maxit = 1000, epsilon = 1e-13))
calibrated <- function(design, formula) {
	population <- colSums(model.matrix(formula, apipop))
	calibrate(design, formula, population, calfun = "raking", epsilon = 1e-13, maxit = 1000)
}
both <- c("stype", "sch.wide")

rows <- c(
	survey_row("svymean: apistrat, strata and fpc", apistrat, strat, apistrat$api00, stratum = apistrat$stype, population = strata_n),
	survey_row("svymean: apistrat, strata", apistrat, free, apistrat$api00, stratum = apistrat$stype),
	survey_row("svymean: apistrat, strata and fpc, a domain", apistrat, strat, apistrat$api00, in_strat("Yes"), apistrat$stype,
	           population = strata_n),
	survey_row("svymean: apistrat, strata, a domain of one stratum", apistrat, free, apistrat$enroll, apistrat$stype == "H",
	           apistrat$stype),
	survey_row("svymean: apistrat, strata and fpc, a share", apistrat, strat, as.numeric(apistrat$awards == "Yes"),
	           stratum = apistrat$stype, population = strata_n),
	survey_row("svymean: apiclus1, clusters and fpc", apiclus1, clus1, apiclus1$api00, cluster = apiclus1$dnum, population = 757),
	survey_row("svymean: apiclus1, clusters and fpc, a domain", apiclus1, clus1, apiclus1$api00, apiclus1$stype == "M",
	           cluster = apiclus1$dnum, population = 757),
	survey_row("svymean: apiclus2, clusters and fpc of the first stage", apiclus2, clus2, apiclus2$api00, cluster = apiclus2$dnum,
	           population = 757),
	survey_row("svymean: apiclus1, clusters in strata, a domain at 90 per cent", pairs, by_half, pairs$api99, pairs$stype != "H",
	           pairs$half, pairs$dnum, level = 90))
for (lonely in c("adjust", "average", "remove", "certainty")) {
	options(survey.lonely.psu = lonely)
	rows <- c(rows, survey_row(sprintf("svymean: apiclus1, a lonely cluster, %s", lonely), lone, lone_design(), lone$api00,
	                           stratum = lone$half, cluster = lone$dnum, lonely = lonely))
}
rows <- c(rows, survey_row("svymean: apiclus1, a lonely cluster beside the domain, average", lone, lone_design(), lone$api00,
                           lone$half != "a", stratum = lone$half, cluster = lone$dnum, lonely = "average"))

post <- postStratify(svydesign(ids = ~dnum, weights = ~pw, fpc = ~fpc, data = apiclus1), ~stype, totals("stype"))
post_strat <- postStratify(svydesign(ids = ~1, weights = ~pw, data = apistrat), ~awards, totals("awards"))
# rake() of survey regresses without the starting weights: the same where these are alike, as in apiclus1. calibrate()
# with calfun = "raking" gives the same weights, and regresses with them, as Deville and Saerndal do.
rake1 <- raked(clus1, both)
calibrated_strat <- calibrated(strat, ~stype + sch.wide)
stopifnot(all.equal(weights(calibrated_strat), weights(raked(strat, both)), tolerance = 1e-8, check.attributes = FALSE))
rows <- c(rows,
	survey_row("svymean: apiclus1, postStratify to stype", apiclus1, post, apiclus1$api00, cluster = apiclus1$dnum,
	           population = 757, names = "stype", start = apiclus1$pw),
	survey_row("svymean: apiclus1, postStratify to stype, a domain", apiclus1, post, apiclus1$api00, apiclus1$awards == "Yes",
	           cluster = apiclus1$dnum, population = 757, names = "stype", start = apiclus1$pw),
	survey_row("svymean: apistrat, postStratify to awards", apistrat, post_strat, apistrat$api00, names = "awards",
	           start = apistrat$pw),
	survey_row("svymean: apiclus1, rake to stype, sch.wide", apiclus1, rake1, apiclus1$enroll, cluster = apiclus1$dnum,
	           population = 757, names = both, start = apiclus1$pw),
	survey_row("svymean: apiclus1, rake to stype, sch.wide, a domain", apiclus1, rake1, apiclus1$api00, apiclus1$awards == "No",
	           cluster = apiclus1$dnum, population = 757, names = both, start = apiclus1$pw),
	survey_row("svymean: apistrat, calibrate by raking to stype, sch.wide, strata and fpc", apistrat, calibrated_strat,
	           apistrat$enroll, stratum = apistrat$stype, population = strata_n, names = both, start = apistrat$pw),
	survey_row("svymean: apistrat, calibrate by raking to stype, sch.wide, a domain", apistrat, calibrated_strat, apistrat$api00,
	           in_strat("No"), stratum = apistrat$stype, population = strata_n, names = both, start = apistrat$pw))
write_rows("survey_mean", rows)

# --- the design effect of unequal weights: Kish's 1 + CV^2 ---

kish_row <- function(title, w) row(title, weight = doubles(w), rows = length(w),
                                   kish = number(1 + mean((w - mean(w))^2) / mean(w)^2))
write_rows("kish", c(kish_row("1 + CV^2 of apistrat$pw", apistrat$pw), kish_row("1 + CV^2 of equal weights", rep(3, 7))))

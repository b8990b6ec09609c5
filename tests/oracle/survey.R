# What R's survey says of means, totals, ratios and quantiles under many designs: tests/unit/test_survey.c reads it.
#   Rscript tests/oracle/survey.R
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))
suppressMessages(library(survey))
data(api); data(scd); data(nhanes); data(fpc, package = "survey"); data(hospital)

written <- character() # arrays and designs, once each
rows <- character()
covariances <- character()
emit <- function(...) written <<- c(written, sprintf(...))
list_of <- function(x) paste(x, collapse = ", ")

# The same numbers are written once, under the first name that they had.
array_of <- function(name, x, type = "double") {
	numbers <- sprintf("[] = { %s };", list_of(if (type == "double") number(x) else x))
	name <- gsub(".", "_", name, fixed = TRUE)
	before <- startsWith(written, sprintf("static const %s ", type)) & endsWith(written, numbers)
	if (any(before)) return(sub("^static const [a-z_]+ ([A-Za-z0-9_]+)\\[.*$", "\\1", written[before][1]))
	emit("static const %s %s%s", type, name, numbers)
	name
}
index <- function(name, x) array_of(name, as.integer(factor(x)) - 1, "size_t")

replicates_of <- function(name, r, df) {
	w <- weights(r, "analysis")
	sprintf("&(const struct survey_replicates){ .count = %d, .weight = %s, .scale = %s, .scales = %s, .mse = %s, .df = %s }",
	        ncol(w), array_of(paste0(name, "_replicates"), t(w)), number(r$scale),
	        array_of(paste0(name, "_scales"), rep_len(r$rscales, ncol(w))),
	        if (isTRUE(r$mse)) "true" else "false", df)
}

# A design as R and as survey.h have it. population: of each stratum; size: of each row's cluster.
drawn <- function(name, data, design, stratum = NULL, cluster = NULL, population = NULL, size = NULL, lonely = "fail",
                  df = "NAN", margins = NULL, start = NULL) {
	fields <- list(units = nrow(data))
	w <- if (inherits(design, "svyrep.design")) weights(design, "sampling") else weights(design)
	fields$weight <- array_of(paste0(name, "_weight"), w)
	fields$strata <- if (is.null(stratum)) 1 else length(unique(stratum))
	fields$clusters <- if (is.null(cluster)) nrow(data) else length(unique(cluster))
	if (!is.null(stratum)) fields$stratum <- index(paste0(name, "_stratum"), stratum)
	if (!is.null(cluster)) fields$cluster <- index(paste0(name, "_cluster"), cluster)
	if (!is.null(population)) fields$population <- doubles(population)
	if (!is.null(size)) fields$cluster_size <- doubles(tapply(size, as.integer(factor(cluster)), `[`, 1))
	fields$lonely <- sprintf("SURVEY_LONELY_%s", toupper(lonely))
	if (!is.null(margins)) {
		cells <- vapply(names(margins), function(m) sprintf("{ .cell = %s, .cells = %d }",
			index(paste(name, "margin", m, sep = "_"), margins[[m]]), length(unique(margins[[m]]))), "")
		fields$margins <- sprintf("(const struct survey_margin[]){ %s }", list_of(cells))
		fields$margin_count <- length(margins)
		fields$start <- array_of(paste0(name, "_start"), start)
	}
	if (inherits(design, "svyrep.design")) fields$replicates <- replicates_of(name, design, df)
	emit("static const struct survey_design design_%s = { %s };", name,
	     list_of(sprintf(".%s = %s", names(fields), fields)))
	list(name = name, data = data, design = design, declared = if (df == "NAN") NULL else as.numeric(df))
}

# The data sets' own names are those of their arrays.
value_row <- function(of, set, kind, y, x = NULL, domain = TRUE, label = "all", p = 0.5, level = 95) {
	n <- nrow(of$data)
	inside <- rep_len(domain, n) & !is.na(of$data[[y]])
	d <- of$design[inside, ]
	f <- reformulate(y)
	df <- if (is.null(of$declared)) degf(d) else of$declared
	deff <- deff_replace <- "NAN"
	of_domain <- quote(0)
	if (kind %in% c("QUANTILE_MATH", "QUANTILE_SCHOOL")) {
		q <- svyquantile(f, d, p, alpha = 1 - level / 100, qrule = tolower(sub("QUANTILE_", "", kind)), df = df)[[1]]
		value <- q[1, "quantile"]; low <- q[1, 2]; high <- q[1, 3]; se <- q[1, 4]
		if (is.nan(low) || is.nan(high)) stop(sprintf("%s: %s has no interval", of$name, y))
	} else {
		run <- function(deff) switch(kind,
			MEAN = svymean(f, d, deff = deff),
			TOTAL = svytotal(f, d, deff = deff),
			RATIO = svyratio(f, reformulate(x), d, deff = if (inherits(d, "svyrep.design")) FALSE else deff))
		m <- suppressWarnings(run(TRUE))
		ci <- confint(m, level = level / 100, df = df)
		value <- coef(m); se <- SE(m); low <- ci[1]; high <- ci[2]
		if (!(kind == "RATIO" && inherits(d, "svyrep.design"))) {
			deff <- deff(m)
			deff <- if (is.finite(deff)) number(deff) else "NAN" # Sum w <= n: there is none
			deff_replace <- number(deff(suppressWarnings(run("replace"))))
		}
	}
	fields <- list(kind = kind, design = sprintf("&design_%s", of$name),
	               y = array_of(sprintf("%s_%s", set, y), ifelse(is.na(of$data[[y]]), 0, of$data[[y]])),
	               x = if (is.null(x)) "NULL" else array_of(sprintf("%s_%s", set, x), of$data[[x]]),
	               member = array_of(sprintf("%s_in_%s_%s", set, label, y), which(inside) - 1, "size_t"), n = sum(inside),
	               p = p, level = level, value = number(value), se = number(se), df = number(df), low = number(low),
	               high = number(high), deff = deff, deff_replace = deff_replace)
	rows <<- c(rows, do.call(row, c(list(sprintf("%s: %s of %s%s, %s", of$name, tolower(kind), y,
	                                             if (is.null(x)) "" else paste(" by", x), label)), fields)))
}

covariance_row <- function(of, set, y, by) {
	of$data[[by]] <- factor(of$data[[by]])
	m <- svyby(reformulate(y), reformulate(by), of$design, svymean, covmat = TRUE)
	v <- as.matrix(vcov(m))
	fields <- list(design = sprintf("&design_%s", of$name),
	               y = array_of(sprintf("%s_%s", set, y), of$data[[y]]),
	               domain = array_of(sprintf("%s_by_%s", set, by), as.integer(of$data[[by]]) - 1, "size_t"),
	               domains = nrow(v), values = doubles(coef(m)), covariance = doubles(v))
	covariances <<- c(covariances, do.call(row, c(list(sprintf("%s: means of %s by %s", of$name, y, by)), fields)))
}

estimates <- function(of, set, y, x, domains, p = c(0.25, 0.5, 0.8)) {
	for (label in names(domains)) {
		inside <- domains[[label]]
		value_row(of, set, "MEAN", y, domain = inside, label = label)
		value_row(of, set, "TOTAL", y, domain = inside, label = label)
		value_row(of, set, "RATIO", y, x, domain = inside, label = label)
		for (at in p) value_row(of, set, "QUANTILE_MATH", y, domain = inside, label = label, p = at)
		value_row(of, set, "QUANTILE_SCHOOL", y, domain = inside, label = label, level = 90)
	}
}

# --- linearised ---

schools <- function(data) list(all = TRUE, awards = data$awards == "Yes", elementary = data$stype == "E")
options(survey.lonely.psu = "fail")
strata_n <- tapply(apistrat$fpc, apistrat$stype, unique)
strat <- drawn("strat_fpc", apistrat, svydesign(~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = apistrat),
               stratum = apistrat$stype, population = strata_n)
free <- drawn("strat", apistrat, svydesign(~1, strata = ~stype, weights = ~pw, data = apistrat), stratum = apistrat$stype)
clus1 <- drawn("clus1_fpc", apiclus1, svydesign(~dnum, weights = ~pw, fpc = ~fpc, data = apiclus1),
               cluster = apiclus1$dnum, population = 757)
clus2 <- drawn("clus2_two_stages", apiclus2, svydesign(~dnum + snum, fpc = ~fpc1 + fpc2, data = apiclus2),
               cluster = apiclus2$dnum, population = 757, size = apiclus2$fpc2)
ends <- drawn("clus2_one_stage", apiclus2, svydesign(~dnum, weights = ~pw, data = apiclus2), cluster = apiclus2$dnum)
estimates(strat, "apistrat", "api00", "api99", schools(apistrat))
estimates(free, "apistrat", "enroll", "api.stu", schools(apistrat))
estimates(clus1, "apiclus1", "api00", "api99", schools(apiclus1))
apiclus2$enroll[is.na(apiclus2$enroll)] <- 0; clus2$data <- ends$data <- apiclus2
estimates(clus2, "apiclus2", "api00", "api99", schools(apiclus2))
estimates(ends, "apiclus2", "api00", "api99", list(all = TRUE, awards = apiclus2$awards == "Yes"))

# weights adjusted to margins, of one stage and of two; calibrate() with calfun = "raking" regresses with the starting weights
totals_of <- function(name) { counts <- table(apipop[[name]]); setNames(data.frame(names(counts), as.vector(counts)), c(name, "Freq")) }
raking <- function(design, formula)
	calibrate(design, formula, colSums(model.matrix(formula, apipop)), calfun = "raking", epsilon = 1e-13, maxit = 1000)
start <- weights(clus2$design)
post <- drawn("clus2_poststratified", apiclus2, postStratify(clus2$design, ~stype, totals_of("stype")), cluster = apiclus2$dnum,
              population = 757, size = apiclus2$fpc2, margins = list(stype = apiclus2$stype), start = start)
raked <- drawn("strat_raked", apistrat, raking(strat$design, ~stype + sch.wide), stratum = apistrat$stype, population = strata_n,
               margins = list(stype = apistrat$stype, sch_wide = apistrat$sch.wide), start = apistrat$pw)
estimates(post, "apiclus2", "api00", "api99", schools(apiclus2))
estimates(raked, "apistrat", "enroll", "api.stu", schools(apistrat))

# strata of two clusters; strata and clusters with a finite population
arrests <- drawn("scd", scd, svydesign(~ambulance, strata = ~ESA, nest = TRUE, weights = ~one, data = transform(scd, one = 1)),
                 stratum = scd$ESA, cluster = interaction(scd$ESA, scd$ambulance, drop = TRUE))
value_row(arrests, "scd", "RATIO", "alive", "arrests")
value_row(arrests, "scd", "MEAN", "alive")
value_row(arrests, "scd", "TOTAL", "alive")
value_row(arrests, "scd", "RATIO", "alive", "arrests", scd$ESA != 1, "later")
pop <- tapply(fpc$Nh, fpc$stratid, unique)
nested <- drawn("fpc", fpc, svydesign(~psuid, strata = ~stratid, nest = TRUE, weights = ~weight, fpc = ~Nh, data = fpc),
                stratum = fpc$stratid, cluster = interaction(fpc$stratid, fpc$psuid, drop = TRUE), population = pop)
value_row(nested, "fpc", "MEAN", "x")
value_row(nested, "fpc", "TOTAL", "x")
wards <- drawn("hospital", hospital, svydesign(~oblevel, weights = ~weighta, data = hospital), cluster = hospital$oblevel)
value_row(wards, "hospital", "MEAN", "births")
value_row(wards, "hospital", "TOTAL", "births")
north <- subset(nhanes, SDMVSTRA <= 76)
examined <- drawn("nhanes", north, svydesign(~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE, data = north),
                  stratum = north$SDMVSTRA, cluster = interaction(north$SDMVSTRA, north$SDMVPSU, drop = TRUE))
for (race in 1:4) {
	value_row(examined, "nhanes", "MEAN", "HI_CHOL", domain = north$race == race, label = paste0("race", race))
	value_row(examined, "nhanes", "TOTAL", "HI_CHOL", domain = north$race == race, label = paste0("race", race))
}

# a cluster alone in its stratum, and a unit alone in its cluster, by each rule
lone <- transform(apiclus1, half = ifelse(dnum == 61, "a", ifelse(dnum <= 500, "b", "c")))
few <- apiclus2[!(apiclus2$dnum == 8 & duplicated(apiclus2$dnum)) , ]
for (rule in c("adjust", "average", "remove", "certainty")) {
	options(survey.lonely.psu = rule)
	of <- drawn(paste0("lone_cluster_", rule), lone, svydesign(~dnum, strata = ~half, weights = ~pw, data = lone),
	            stratum = lone$half, cluster = lone$dnum, lonely = rule)
	estimates(of, "lone", "api00", "api99", list(all = TRUE, awards = lone$awards == "Yes"), p = 0.5)
	if (rule == "average") next
	of <- drawn(paste0("lone_unit_", rule), few, svydesign(~dnum + snum, fpc = ~fpc1 + fpc2, weights = ~pw, data = few),
	            cluster = few$dnum, population = 757, size = few$fpc2, lonely = rule)
	estimates(of, "few", "api00", "api99", list(all = TRUE, awards = few$awards == "Yes"), p = 0.5)
}
options(survey.lonely.psu = "fail")

# --- replicates ---

repeated <- function(name, data, design, domains, set, y, x, mse = TRUE, p = 0.5, df = "NAN", ...) {
	r <- as.svrepdesign(design, mse = mse, ...)
	of <- drawn(name, data, r, df = df)
	for (label in names(domains)) {
		value_row(of, set, "MEAN", y, domain = domains[[label]], label = label)
		value_row(of, set, "TOTAL", y, domain = domains[[label]], label = label)
		value_row(of, set, "RATIO", y, x, domain = domains[[label]], label = label)
		for (at in p) value_row(of, set, "QUANTILE_MATH", y, domain = domains[[label]], label = label, p = at)
	}
	of
}
set.seed(1) # the bootstraps' weights stand in what is written
reps <- list()
for (mse in c(TRUE, FALSE)) {
	name <- function(type) sprintf("%s_%s", type, if (mse) "estimate" else "mean")
	reps[[name("jk1")]] <- repeated(name("jk1"), apiclus1, clus1$design, schools(apiclus1), "apiclus1", "api00", "api99", mse, type = "JK1")
	repeated(name("jkn"), scd, arrests$design, list(all = TRUE), "scd", "alive", "arrests", mse, type = "JKn", p = NULL)
	repeated(name("jkn_lone"), lone, by_third <- svydesign(~dnum, strata = ~ifelse(dnum <= 300, 1, ifelse(dnum <= 640, 2, 3)),
	         weights = ~pw, data = lone), schools(lone), "lone", "api00", "api99", mse, type = "JKn")
	repeated(name("brr"), scd, arrests$design, list(all = TRUE, later = scd$ESA != 1), "scd", "alive", "arrests", mse, type = "BRR", p = NULL)
	for (rho in c(0.3, 0.5))
		repeated(name(sprintf("fay%d", 10 * rho)), scd, arrests$design, list(all = TRUE), "scd", "alive", "arrests", mse,
		         type = "Fay", fay.rho = rho, p = NULL)
	reps[[name("bootstrap")]] <- repeated(name("bootstrap"), apiclus1, clus1$design, schools(apiclus1), "apiclus1", "api00", "api99",
	                                      mse, type = "bootstrap", replicates = 20)
}
. <- repeated("subbootstrap", apiclus1, clus1$design, list(all = TRUE), "apiclus1", "enroll", "api99", type = "subbootstrap", replicates = 15)
. <- repeated("mrbbootstrap", apiclus1, clus1$design, list(all = TRUE), "apiclus1", "enroll", "api99", type = "mrbbootstrap", replicates = 15,
         df = "14")

# --- covariances between domains ---

covariance_row(strat, "apistrat", "api00", "awards")
covariance_row(free, "apistrat", "enroll", "stype")
covariance_row(clus1, "apiclus1", "api00", "stype")
covariance_row(clus2, "apiclus2", "api00", "stype")
for (rule in c("adjust", "average", "remove", "certainty")) {
	options(survey.lonely.psu = rule)
	of <- list(name = paste0("lone_cluster_", rule), data = lone,
	           design = svydesign(~dnum, strata = ~half, weights = ~pw, data = lone))
	covariance_row(of, "lone", "api00", "stype")
}
for (name in names(reps)) covariance_row(reps[[name]], "apiclus1", "api00", "stype")

# --- scales ---

scale_row <- function(type, rho = 0, ...) {
	of <- if (type == "JK1") svydesign(~dnum, weights = ~pw, data = apiclus1) else arrests$design
	r <- as.svrepdesign(of, type = type, ...)
	row(paste(type, rho), type = sprintf("SURVEY_REPLICATES_%s", toupper(type)), count = ncol(weights(r, "analysis")), rho = rho,
	    scale = number(r$scale))
}
write_rows("survey_scales", c(scale_row("JK1"), scale_row("JKn"), scale_row("BRR"), scale_row("Fay", 0.3, fay.rho = 0.3),
                              scale_row("Fay", 0.5, fay.rho = 0.5)))

write_rows("survey_designs", written)
write_rows("survey_estimates", rows)
write_rows("survey_covariances", covariances)
cat(length(rows), "rows of 7 values,", length(covariances), "matrices\n")

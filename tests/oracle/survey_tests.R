# What the tests of a sample with a design are tested against, made by R (4.2.2) and its package survey (4.1-1):
#
#   Rscript tests/oracle/survey_tests.R
#
# writes tests/oracle/survey_tests_*.inc beside itself: the designs and variables, and rows of C initialisers with the R call in
# their name and what R answers. The data ship with survey: samples of Californian schools (apistrat, apiclus1, apiclus2) and a
# part of NHANES.

suppressPackageStartupMessages(library(survey))
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))
data(api)
data(nhanes)

# --- designs, each with its arrays ---

designs <- list()
texts <- character(0)
array <- function(type, name, values) {
	texts <<- c(texts, sprintf("static const %s %s[] = { %s };", type, name, paste(values, collapse = ", ")))
	name
}
positions <- function(x) as.integer(factor(x)) - 1
keep <- function(name, design, data, stratum = NULL, cluster = NULL, population = NULL, margin = NULL, start = NULL, replicates = NULL) {
	fields <- c(units = nrow(data), weight = array("double", paste0(name, "_weight"), number(weights(design, "sampling"))),
		strata = if (is.null(stratum)) 1 else length(unique(stratum)),
		clusters = if (is.null(cluster)) nrow(data) else length(unique(cluster)))
	if (!is.null(stratum))
		fields["stratum"] <- array("size_t", paste0(name, "_stratum"), positions(stratum))
	if (!is.null(cluster))
		fields["cluster"] <- array("size_t", paste0(name, "_cluster"), positions(cluster))
	if (!is.null(population))
		fields["population"] <- array("double", paste0(name, "_population"), number(population))
	if (!is.null(margin)) {
		cell <- array("size_t", paste0(name, "_cell"), positions(margin))
		fields["margins"] <- array("struct survey_margin", paste0(name, "_margins"), sprintf("{ %s, %d }", cell, length(unique(margin))))
		fields["margin_count"] <- 1
		fields["start"] <- array("double", paste0(name, "_start"), number(start))
	}
	if (!is.null(replicates)) {
		w <- weights(design, "analysis")
		array("double", paste0(name, "_replicate_weight"), number(as.vector(t(w))))
		texts <<- c(texts, sprintf("static const struct survey_replicates %s_replicates = { .count = %d, .weight = %s_replicate_weight, .scale = %s, .mse = %s, .df = %d };",
			name, ncol(w), name, number(design$scale), tolower(isTRUE(design$mse)), degf(design)))
		fields["replicates"] <- sprintf("&%s_replicates", name)
	}
	texts <<- c(texts, sprintf("static const struct survey_design %s = { %s };", name, paste(sprintf(".%s = %s", names(fields), fields), collapse = ", ")))
	designs[[name]] <<- list(design = design, data = data)
}

school <- function(data) transform(data, third = cut(rank(api99, ties.method = "first") %% 3, c(-1, 0, 1, 2), labels = c("p", "q", "r")),
	good = as.numeric(awards == "Yes"), high = as.numeric(api00 > 700), level = findInterval(api00, c(500, 600, 700, 800)),
	met = as.numeric(sch.wide == "Yes"), unique = api00 + seq_along(api00) / 1e4)
strat_data <- school(apistrat)
clus1_data <- school(apiclus1)
clus2_data <- school(apiclus2)
half_data <- transform(clus1_data, half = ifelse(dnum <= 300, "a", ifelse(dnum <= 640, "b", "c")))
lone_data <- transform(clus1_data, half = ifelse(dnum == 61, "a", ifelse(dnum <= 500, "b", "c")))
people <- subset(nhanes, !is.na(HI_CHOL) & !is.na(agecat))
people <- people[seq(1, nrow(people), 6), ] # every sixth
options(survey.lonely.psu = "adjust")
keep("strat", svydesign(ids = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = strat_data), strat_data, apistrat$stype,
     population = tapply(apistrat$fpc, apistrat$stype, unique))
keep("simple", svydesign(ids = ~1, weights = ~pw, data = strat_data), strat_data)
keep("clus1", svydesign(ids = ~dnum, weights = ~pw, fpc = ~fpc, data = clus1_data), clus1_data, cluster = apiclus1$dnum, population = 757)
keep("clus2", svydesign(ids = ~dnum, weights = ~pw, data = clus2_data), clus2_data, cluster = apiclus2$dnum)
keep("half", svydesign(ids = ~dnum, strata = ~half, weights = ~pw, data = half_data), half_data, half_data$half, half_data$dnum)
texts <- c(texts, "/* a stratum of one cluster: options(survey.lonely.psu = \"adjust\") */")
keep("lone", svydesign(ids = ~dnum, strata = ~half, weights = ~pw, data = lone_data), lone_data, lone_data$half, lone_data$dnum)
texts <- sub("static const struct survey_design lone = {", "static const struct survey_design lone = { .lonely = SURVEY_LONELY_ADJUST,", texts, fixed = TRUE)
post <- postStratify(svydesign(ids = ~dnum, weights = ~pw, fpc = ~fpc, data = clus1_data), ~stype,
	data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018)))
keep("post", post, clus1_data, cluster = apiclus1$dnum, population = 757, margin = apiclus1$stype, start = apiclus1$pw)
keep("jack", as.svrepdesign(svydesign(ids = ~dnum, weights = ~pw, data = clus2_data), type = "JK1"), clus2_data, replicates = TRUE)
keep("nhanes", svydesign(ids = ~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE, data = people), people,
     people$SDMVSTRA, interaction(people$SDMVSTRA, people$SDMVPSU, drop = TRUE))

arrays <- character(0)
variable <- function(name, values, type) { # once each
	full <- sub(".", "_", sprintf("%s_%s", name, type), fixed = TRUE)
	if (!full %in% arrays) {
		arrays <<- c(arrays, full)
		array(type, full, if (type == "double") number(values) else positions(values))
	}
	full
}

# --- tables: svychisq ---

table_row <- function(title, name, row, column, part = NULL) {
	design <- designs[[name]]$design
	data <- designs[[name]]$data
	within <- if (is.null(part)) rep(TRUE, nrow(data)) else with(data, eval(part))
	own <- if (is.null(part)) design else design[which(within), ]
	if (!is.null(part))
		for (v in c(row, column)) # svychisq takes the levels that are there
			own$variables[[v]] <- factor(as.character(own$variables[[v]]))
	formula <- as.formula(sprintf("~%s + %s", row, column))
	f <- svychisq(formula, own, statistic = "F")
	chi <- svychisq(formula, own, statistic = "Chisq")
	# the p of "Chisq" is that of X2 over the mean of the eigenvalues of Delta, the design effect
	deff <- chi$statistic / qchisq(chi$p.value, chi$parameter, lower.tail = FALSE)
	n <- sum(within)
	p <- prop.table(svytable(formula, own))
	row(sprintf("svychisq(%s, %s%s): %s", deparse(formula), name, if (is.null(part)) "" else paste(",", gsub('"', "'", deparse(part))), title),
	    design = paste0("&", name), row = variable(paste(name, row, sep = "_"), data[[row]], "size_t"),
	    column = variable(paste(name, column, sep = "_"), data[[column]], "size_t"),
	    rows = length(unique(na.omit(data[[row]]))), columns = length(unique(na.omit(data[[column]]))),
	    member = if (is.null(part)) "NULL" else sizes(which(within) - 1), n = n,
	    statistic = number(f$statistic), df = number(f$parameter[1]), df2 = number(f$parameter[2]), p = number(f$p.value),
	    pearson = number(chi$statistic), first_order_p = number(chi$p.value), first_order_df = number(chi$parameter),
	    v = number(sqrt(unname(chi$statistic) / n / (min(dim(p)) - 1))),
	    least_expected = number(n * min(outer(rowSums(p), colSums(p)))))
}
small <- quote(stype != "H")
rows <- c()
for (name in c("strat", "simple", "clus1", "half", "lone", "post")) {
	rows <- c(rows, table_row("2 by 2", name, "awards", "sch.wide"), table_row("r by c", name, "third", "level"))
	if (name != "strat")
		rows <- c(rows, table_row("3 by 2", name, "stype", "awards"))
}
for (name in c("clus2", "jack"))
	rows <- c(rows, table_row("2 by 2", name, "awards", "sch.wide"), table_row("3 by 2", name, "third", "awards"))
rows <- c(rows, table_row("a domain", "clus1", "awards", "third", small), table_row("a domain", "simple", "awards", "level", small),
	table_row("a domain of strata", "half", "third", "awards", quote(half != "b")),
	table_row("an empty cell", "clus1", "stype", "level"), table_row("2 by 2", "nhanes", "RIAGENDR", "HI_CHOL"),
	table_row("4 by 2", "nhanes", "race", "HI_CHOL"), table_row("4 by 4", "nhanes", "race", "agecat"))
stopifnot(any(table(clus1_data$stype, clus1_data$level) == 0))
write_rows("survey_tests_tables", rows)

# --- means: svyglm and regTermTest; contrasts: svyby and svycontrast, svyttest ---

grouped <- function(name, group, of = NULL) { # the groups `of`, all those of theirs in the order of the groups
	data <- designs[[name]]$data
	g <- as.character(data[[group]])
	levels <- if (is.null(of)) sort(unique(g)) else of
	members <- lapply(levels, function(l) which(g == l))
	design <- if (name == "jack") designs[[name]]$design else designs[[name]]$design[which(g %in% levels), ]
	list(by = group, levels = levels, members = members, design = design, data = data, group = g)
}
adjusted <- function(w, q, d) { # Korn and Graubard 1990
	f <- w * (d - q + 1) / (d * q)
	list(statistic = number(f), df = q, df2 = d - q + 1, p = number(pf(f, q, d - q + 1, lower.tail = FALSE)))
}
group_fields <- function(name, of, y) list(design = paste0("&", name), y = y, member = members_of(name, of),
	first = sizes(c(0, cumsum(lengths(of$members)))), domains = length(of$levels))
members_of <- function(name, of) { # once each
	full <- gsub("[^a-z0-9]", "_", tolower(paste(c(name, of$by, of$levels), collapse = "_")))
	if (!full %in% arrays) {
		arrays <<- c(arrays, full)
		array("size_t", full, unlist(of$members) - 1)
	}
	full
}
mean_row <- function(name, y, group, part = NULL) {
	of <- grouped(name, group, part)
	formula <- as.formula(sprintf("%s ~ factor(%s)", y, group))
	m <- svyglm(formula, of$design)
	r <- regTermTest(m, as.formula(sprintf("~factor(%s)", group)))
	d <- degf(of$design)
	if (r$ddf != d + 1 - length(of$levels)) stop(paste(name, y, group, r$ddf, d, length(of$levels)))
	fields <- c(group_fields(name, of, variable(paste(name, y, sep = "_"), of$data[[y]], "double")),
		list(wald = number(r$Ftest * r$df), design_df = d), adjusted(drop(r$Ftest) * r$df, r$df, d))
	do.call(row, c(list(sprintf("regTermTest of svyglm(%s ~ factor(%s), %s)", y, group, name)), fields))
}
rows <- c()
for (name in c("strat", "simple", "clus1", "clus2", "half", "lone", "post", "jack")) {
	for (y in c("api00", "meals", "good"))
		rows <- c(rows, mean_row(name, y, "third"))
	rows <- c(rows, mean_row(name, "api99", "awards"), mean_row(name, "api00", "sch.wide"))
}
rows <- c(rows, mean_row("strat", "api00", "stype"), mean_row("simple", "meals", "stype"), mean_row("simple", "meals", "stype", c("E", "M")),
	mean_row("clus1", "meals", "third", c("p", "r")), mean_row("nhanes", "HI_CHOL", "race"), mean_row("nhanes", "HI_CHOL", "agecat"))
write_rows("survey_tests_means", rows)

contrast_rows <- function(name, y, group, part = NULL, level = 95) {
	of <- grouped(name, group, part)
	stopifnot(length(of$levels) == 2)
	design <- update(of$design, own = factor(as.character(of$design$variables[[group]]), of$levels, c("a", "b")))
	means <- if (name == "post") { # svyby (4.1-1) has no covariances of calibrated designs
		m <- svyglm(as.formula(paste(y, "~ own - 1")), design)
		structure(setNames(coef(m), c("a", "b")), var = structure(vcov(m), dimnames = list(c("a", "b"), c("a", "b"))), class = "svystat")
	} else svyby(as.formula(paste0("~", y)), ~own, design, svymean, covmat = TRUE)
	d <- degf(design)
	if (name != "jack") {
		test <- svyttest(as.formula(paste(y, "~ own")), design)
		difference <- svycontrast(means, c(-1, 1))
		stopifnot(abs(test$statistic - coef(difference) / SE(difference)) < 1e-7 * abs(test$statistic), test$parameter == d - 1)
	}
	one <- function(scale, contrast, back) {
		c <- svycontrast(means, contrast)
		t <- qt(1 - (1 - level / 100) / 2, d)
		b <- unname(coef(c))
		se <- as.vector(SE(c))
		if (name == "jack") { # svycontrast has the delta method, where the replicates can say it themselves
			y_of <- design$variables[[y]]
			a <- design$variables$own == "a"
			again <- withReplicates(design, function(w, ...) {
				m <- c(a = sum((w * y_of)[a]) / sum(w[a]), b = sum((w * y_of)[!a]) / sum(w[!a]))
				if (is.numeric(contrast)) sum(contrast * m) else eval(contrast, as.list(m))
			})
			stopifnot(abs(coef(again) - b) < 1e-12)
			se <- as.vector(SE(again))
		}
		fields <- group_fields(name, of, variable(paste(name, y, sep = "_"), of$data[[y]], "double"))
		do.call(row, c(list(sprintf("svycontrast of svyby(~%s, ~%s, %s)", y, group, name)), fields,
			list(scale = scale, level = level, value = number(back(b)), se = number(se), df = d, statistic = number(b / se),
			     p = number(2 * pt(-abs(b / se), d)), low = number(back(b - t * se)), high = number(back(b + t * se)))))
	}
	share <- all(of$data[[y]] %in% c(0, 1))
	c(one("SURVEY_DIFFERENCE", c(1, -1), identity), one("SURVEY_RATIO", quote(log(a) - log(b)), exp),
	  if (share) one("SURVEY_ODDS", quote(log(a) - log(1 - a) - log(b) + log(1 - b)), exp))
}
rows <- c()
for (name in c("strat", "simple", "clus1", "clus2", "half", "lone", "post", "jack"))
	rows <- c(rows, contrast_rows(name, "api00", "awards"), contrast_rows(name, "high", "awards"), contrast_rows(name, "high", "comp.imp"))
rows <- c(rows, contrast_rows("strat", "api00", "stype", c("E", "H")), contrast_rows("strat", "met", "stype", c("M", "H"), 90),
	contrast_rows("clus1", "high", "third", c("p", "q")), contrast_rows("half", "met", "half", c("a", "b")),
	contrast_rows("nhanes", "HI_CHOL", "RIAGENDR"), contrast_rows("nhanes", "HI_CHOL", "race", c("1", "2")))
write_rows("survey_tests_contrasts", rows)

# --- ranks: svyranktest, which has its W as `parameter` where there are 3 groups, and t where there are 2 ---

rank_row <- function(name, y, group, part = NULL) {
	of <- grouped(name, group, part)
	design <- update(of$design, own = factor(as.character(of$design$variables[[group]])))
	k <- length(of$levels)
	values <- design$variables[[y]]
	w <- weights(design, "sampling")
	apart <- any(tapply(w, values, function(x) diff(range(x)) > 1e-9)) # see survey_rank.h
	if (apart) {
		score <- sapply(values, function(v) sum(w[values < v]) + sum(w[values == v]) / 2) / sum(w)
		r <- regTermTest(svyglm(score ~ own, update(design, score = score)), ~own)
		wald <- drop(r$Ftest) * r$df
	} else {
		r <- svyranktest(as.formula(paste(y, "~ own")), design)
		wald <- if (k == 2) unname(r$statistic)^2 else as.vector(r$parameter)
	}
	d <- degf(design)
	fields <- c(group_fields(name, of, variable(paste(name, y, sep = "_"), of$data[[y]], "double")),
		list(wald = number(wald), design_df = d), adjusted(wald, k - 1, d))
	do.call(row, c(list(sprintf("%s(%s ~ %s, %s)", if (apart) "svyglm of ranks: " else "svyranktest", y, group, name)), fields))
}
rows <- c()
for (name in c("strat", "simple", "clus1", "clus2", "half", "lone"))
	for (y in c("unique", "level", "api00"))
		rows <- c(rows, rank_row(name, y, "awards"), rank_row(name, y, "third"))
rows <- c(rows, rank_row("strat", "unique", "stype", c("E", "M")), rank_row("half", "level", "half", c("a", "c")))
write_rows("survey_tests_ranks", rows)

# P(first higher): svytotal of the influence of each unit, and the jackknife of the estimate beside it
superiority_row <- function(name, y, group, part = NULL, level = 95) {
	of <- grouped(name, group, part)
	design <- update(of$design, own = factor(as.character(of$design$variables[[group]]), of$levels, c("a", "b")))
	values <- design$variables[[y]]
	own <- design$variables$own
	w <- weights(design, "sampling")
	wins <- outer(values, values, ">") + outer(values, values, "==") / 2
	of_weights <- function(w, ...) {
		a <- w * (own == "a")
		b <- w * (own == "b")
		sum(outer(a, b) * wins) / sum(a) / sum(b)
	}
	p <- of_weights(w)
	a <- own == "a"
	influence <- ifelse(a, (drop(wins %*% (w * !a)) / sum(w[!a]) - p) / sum(w[a]), (drop((w * a) %*% wins) / sum(w[a]) - p) / sum(w[!a]))
	se <- as.vector(SE(svytotal(influence, design)))
	jack <- withReplicates(as.svrepdesign(design, type = if (design$has.strata) "JKn" else "JK1"), of_weights)
	d <- degf(design)
	# few clusters make a jackknife larger, many do not
	stopifnot(abs(as.vector(SE(jack)) / se - 1) < if (d > 100) 0.03 else 0.25, abs(coef(jack) - p) < 1e-12)
	t <- qt(1 - (1 - level / 100) / 2, d)
	slope <- 2 / (1 - (2 * p - 1)^2)
	x <- atanh(2 * p - 1)
	back <- function(x) (1 + tanh(x)) / 2
	fields <- c(group_fields(name, of, variable(paste(name, y, sep = "_"), of$data[[y]], "double")),
		list(level = level, value = number(p), se = number(slope * se), df = d, statistic = number(x / (slope * se)),
		     p = number(2 * pt(-abs(x / (slope * se)), d)), low = number(back(x - t * slope * se)), high = number(back(x + t * slope * se))))
	do.call(row, c(list(sprintf("P(first higher), svytotal of its influence: %s ~ %s, %s", y, group, name)), fields))
}
rows <- c()
for (name in c("strat", "simple", "clus1", "clus2", "half"))
	for (y in c("unique", "level"))
		rows <- c(rows, superiority_row(name, y, "awards"), superiority_row(name, y, "sch.wide"))
rows <- c(rows, superiority_row("strat", "level", "stype", c("E", "M"), 90), superiority_row("half", "level", "half", c("a", "c")))
write_rows("survey_tests_superiority", rows)
write_rows("survey_tests_designs", texts)

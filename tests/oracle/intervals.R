# Expected values for tests/unit/test_intervals.c: intervals of shares, by R's own beta and normal distributions and the
# survey package. Run from anywhere: Rscript tests/oracle/intervals.R writes tests/oracle/intervals_*.inc.
suppressMessages(library(survey))
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))

# --- x of n ---

# binom.test is Clopper and Pearson's; Jeffreys' with its ends as Brown, Cai and DasGupta (2001) set them; logit's is
# Wald's on the scale of plogis.
plain_rows <- function(x, n, level = 95) {
	tail <- (1 - level / 100) / 2
	z <- qnorm(1 - tail)
	exact <- binom.test(x, n, conf.level = level / 100)$conf.int
	jeffreys <- c(if (x == 0) 0 else qbeta(tail, x + .5, n - x + .5), if (x == n) 1 else qbeta(1 - tail, x + .5, n - x + .5))
	one <- function(call, method, low_high)
		row(sprintf("%s, %d of %d, %g", call, x, n, level), method = method, x = x, n = n, level = level,
		    low = number(low_high[1]), high = number(low_high[2]))
	c(one("binom.test", "PROPORTION_CLOPPER_PEARSON", exact), one("qbeta", "PROPORTION_JEFFREYS", jeffreys),
	  if (x > 0 && x < n)
		  one("plogis", "PROPORTION_LOGIT", plogis(qlogis(x / n) + c(-1, 1) * z * sqrt(n / (x * (n - x))))))
}
cases <- cbind(esoph$ncases, esoph$ncases + esoph$ncontrols)
cases <- unique(cases[cases[, 2] > 0, ])
admissions <- matrix(apply(UCBAdmissions, c(2, 3), function(a) c(a[1], sum(a))), 2)
write_rows("intervals_plain", c(
	unlist(apply(cases, 1, function(c) plain_rows(c[1], c[2]))),
	unlist(apply(admissions, 2, function(c) plain_rows(c[1], c[2], 99))),
	unlist(apply(admissions, 2, function(c) plain_rows(c[1], c[2], 80))),
	plain_rows(1, 1), plain_rows(0, 1), plain_rows(0, 400), plain_rows(400, 400), plain_rows(1, 100000),
	plain_rows(99999, 100000, 90)))

# --- by weights, strata and clusters: svyciprop(method = "beta"), "xlogit", and Jeffreys' with the same n* ---

data(api)
# Numbers for strata and clusters, from 0; `design` is what R makes of the same columns.
design_row <- function(name, data, y, part, level = 95, ids = NULL, strata = NULL, weights, fpc = NULL, method) {
	data$y_ <- as.numeric(y)
	data$w_ <- weights
	data$id_ <- if (is.null(ids)) seq_len(nrow(data)) else as.integer(factor(ids))
	data$h_ <- if (is.null(strata)) 1 else as.integer(factor(strata))
	data$N_ <- fpc
	design <- svydesign(ids = ~id_, strata = ~h_, weights = ~w_, fpc = if (!is.null(fpc)) ~N_, data = data, nest = FALSE)
	domain <- subset(design, part)
	df <- degf(domain)
	conf <- level / 100
	m <- svymean(~y_, domain)
	p <- as.vector(coef(m))
	v <- as.vector(vcov(m))
	if (method == "PROPORTION_JEFFREYS") {
		n <- p * (1 - p) / v * (qt((1 - conf) / 2, sum(part) - 1) / qt((1 - conf) / 2, df))^2
		low_high <- qbeta(c((1 - conf) / 2, (1 + conf) / 2), p * n + .5, (1 - p) * n + .5)
	} else {
		ci <- svyciprop(~y_, domain, level = conf, df = df,
		                method = if (method == "PROPORTION_LOGIT") "xlogit" else "beta")
		low_high <- as.vector(attr(ci, "ci"))
	}
	row(sprintf("%s, %s", name, sub("PROPORTION_", "", method)), method = method, units = nrow(data),
	    y = doubles(data$y_), w = doubles(weights), stratum = sizes(data$h_ - 1), cluster = sizes(data$id_ - 1),
	    strata = max(data$h_), clusters = max(data$id_), part = sprintf("(const bool[]){ %s }",
	    paste(ifelse(part, "true", "false"), collapse = ", ")), level = level, p = number(p), df = df,
	    low = number(low_high[1]), high = number(low_high[2]))
}
methods <- c("PROPORTION_CLOPPER_PEARSON", "PROPORTION_JEFFREYS", "PROPORTION_LOGIT")
design_rows <- function(name, data, y, by, ...) {
	parts <- c(list(all = rep(TRUE, nrow(data))), sapply(levels(factor(by)), function(b) by == b, simplify = FALSE))
	unlist(lapply(names(parts), function(b) {
		mean <- mean(y[parts[[b]]])
		if (mean == 0 || mean == 1) return(NULL)
		sapply(methods, function(m) design_row(sprintf("%s, %s", name, b), data, y, parts[[b]], ..., method = m))
	}))
}
write_rows("intervals_design", c(
	design_rows("apistrat sch.wide", apistrat, apistrat$sch.wide == "Yes", apistrat$stype, strata = apistrat$stype,
	            weights = apistrat$pw),
	design_rows("apistrat awards, 90", apistrat, apistrat$awards == "Yes", apistrat$awards, level = 90,
	            strata = apistrat$stype, weights = apistrat$pw),
	design_rows("apiclus1 comp.imp", apiclus1, apiclus1$comp.imp == "Yes", apiclus1$stype, ids = apiclus1$dnum,
	            weights = apiclus1$pw),
	design_rows("apisrs both", apisrs, apisrs$both == "Yes", apisrs$stype, weights = apisrs$pw),
	design_rows("warpbreaks", warpbreaks, warpbreaks$breaks > 20, warpbreaks$tension,
	            weights = seq(0.2, 5, length.out = 54))))

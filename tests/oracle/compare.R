# The numbers that compare's statistics are tested against, made by R (4.2.2) and its package survey (4.1-1):
#
#   Rscript tests/oracle/compare.R
#
# writes tests/oracle/compare_*.inc beside itself: rows of C initialisers, each with its data, the R call in its name, and
# what R answers. The data ship with R (datasets, survey), or are NIST's Statistical Reference Datasets (public domain).

suppressPackageStartupMessages(library(survey))
options(digits = 17)

number <- function(x) { # the shortest that reads back as the same double
	x <- as.vector(x)
	short <- sprintf("%.15g", x)
	ifelse(as.numeric(short) == x, short, sprintf("%.17g", x))
}
doubles <- function(x) sprintf("(const double[]){ %s }", paste(number(x), collapse = ", "))
sizes <- function(x) sprintf("(const size_t[]){ %s }", paste(x, collapse = ", "))
counts <- function(x) sprintf("(const long long[]){ %s }", paste(x, collapse = ", "))

folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
write_rows <- function(name, rows) {
	head <- "/* Made by tests/oracle/compare.R: change that, not this. */"
	writeLines(c(head, strwrap(rows, 118, exdent = 2)), file.path(folder, sprintf("compare_%s.inc", name)))
}
row <- function(.title, ...) {
	fields <- list(...)
	sprintf("{ .name = \"%s\", %s },", .title, paste(sprintf(".%s = %s", names(fields), fields), collapse = ", "))
}

# --- mean, sd, se, t interval: t.test ---

mean_row <- function(name, y, level = 95, mean = base::mean(y), sd = stats::sd(y)) {
	t <- t.test(y, conf.level = level / 100)
	se <- sd / sqrt(length(y))
	reach <- qt((1 + level / 100) / 2, length(y) - 1) * se
	stopifnot(all.equal(c(mean - reach, mean + reach), as.vector(t$conf.int), tolerance = 1e-9))
	row(name, y = doubles(y), n = length(y), level = level, mean = number(mean), sd = number(sd), se = number(se),
	    low = number(mean - reach), high = number(mean + reach))
}
by_group <- function(label, y, group, level = 95) {
	parts <- split(y, group)
	unlist(lapply(names(parts), function(g) mean_row(sprintf("t.test: %s, %s", label, g), na.omit(parts[[g]]), level)))
}

# NIST StRD univariate: mean and standard deviation are the certified ones, not R's.
michelso <- morley$Speed / 1000 + 299
lew <- c(-213, -564, -35, -15, 141, 115, -420, -360, 203, -338, -431, 194, -220, -513, 154, -125, -559, 92, -21, -579, -52, 99,
	-543, -175, 162, -457, -346, 204, -300, -474, 164, -107, -572, -8, 83, -541, -224, 180, -420, -374, 201, -236, -531, 83, 27,
	-564, -112, 131, -507, -254, 199, -311, -495, 143, -46, -579, -90, 136, -472, -338, 202, -287, -477, 169, -124, -568, 17,
	48, -568, -135, 162, -430, -422, 172, -74, -577, -13, 92, -534, -243, 194, -355, -465, 156, -81, -578, -64, 139, -449, -384,
	193, -198, -538, 110, -44, -577, -6, 66, -552, -164, 161, -460, -344, 205, -281, -504, 134, -28, -576, -118, 156, -437,
	-381, 200, -220, -540, 83, 11, -568, -160, 172, -414, -408, 188, -125, -572, -32, 139, -492, -321, 205, -262, -504, 142,
	-83, -574, 0, 48, -571, -106, 137, -501, -266, 190, -391, -406, 194, -186, -553, 83, -13, -577, -49, 103, -515, -280, 201,
	300, -506, 131, -45, -578, -80, 138, -462, -361, 201, -211, -554, 32, 74, -533, -235, 187, -372, -442, 182, -147, -566, 25,
	68, -535, -244, 194, -351, -463, 174, -125, -570, 15, 72, -550, -190, 172, -424, -385, 198, -218, -536, 96)
mavro <- c(2.00180, 2.00170, 2.00180, 2.00190, 2.00180, 2.00170, 2.00150, 2.00140, 2.00150, 2.00150, 2.00170, 2.00180, 2.00180,
	2.00190, 2.00190, 2.00210, 2.00200, 2.00160, 2.00140, 2.00130, 2.00130, 2.00150, 2.00150, 2.00160, 2.00150, 2.00140,
	2.00130, 2.00140, 2.00150, 2.00140, 2.00150, 2.00160, 2.00150, 2.00160, 2.00190, 2.00200, 2.00200, 2.00210, 2.00220,
	2.00230, 2.00240, 2.00250, 2.00270, 2.00260, 2.00260, 2.00260, 2.00270, 2.00260, 2.00250, 2.00240)
lottery <- c(162, 671, 933, 414, 788, 730, 817, 33, 536, 875, 670, 236, 473, 167, 877, 980, 316, 950, 456, 92, 517, 557, 956,
	954, 104, 178, 794, 278, 147, 773, 437, 435, 502, 610, 582, 780, 689, 562, 964, 791, 28, 97, 848, 281, 858, 538, 660, 972,
	671, 613, 867, 448, 738, 966, 139, 636, 847, 659, 754, 243, 122, 455, 195, 968, 793, 59, 730, 361, 574, 522, 97, 762, 431,
	158, 429, 414, 22, 629, 788, 999, 187, 215, 810, 782, 47, 34, 108, 986, 25, 644, 829, 630, 315, 567, 919, 331, 207, 412,
	242, 607, 668, 944, 749, 168, 864, 442, 533, 805, 372, 63, 458, 777, 416, 340, 436, 140, 919, 350, 510, 572, 905, 900, 85,
	389, 473, 758, 444, 169, 625, 692, 140, 897, 672, 288, 312, 860, 724, 226, 884, 508, 976, 741, 476, 417, 831, 15, 318, 432,
	241, 114, 799, 955, 833, 358, 935, 146, 630, 830, 440, 642, 356, 373, 271, 715, 367, 393, 190, 669, 8, 861, 108, 795, 269,
	590, 326, 866, 64, 523, 862, 840, 219, 382, 998, 4, 628, 305, 747, 247, 34, 747, 729, 645, 856, 974, 24, 568, 24, 694, 608,
	480, 410, 729, 947, 293, 53, 930, 223, 203, 677, 227, 62, 455, 387, 318, 562, 242, 428, 968)

write_rows("mean", c(
	mean_row("NIST Michelso", michelso, 95, 299.852400000000, 0.0790105478190518),
	mean_row("NIST Lew", lew, 95, -177.435000000000, 277.332168044316),
	mean_row("NIST Mavro", mavro, 95, 2.00185600000000, 0.000429123454003053),
	mean_row("NIST Lottery", lottery, 95, 518.958715596330, 291.699727470969),
	mean_row("NIST NumAcc1", c(10000001, 10000003, 10000002), 95, 10000002, 1),
	by_group("chickwts$weight", chickwts$weight, chickwts$feed),
	by_group("warpbreaks$breaks", warpbreaks$breaks, interaction(warpbreaks$wool, warpbreaks$tension)),
	by_group("ToothGrowth$len, 90 per cent", ToothGrowth$len, interaction(ToothGrowth$supp, ToothGrowth$dose), 90),
	by_group("InsectSprays$count, 99 per cent", InsectSprays$count, InsectSprays$spray, 99),
	by_group("airquality$Ozone", airquality$Ozone, airquality$Month),
	by_group("sleep$extra", sleep$extra, sleep$group),
	mean_row("t.test: women$height[1:2]", women$height[1:2])))

# --- Wilson interval: prop.test(correct = FALSE) ---

wilson_row <- function(x, n, level = 95) {
	low_high <- suppressWarnings(prop.test(x, n, conf.level = level / 100, correct = FALSE))$conf.int
	row(sprintf("prop.test(%d, %d, conf.level = %g, correct = FALSE)", x, n, level / 100), x = x, n = n, level = level,
	    p = number(x / n), low = number(low_high[1]), high = number(low_high[2]))
}
cases <- cbind(esoph$ncases, esoph$ncases + esoph$ncontrols)
cases <- unique(cases[cases[, 2] > 0, ])
admissions <- apply(UCBAdmissions, c(2, 3), function(a) c(a[1], sum(a)))
write_rows("wilson", c(
	apply(cases[seq(1, nrow(cases), 3), ], 1, function(c) wilson_row(c[1], c[2])),
	apply(matrix(admissions, 2), 2, function(c) wilson_row(c[1], c[2], 99)),
	wilson_row(1, 1), wilson_row(0, 1), wilson_row(0, 400), wilson_row(1, 1000000), wilson_row(999999, 1000000, 90)))

# --- weighted mean of a domain: svymean on a subset of svydesign(ids = ~1, weights) ---

data(api)
survey_row <- function(name, data, weights, domain, y, level = 95) {
	data$w_ <- weights
	data$y_ <- y
	design <- svydesign(ids = ~1, weights = ~w_, data = data)
	part <- subset(design, domain & !is.na(y))
	m <- svymean(~y_, part)
	stopifnot(degf(part) == sum(domain & !is.na(y)) - 1)
	interval <- confint(m, level = level / 100, df = degf(part))
	w <- weights[domain & !is.na(y)]
	row(name, y = doubles(y[domain & !is.na(y)]), w = doubles(w), n = length(w), sampled = nrow(data), level = level,
	    mean = number(coef(m)), se = number(SE(m)), df = degf(part), n_kish = number(sum(w)^2 / sum(w^2)),
	    low = number(interval[1]), high = number(interval[2]))
}
everybody <- function(data) rep(TRUE, nrow(data))
survey_rows <- function(label, data, weights, by, y, level = 95) {
	c(survey_row(sprintf("svymean: %s, all", label), data, weights, everybody(data), y, level),
	  unlist(lapply(levels(factor(by)), function(b)
		  survey_row(sprintf("svymean: %s, %s", label, b), data, weights, by == b, y, level))))
}
write_rows("survey_mean", c(
	survey_rows("apistrat$api00", apistrat, apistrat$pw, apistrat$stype, apistrat$api00),
	survey_rows("apistrat$enroll, 90 per cent", apistrat, apistrat$pw, apistrat$stype, apistrat$enroll, 90),
	survey_rows("apistrat$avg.ed (with missing)", apistrat, apistrat$pw, apistrat$stype, apistrat$avg.ed),
	survey_rows("apisrs$meals", apisrs, apisrs$pw, apisrs$stype, apisrs$meals),
	survey_rows("chickwts$weight, weights 1 to 71", chickwts, seq_len(71), chickwts$feed, chickwts$weight),
	survey_rows("warpbreaks$breaks, weights 0.2 to 5", warpbreaks, seq(0.2, 5, length.out = 54), warpbreaks$tension,
	            warpbreaks$breaks, 99)))

# --- weighted share of a domain: p and V from svymean, then Wilson's interval of p n_eff of n_eff at z = t ---

# prop.test takes the counts as they are, whole or not, and its z from the level.
survey_share_row <- function(name, data, weights, domain, y, level = 95) {
	data$w_ <- weights
	data$y_ <- y
	part <- subset(svydesign(ids = ~1, weights = ~w_, data = data), domain)
	m <- svymean(~y_, part)
	p <- as.vector(coef(m))
	df <- degf(part)
	w <- weights[domain]
	if (p %in% 0:1) { # Clopper-Pearson with Kish's n
		n_eff <- sum(w)^2 / sum(w^2)
		tail <- (1 - level / 100) / 2
		interval <- if (p == 0) c(0, qbeta(1 - tail, 1, n_eff)) else c(qbeta(tail, n_eff, 1), 1)
	} else {
		n_eff <- p * (1 - p) / as.vector(vcov(m))
		conf <- 2 * pnorm(qt((1 + level / 100) / 2, df)) - 1
		interval <- suppressWarnings(prop.test(p * n_eff, n_eff, conf.level = conf, correct = FALSE))$conf.int
	}
	row(name, y = doubles(y[domain]), w = doubles(w), n = length(w), sampled = nrow(data), level = level, p = number(p),
	    df = df, n_eff = number(n_eff), low = number(interval[1]), high = number(interval[2]),
	    exact = if (p %in% 0:1) "true" else "false")
}
survey_share_rows <- function(label, data, weights, by, y, level = 95) {
	c(survey_share_row(sprintf("svymean: %s, all", label), data, weights, everybody(data), y, level),
	  unlist(lapply(levels(factor(by)), function(b)
		  survey_share_row(sprintf("svymean: %s, %s", label, b), data, weights, by == b, y, level))))
}
write_rows("survey_proportion", c(
	survey_share_rows("apistrat$sch.wide == Yes", apistrat, apistrat$pw, apistrat$stype, as.numeric(apistrat$sch.wide == "Yes")),
	survey_share_rows("apistrat$awards == Yes, 90 per cent", apistrat, apistrat$pw, apistrat$stype,
	                  as.numeric(apistrat$awards == "Yes"), 90),
	survey_share_rows("apisrs$comp.imp == Yes", apisrs, apisrs$pw, apisrs$stype, as.numeric(apisrs$comp.imp == "Yes")),
	survey_share_rows("warpbreaks$breaks > 20, weights 0.2 to 5", warpbreaks, seq(0.2, 5, length.out = 54), warpbreaks$tension,
	                  as.numeric(warpbreaks$breaks > 20)),
	survey_share_rows("chickwts$weight > 200, weights 1 to 71", chickwts, seq_len(71), chickwts$feed,
	                  as.numeric(chickwts$weight > 200))))

# --- Welch 1951: oneway.test(var.equal = FALSE) ---

welch_row <- function(name, y, group) {
	group <- factor(group[!is.na(y)])
	y <- y[!is.na(y)]
	w <- oneway.test(y ~ group, var.equal = FALSE)
	row(sprintf("oneway.test: %s", name), y = doubles(y[order(group)]), first = sizes(c(0, cumsum(table(group)))),
	    groups = nlevels(group), statistic = number(w$statistic), df = number(w$parameter[1]),
	    df2 = number(w$parameter[2]), p = number(w$p.value))
}
write_rows("welch", c(
	welch_row("weight ~ feed, chickwts", chickwts$weight, chickwts$feed),
	welch_row("count ~ spray, InsectSprays", InsectSprays$count, InsectSprays$spray),
	welch_row("breaks ~ tension, warpbreaks", warpbreaks$breaks, warpbreaks$tension),
	welch_row("breaks ~ wool, warpbreaks", warpbreaks$breaks, warpbreaks$wool),
	welch_row("len ~ supp:dose, ToothGrowth", ToothGrowth$len, interaction(ToothGrowth$supp, ToothGrowth$dose)),
	welch_row("weight ~ group, PlantGrowth", PlantGrowth$weight, PlantGrowth$group),
	welch_row("extra ~ group, sleep", sleep$extra, sleep$group),
	welch_row("Ozone ~ Month, airquality", airquality$Ozone, airquality$Month),
	welch_row("Speed ~ Expt, morley", morley$Speed, morley$Expt),
	welch_row("Sepal.Width ~ Species, iris", iris$Sepal.Width, iris$Species),
	welch_row("Petal.Length ~ Species, iris", iris$Petal.Length, iris$Species)))

# --- Pearson's chi-square: chisq.test(correct = FALSE) ---

chi_square_row <- function(name, table) {
	table <- as.matrix(table)
	kept <- table[rowSums(table) > 0, colSums(table) > 0]
	c2 <- suppressWarnings(chisq.test(kept, correct = FALSE))
	row(sprintf("chisq.test: %s", name), counts = counts(as.vector(t(table))), rows = nrow(table), columns = ncol(table),
	    statistic = number(c2$statistic), df = number(c2$parameter), p = number(c2$p.value),
	    least_expected = number(min(c2$expected)))
}
write_rows("chi_square", c(
	chi_square_row("Hair x Eye, HairEyeColor", margin.table(HairEyeColor, 1:2)),
	chi_square_row("Hair x Sex, HairEyeColor", margin.table(HairEyeColor, c(1, 3))),
	chi_square_row("Class x Survived, Titanic", margin.table(Titanic, c(1, 4))),
	chi_square_row("Sex x Survived, Titanic", margin.table(Titanic, c(2, 4))),
	chi_square_row("Admit x Gender, UCBAdmissions", margin.table(UCBAdmissions, 1:2)),
	chi_square_row("Admit x Dept, UCBAdmissions", margin.table(UCBAdmissions, c(1, 3))),
	chi_square_row("agegp x case, esoph", rowsum(as.matrix(esoph[, c("ncases", "ncontrols")]), esoph$agegp)),
	chi_square_row("alcgp x case, esoph", rowsum(as.matrix(esoph[, c("ncases", "ncontrols")]), esoph$alcgp)),
	chi_square_row("education x induced, infert", table(infert$education, infert$induced)),
	chi_square_row("cyl x gear, mtcars", table(mtcars$cyl, mtcars$gear)),
	chi_square_row("occupationalStatus", occupationalStatus),
	chi_square_row("stype x sch.wide, apistrat", table(apistrat$stype, apistrat$sch.wide)),
	chi_square_row("an empty row and an empty column", rbind(c(12, 0, 30), c(0, 0, 0), c(25, 0, 18))),
	chi_square_row("counts in millions", rbind(c(3000001, 2999999), c(2990000, 3010000)))))

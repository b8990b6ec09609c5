# The pooling of imputed files that compare's is tested against, made by R (4.2.2) and its package mice (3.15.0):
#
#   Rscript tests/oracle/rubin.R
#
# writes tests/oracle/rubin.inc beside itself: what each imputation gives (estimate and variance), and what mice makes of
# them, so that the tests need none of mice's random numbers. Where the estimates agree or all but agree, mice takes lambda
# to be 0.0001: there the formula of Barnard and Rubin (1999) is written out.

source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))
suppressPackageStartupMessages(library(mice))

exactly <- function(p, complete) {
	p$complete <- complete
	p$lambda <- lambda <- (1 + 1 / p$m) * p$b / p$t
	if (lambda < 1e-4) {
		old <- (p$m - 1) / lambda^2
		obs <- (complete + 1) / (complete + 3) * complete * (1 - lambda)
		p$df <- if (is.infinite(complete)) old else if (lambda == 0) obs else old * obs / (old + obs)
		p$fmi <- (p$r + 2 / (p$df + 3)) / (p$r + 1)
	}
	p
}
pooled <- function(name, q, u, n, k = 1) {
	p <- exactly(pool.scalar(q, u, n = n, k = k), if (is.infinite(n)) Inf else n - k)
	complete <- p$complete; lambda <- p$lambda; df <- p$df; fmi <- p$fmi
	half <- qt(0.975, df) * sqrt(p$t)
	row(name, estimates = doubles(q), variances = doubles(u), m = p$m, complete_df = number(complete), estimate = number(p$qbar),
		within = number(p$ubar), between = number(p$b), variance = number(p$t), df = number(df), lambda = number(lambda),
		missing = number(fmi), relative = number(p$r), low = number(p$qbar - half), high = number(p$qbar + half))
}
by_group <- function(name, imp, outcome, group) { # means, and shares above the middle, of each group and of all
	groups <- c(list(all = rep(TRUE, nrow(imp$data))), split(seq_len(nrow(imp$data)), complete(imp, 1)[[group]]))
	unlist(lapply(names(groups), function(g) {
		values <- lapply(seq_len(imp$m), function(i) complete(imp, i)[[outcome]][groups[[g]]])
		n <- length(values[[1]])
		if (n < 3) return(NULL)
		middle <- median(imp$data[[outcome]], na.rm = TRUE)
		shares <- sapply(values, function(v) mean(v > middle))
		c(pooled(sprintf("%s: mean of %s, %s %s", name, outcome, group, g), sapply(values, mean),
				sapply(values, function(v) var(v) / n), n),
			if (sum(shares * (1 - shares)) > 0) pooled(sprintf("%s: share of %s, %s %s", name, outcome, group, g), shares,
				shares * (1 - shares) / (n - 1), n))
	}))
}
impute <- function(data, m, seed) mice(data, m = m, seed = seed, maxit = 3, printFlag = FALSE)
nhanes_imputed <- impute(nhanes, 5, 11)
some_boys <- boys[seq(1, 748, 3), c("age", "hgt", "wgt", "bmi", "hc", "tv", "reg")]
some_boys$reg[is.na(some_boys$reg)] <- "city"
boys_imputed <- impute(some_boys, 20, 12)
fit <- with(nhanes_imputed, lm(chl ~ bmi))
whole <- summary(pool(fit)) # the row of the slope is checked against pool() itself
slopes <- sapply(fit$analyses, function(f) coef(f)[["bmi"]])
errors <- sapply(fit$analyses, function(f) vcov(f)["bmi", "bmi"])
check <- pool.scalar(slopes, errors, n = 25, k = 2)
stopifnot(abs(whole$df[2] / check$df - 1) < 1e-12, abs(whole$std.error[2]^2 / check$t - 1) < 1e-12)

rows <- c(
	by_group("nhanes", nhanes_imputed, "bmi", "age"), by_group("nhanes", nhanes_imputed, "chl", "age"),
	by_group("nhanes, two imputations", impute(nhanes, 2, 13), "chl", "age"),
	by_group("boys", boys_imputed, "tv", "reg"), by_group("boys", boys_imputed, "hc", "reg"),
	by_group("boys", boys_imputed, "hgt", "reg"),
	pooled("a slope, as pool() has it", slopes, errors, 25, 2),
	pooled("as if of many", slopes, errors, Inf),
	pooled("large numbers", 1e7 + slopes, errors, 25),
	pooled("estimates that agree", rep(3, 5), c(1, 2, 1, 2, 4), 30),
	pooled("estimates that agree, of many", rep(3, 5), c(1, 2, 1, 2, 4), Inf),
	pooled("estimates that all but agree", 3 + c(0, 1, 2) * 1e-6, c(1, 2, 1), 30),
	pooled("hardly anything but what is missing", c(1, 5, 9, 2), rep(0.05, 4), 500))
write_rows("rubin", rows)
cat(length(rows), "rows\n")

# A made-up file of imputations, made by the same rule in tests/unit/test_imputed.c: 70 people of two areas. Of every
# fourth the number is missing, of every third the code.
people <- 1:70
area <- ifelse(people <= 40, "N", "S")
number_of <- function(j) ifelse(people %% 4 == 0, (people * 5 + j * 3) %% 11, (people * 7) %% 11)
code_of <- function(j) ifelse(people %% 3 == 0, (people + j) %% 2, people %% 2)
made_up <- function(name, values_of, where, share) {
	q <- u <- numeric(4); n <- sum(where)
	for (j in 1:4) { v <- values_of(j)[where]; q[j] <- mean(v); u[j] <- var(v) / n }
	p <- exactly(pool.scalar(q, u, n = n, k = 1), n - 1)
	half <- qt(0.975, p$df) * sqrt(p$t)
	low <- p$qbar - half; high <- p$qbar + half
	if (share) { # as survey::svyciprop(method = "logit") does
		low <- 100 * plogis(qlogis(p$qbar) - half / (p$qbar * (1 - p$qbar)))
		high <- 100 * plogis(qlogis(p$qbar) + half / (p$qbar * (1 - p$qbar)))
	}
	row(name, share = tolower(share), area = if (all(where)) "NULL" else sprintf("\"%s\"", area[where][1]),
		estimate = number(if (share) 100 * p$qbar else p$qbar), low = number(low), high = number(high),
		missing = number(100 * p$fmi), df = number(p$df))
}
whole <- rep(TRUE, 70)
write_rows("rubin_made_up", c(
	made_up("mean, North", number_of, area == "N", FALSE), made_up("mean, South", number_of, area == "S", FALSE),
	made_up("mean, all", number_of, whole, FALSE), made_up("share, North", code_of, area == "N", TRUE),
	made_up("share, South", code_of, area == "S", TRUE), made_up("share, all", code_of, whole, TRUE)))

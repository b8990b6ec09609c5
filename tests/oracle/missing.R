# Little's (1988) test of missing completely at random that compare's is tested against, made by R (4.2.2):
#
#   Rscript tests/oracle/missing.R
#
# writes tests/oracle/missing_little.inc beside itself. R has no such test in the packages that are here: the EM algorithm
# is that of Little and Rubin (2002, 11.2) on rows as they are, with solve() in the place of any sufficient statistic.
# naniar::mcar_test(airquality) prints 35.1, 14 degrees of freedom, p = 0.00142, 4 patterns, and so does this (below).

source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))

little <- function(data) {
	y <- scale(data.matrix(data))
	y <- y[rowSums(!is.na(y)) > 0, , drop = FALSE]
	n <- nrow(y); k <- ncol(y)
	mu <- colMeans(y, na.rm = TRUE)
	sigma <- diag(apply(y, 2, function(v) mean((v - mean(v, na.rm = TRUE))^2, na.rm = TRUE)))
	repeat {
		first <- numeric(k); second <- matrix(0, k, k)
		for (i in seq_len(n)) {
			o <- !is.na(y[i, ]); m <- !o
			filled <- y[i, ]; left <- matrix(0, k, k)
			if (any(m)) {
				b <- sigma[m, o, drop = FALSE] %*% solve(sigma[o, o, drop = FALSE])
				filled[m] <- mu[m] + b %*% (y[i, o] - mu[o])
				left[m, m] <- sigma[m, m] - b %*% sigma[o, m, drop = FALSE]
			}
			first <- first + (filled - mu)
			second <- second + tcrossprod(filled - mu) + left
		}
		delta <- first / n
		now <- second / n - tcrossprod(delta)
		moved <- max(abs(delta), abs(now - sigma))
		mu <- mu + delta; sigma <- now
		if (moved < 1e-14) break
		if (moved < 1e-13) { steady <- if (exists("steady")) steady + 1 else 1; if (steady > 200) break }
	}
	pattern <- apply(!is.na(y), 1, function(o) paste(as.integer(o), collapse = ""))
	d2 <- 0; df <- -k
	for (p in unique(pattern)) {
		rows <- y[pattern == p, , drop = FALSE]
		o <- !is.na(rows[1, ])
		d <- colMeans(rows[, o, drop = FALSE]) - mu[o]
		d2 <- d2 + nrow(rows) * sum(d * solve(sigma[o, o, drop = FALSE], d))
		df <- df + sum(o)
	}
	list(statistic = d2, df = df, p = pchisq(d2, df, lower.tail = FALSE), patterns = length(unique(pattern)), n = n)
}

suppressPackageStartupMessages({ library(mice); library(psych) })
cut_out <- function(data, seed_free) { # what is missing by a rule of row and column, and of the values before it
	data <- data.matrix(data)
	for (j in seq_len(ncol(data))) data[seed_free(seq_len(nrow(data)), j, data[, 1]), j] <- NA
	data
}
cases <- list(
	"airquality" = airquality,
	"airquality, four variables" = airquality[, 1:4],
	"nhanes of mice" = nhanes,
	"boys of mice, heights and weights" = boys[, c("hgt", "wgt", "bmi", "hc")][seq(1, 748, 4), ],
	"bfi of psych, five items" = bfi[1:250, 1:5],
	"attitude, every third row without complaints" = cut_out(attitude, function(i, j, v) j == 2 & i %% 3 == 0),
	"attitude, by chance" = cut_out(attitude, function(i, j, v) (i * 7 + j * 3) %% 11 == 0),
	"longley, missing where the first is large" = cut_out(longley[, c(1, 3, 4)], function(i, j, v) j > 1 & v > 110),
	"iris, one row of nothing" = cut_out(iris[, 1:3], function(i, j, v) i == 7 | (j == 2 & i %% 4 == 1)),
	"mammalsleep of mice" = mammalsleep[, c("sws", "ps", "mls", "gt")],
	"numbers that share 7 digits" = airquality[, 1:4] + 1e7,
	"two variables" = airquality[, c("Ozone", "Solar.R")])

rows <- lapply(names(cases), function(name) {
	data <- data.matrix(cases[[name]])
	got <- little(data)
	row(name, values = doubles(t(data)), rows = nrow(data), variables = ncol(data), statistic = number(got$statistic),
		df = got$df, p = number(got$p), patterns = got$patterns, n = got$n)
})
write_rows("missing_little", rows)
published <- little(airquality)
stopifnot(round(published$statistic, 1) == 35.1, published$df == 14, round(published$p, 5) == 0.00142, published$patterns == 4)

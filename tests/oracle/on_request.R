# What tests/unit/test_on_request.c expects: infert, which ships with R, with seven bands of age as the areas. R 4.2.2:
# stats, multcomp (Dunnett), lme4 (random intercepts).
#
#   Rscript tests/oracle/on_request.R

source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))
suppressPackageStartupMessages({ library(lme4); library(mvtnorm) })

area <- cut(infert$age, c(20, 26, 28, 31, 33, 36, 38, 45), labels = LETTERS[1:7])
areas <- levels(area)
parity <- infert$parity
lost <- infert$spontaneous > 0
write_rows("on_request_people", sprintf("{ %d, %d, %d, %d },", as.integer(area), parity, infert$spontaneous, infert$case))

rows <- list()
say <- function(analysis, statistic, values, area = NULL, comparator = NULL, near = 1e-7) {
	text <- function(x) if (is.null(x)) "NULL" else sprintf('"%s"', x)
	for (figure in names(values))
		rows[[length(rows) + 1]] <<- sprintf("{ %s, %s, %s, %s, %s, %s, %s },", text(analysis), text(statistic), text(area),
		                                     text(comparator), text(figure), number(values[[figure]]), near)
}
pairs <- utils::combn(areas, 2, simplify = FALSE)

# --- one variance for all ---

fit <- aov(parity ~ area)
within <- deviance(fit) / df.residual(fit)
n <- table(area)
means <- tapply(parity, area, mean)
tukey <- TukeyHSD(fit)$area
critical <- uniroot(function(q) ptukey(q, 7, 241, lower.tail = FALSE) - .05, c(0, 100), tol = 1e-14)$root
for (pair in pairs) {
	d <- means[[pair[1]]] - means[[pair[2]]]
	se <- sqrt(within / 2 * (1 / n[[pair[1]]] + 1 / n[[pair[2]]]))
	p <- ptukey(abs(d) / se, 7, 241, lower.tail = FALSE)
	stopifnot(all.equal(p, tukey[paste(rev(pair), collapse = "-"), "p adj"], tolerance = 1e-4))
	say("parity", "tukey_kramer", list(estimate = d, low = d - critical * se, high = d + critical * se, statistic = abs(d) / se,
	    df = 241, p_adjusted = p), pair[1], pair[2])
}
others <- setdiff(areas, "C")
loading <- sqrt(n[others] / (n[others] + n[["C"]]))
correlation <- outer(loading, loading)
diag(correlation) <- 1
within_all <- function(t) { # P(all |T| <= t), over the pooled standard error and the control's mean
	density <- function(s) sapply(s, function(s) 2 * 241 * s * dchisq(241 * s^2, 241))
	given <- function(s) sapply(s, function(s) integrate(function(z) dnorm(z) * Reduce(`*`, lapply(loading, function(l)
		pnorm((l * z + t * s) / sqrt(1 - l^2)) - pnorm((l * z - t * s) / sqrt(1 - l^2)))), -9, 9, rel.tol = 1e-12)$value)
	integrate(function(s) density(s) * given(s), .5, 1.6, rel.tol = 1e-11)$value
}
stopifnot(abs(within_all(2.5) - pmvt(-rep(2.5, 6), rep(2.5, 6), df = 241, corr = correlation,
          algorithm = GenzBretz(abseps = 1e-6, maxpts = 1e7))) < 1e-5)
half <- uniroot(function(t) within_all(t) - .95, c(1, 5), tol = 1e-12)$root
for (a in others) {
	d <- means[[a]] - means[["C"]]
	se <- sqrt(within * (1 / n[[a]] + 1 / n[["C"]]))
	say("parity", "dunnett", list(estimate = d, low = d - half * se, high = d + half * se, statistic = d / se, df = 241), a, "C")
	say("parity", "dunnett", list(p_adjusted = 1 - within_all(abs(d / se))), a, "C", 1e-6)
}

# --- ranks ---

k <- suppressWarnings(cor.test(parity, as.numeric(area), method = "kendall", exact = FALSE)) # with ties in both
for (analysis in c("parity", "ranked")) {
	say(analysis, "jonckheere_terpstra", list(statistic = k$statistic, p = k$p.value))
	w <- kruskal.test(parity, area)
	say(analysis, "kruskal_wallis", list(statistic = w$statistic, df = w$parameter, p = w$p.value))
	say(analysis, "epsilon_squared", list(estimate = w$statistic / 247))
}
dunn <- as.data.frame(rstatix::dunn_test(data.frame(y = parity, g = area), y ~ g, p.adjust.method = "holm", detailed = TRUE))
for (i in seq_len(nrow(dunn)))
	for (analysis in c("parity", "ranked")) {
		say(analysis, "dunn", list(statistic = -dunn$statistic[i], p = dunn$p[i]), dunn$group1[i], dunn$group2[i])
		say(analysis, "p_holm", list(p_adjusted = dunn$p.adj[i]), dunn$group1[i], dunn$group2[i])
		u <- with(list(a = parity[area == dunn$group1[i]], b = parity[area == dunn$group2[i]]),
		          mean(outer(a, b, ">")) + mean(outer(a, b, "==")) / 2)
		say(analysis, "superiority", list(estimate = 100 * u), dunn$group1[i], dunn$group2[i])
	}

welch <- aggregate(parity, list(area), function(y) c(mean(y), var(y) / length(y)))$x
fixed <- metafor::rma(welch[, 1], welch[, 2], method = "FE")
say("parity", "i_squared", list(estimate = max(0, 100 * (fixed$QE - 6) / fixed$QE)))
x2 <- chisq.test(table(area, lost), correct = FALSE)$statistic
say("lost", "i_squared", list(estimate = max(0, 100 * (x2 - 6) / x2)))

# --- drawn together: `near` is what lme4's own iteration allows ---

z <- qnorm(.975)
halved <- function(statistic) pchisq(statistic, 1, lower.tail = FALSE) / 2
theta <- optimize(lmer(parity ~ 1 + (1 | area), devFunOnly = TRUE), c(.01, 1), tol = 1e-12)$minimum
m <- lmer(parity ~ 1 + (1 | area), start = theta, control = lmerControl(optimizer = NULL))
v <- as.data.frame(VarCorr(m))$vcov
u <- ranef(m, condVar = TRUE)$area
se <- sqrt(attr(u, "postVar")[1, 1, ])
statistic <- as.vector(2 * (logLik(m) - logLik(lm(parity ~ 1), REML = TRUE)))
say("parity", "between_areas_sd", list(estimate = sqrt(v[1])), near = 1e-6)
say("parity", "intraclass_correlation", list(estimate = v[1] / sum(v)), near = 1e-6)
say("parity", "heterogeneity", list(statistic = statistic, p = halved(statistic)), near = 1e-6)
for (i in 1:7) {
	estimate <- fixef(m) + u[i, 1]
	say("parity", "empirical_bayes", list(estimate = estimate, low = estimate - z * se[i], high = estimate + z * se[i]), areas[i],
	    near = 1e-6)
}
m <- glmer(lost ~ 1 + (1 | area), family = binomial, nAGQ = 25,
           control = glmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10)))
tau <- sqrt(VarCorr(m)$area[1])
u <- ranef(m, condVar = TRUE)$area
se <- sqrt(attr(u, "postVar")[1, 1, ])
statistic <- as.vector(2 * (logLik(m) - logLik(glm(lost ~ 1, family = binomial))))
say("lost", "between_areas_sd", list(estimate = tau), near = 1e-4)
say("lost", "median_odds_ratio", list(estimate = exp(sqrt(2) * tau * qnorm(.75))), near = 1e-4)
say("lost", "heterogeneity", list(statistic = statistic, p = halved(statistic)), near = 1e-4)
for (i in 1:7) {
	logit <- fixef(m) + u[i, 1]
	say("lost", "empirical_bayes", list(estimate = 100 * plogis(logit), low = 100 * plogis(logit - z * se[i]),
	    high = 100 * plogis(logit + z * se[i])), areas[i], near = 1e-4)
}
write_rows("on_request", rows)

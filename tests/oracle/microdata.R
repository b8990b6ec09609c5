# Frequencies, risks, diversity and special uniques of 237 students (MASS::survey, four of them with a missing key), counted
# in R (4.2.2) by their definitions: every pair of records, every set of keys, and the integral of Benedetti and Franconi.
#
#   Rscript tests/oracle/microdata.R
#
# writes tests/oracle/microdata.inc beside itself.
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))

library(MASS)
keys <- data.matrix(survey[c("Sex", "W.Hnd", "Clap", "Exer", "Smoke")])
keys[is.na(keys)] <- 0
n <- nrow(keys)
weights <- 1 + (seq_len(n) * 7) %% 40 / 4
answer <- as.integer(cut(survey$Age, c(0, 18, 20, 25, 100)))
answer[seq(5, n, by = 11)] <- NA # some do not say

agree <- function(i, j) all(keys[i, ] == keys[j, ] | keys[i, ] == 0 | keys[j, ] == 0)
alike <- outer(seq_len(n), seq_len(n), Vectorize(agree))
f <- rowSums(alike)
F <- as.vector(alike %*% weights)
risk <- mapply(function(f, F) {
	p <- f / F
	integrate(function(u) (p * u / (1 - (1 - p) * u))^f / u, 0, 1, rel.tol = 1e-12, subdivisions = 10000)$value
}, f, F)
distinct <- sapply(seq_len(n), function(i) length(unique(na.omit(answer[alike[i, ]]))))
entropy <- sapply(seq_len(n), function(i) {
	share <- table(answer[alike[i, ]])
	share <- share[share > 0] / sum(share)
	if (length(share)) exp(-sum(share * log(share))) else 0
})

# Sets of keys that nobody else shares the values of, and that hold no smaller such set.
sets <- unlist(lapply(seq_len(ncol(keys)), function(m) combn(ncol(keys), m, simplify = FALSE)), recursive = FALSE)
alone <- sapply(sets, function(set) {
	values <- do.call(paste, as.data.frame(keys[, set, drop = FALSE]))
	ave(seq_len(n), values, FUN = length) == 1 & rowSums(keys[, set, drop = FALSE] == 0) == 0
})
minimal <- sapply(seq_along(sets), function(s) {
	within <- sapply(sets, function(other) length(other) < length(sets[[s]]) && all(other %in% sets[[s]]))
	alone[, s] & rowSums(alone[, within, drop = FALSE]) == 0
})
size <- lengths(sets)
scores <- as.vector(minimal %*% factorial(ncol(keys) - size))
smallest <- apply(minimal, 1, function(found) if (any(found)) min(size[found]) else 0)

whole <- function(name, x) sprintf("static const int %s[] = { %s };", name, paste(x, collapse = ", "))
real <- function(name, x) sprintf("static const double %s[] = { %s };", name, paste(number(x), collapse = ", "))
answer[is.na(answer)] <- 0
write_rows("microdata", c(
	sprintf("enum { STUDENTS = %d, STUDENT_KEYS = %d };", n, ncol(keys)),
	whole("student_keys", as.vector(t(keys))), whole("student_answers", answer), real("student_weights", weights),
	real("student_f", f), real("student_F", F), real("student_risks", risk),
	real("student_distinct", distinct), real("student_entropy", entropy),
	real("student_scores", scores), whole("student_smallest", smallest)))

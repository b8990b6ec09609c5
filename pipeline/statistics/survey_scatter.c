#include "survey_scatter.h"

#include <stdlib.h>

#include "mem.h"

struct survey_scatter survey_scatter_begin(size_t count)
{
	return (struct survey_scatter){
		.count = count,
		.covariance = mem_alloc(count * count, sizeof(long double)),
		.told = mem_alloc(count, sizeof(size_t)),
		.is_told = mem_alloc(count, sizeof(bool)),
		.x = mem_alloc(count, sizeof(long double)),
		.place = mem_alloc(count, sizeof(size_t)),
		.met = mem_alloc(count, sizeof(size_t)),
		.times = mem_alloc(count, sizeof(size_t)),
		.mean = mem_alloc(count, sizeof(long double)),
		.off = mem_alloc(count, sizeof(long double)),
	};
}

void survey_scatter_end(struct survey_scatter *scatter)
{
	free(scatter->covariance);
	free(scatter->told);
	free(scatter->is_told);
	free(scatter->x);
	free(scatter->place);
	free(scatter->met);
	free(scatter->times);
	free(scatter->mean);
	free(scatter->off);
}

void survey_scatter_tell(struct survey_scatter *scatter, size_t number, long double x)
{
	if (x == 0)
		return;
	if (!scatter->is_told[number])
		scatter->told[scatter->told_count++] = number;
	scatter->is_told[number] = true;
	scatter->x[number] += x;
}

static void forget(struct survey_scatter *scatter)
{
	for (size_t i = 0; i < scatter->told_count; i++) {
		scatter->is_told[scatter->told[i]] = false;
		scatter->x[scatter->told[i]] = 0;
	}
	scatter->told_count = 0;
}

void survey_scatter_meet(struct survey_scatter *scatter)
{
	for (size_t i = 0; i < scatter->told_count; i++) {
		size_t number = scatter->told[i];
		if (scatter->place[number] == 0) {
			scatter->met[scatter->met_count++] = number;
			scatter->place[number] = scatter->met_count;
		}
		scatter->times[scatter->place[number] - 1]++;
		scatter->mean[scatter->place[number] - 1] += scatter->x[number];
	}
	forget(scatter);
}

void survey_scatter_centre(struct survey_scatter *scatter, size_t n)
{
	size_t count = scatter->met_count;
	scatter->items = n;
	scatter->whole = true;
	for (size_t v = 0; v < count; v++) {
		scatter->mean[v] = n > 1 ? scatter->mean[v] / (long double)n : 0;
		scatter->whole = scatter->whole && scatter->times[v] == n;
	}
	scatter->products = mem_alloc(count * count, sizeof *scatter->products);
	scatter->sums = scatter->whole ? NULL : mem_alloc(count * count, sizeof *scatter->sums);
	scatter->together = scatter->whole ? NULL : mem_alloc(count * count, sizeof *scatter->together);
}

/* Of an item that tells all there is. */
static void add_whole(struct survey_scatter *scatter)
{
	for (size_t v = 0; v < scatter->met_count; v++)
		scatter->off[v] = scatter->x[scatter->met[v]] - scatter->mean[v];
	for (size_t v = 0; v < scatter->met_count; v++) {
		long double a = scatter->off[v], *row = scatter->products + v * scatter->met_count;
		for (size_t u = 0; u <= v; u++)
			row[u] += a * scatter->off[u];
	}
}

static void add_told(struct survey_scatter *scatter)
{
	for (size_t i = 0; i < scatter->told_count; i++) {
		size_t v = scatter->place[scatter->told[i]] - 1;
		scatter->x[scatter->told[i]] -= scatter->mean[v];
	}
	for (size_t i = 0; i < scatter->told_count; i++) {
		size_t v = scatter->place[scatter->told[i]] - 1, row = v * scatter->met_count;
		long double a = scatter->x[scatter->told[i]];
		for (size_t j = 0; j < scatter->told_count; j++) {
			size_t u = scatter->place[scatter->told[j]] - 1;
			if (u <= v)
				scatter->products[row + u] += a * scatter->x[scatter->told[j]];
			scatter->sums[row + u] += a;
			scatter->together[row + u]++;
		}
	}
}

void survey_scatter_add(struct survey_scatter *scatter)
{
	if (scatter->whole)
		add_whole(scatter);
	else
		add_told(scatter);
	forget(scatter);
}

/* Sum_c (x_v - m_v)(x_u - m_u). */
static long double around_means(const struct survey_scatter *scatter, size_t v, size_t u)
{
	size_t count = scatter->met_count, vu = v * count + u, uv = u * count + v;
	long double sum = scatter->products[vu], mean_v = scatter->mean[v], mean_u = scatter->mean[u];
	if (scatter->whole)
		return sum;
	size_t only_v = scatter->times[v] - scatter->together[vu], only_u = scatter->times[u] - scatter->together[vu];
	if (only_v)
		sum -= mean_u * (scatter->sums[v * count + v] - scatter->sums[vu]);
	if (only_u)
		sum -= mean_v * (scatter->sums[u * count + u] - scatter->sums[uv]);
	return sum + mean_v * mean_u * (long double)(scatter->items - scatter->times[v] - only_u);
}

void survey_scatter_close(struct survey_scatter *scatter, long double factor)
{
	for (size_t v = 0; v < scatter->met_count; v++)
		for (size_t u = 0; u <= v; u++) {
			size_t a = scatter->met[v], b = scatter->met[u];
			scatter->covariance[a > b ? a * scatter->count + b : b * scatter->count + a] +=
				factor * around_means(scatter, v, u);
		}
	for (size_t v = 0; v < scatter->met_count; v++) {
		scatter->place[scatter->met[v]] = scatter->times[v] = 0;
		scatter->mean[v] = 0;
	}
	scatter->met_count = 0;
	free(scatter->products);
	free(scatter->sums);
	free(scatter->together);
	scatter->products = scatter->sums = NULL;
	scatter->together = NULL;
}

/* peak FILE COMMAND ARGUMENT...: run the command, and write into FILE how many seconds it took, its peak resident
 * memory in KiB, and the seconds that processors worked for it. Ends as the command does. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fputs("usage: peak FILE COMMAND ARGUMENT...\n", stderr);
		return 64;
	}
	double begin = now();
	pid_t child = fork();
	if (child == 0) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	int status;
	if (child < 0 || waitpid(child, &status, 0) != child) {
		perror("peak");
		return 70;
	}
	double end = now();

	/* Of the children that were waited for: there is this one alone. */
	struct rusage used;
	FILE *file = fopen(argv[1], "w");
	if (!file || getrusage(RUSAGE_CHILDREN, &used) != 0) {
		perror(argv[1]);
		return 74;
	}
	fprintf(file, "%.3f %ld %.6f\n", end - begin, used.ru_maxrss, seconds(used.ru_utime) + seconds(used.ru_stime));
	if (fclose(file) != 0)
		return 74;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

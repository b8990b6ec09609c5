#include "provenance.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"

static void print_hash(char hash[PROVENANCE_HASH_SIZE], const unsigned char bytes[32])
{
	sodium_bin2hex(hash, PROVENANCE_HASH_SIZE, bytes, 32);
}

bool provenance_hash_file(char hash[PROVENANCE_HASH_SIZE], long long *bytes, const char *path, struct error *err)
{
	enum { BLOCK = 1 << 18 };
	struct stat status;
	int file =
		open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK); /* a pipe would wait for somebody to write */
	if (file < 0)
		return error_at(err, errno == ENOENT ? ERROR_NO_INPUT : ERROR_IO, path, 0, "cannot open: %s",
		                strerror(errno));
	if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
		close(file);
		error_at(err, ERROR_INPUT, path, 0, "a folder or a device, not a file");
		error_code(err, "file-not-text");
		return error_help(err, "name the file itself");
	}
	unsigned char *block = mem_alloc(BLOCK, 1), digest[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	*bytes = 0;
	bool ok = true;
	for (ssize_t got; (got = read(file, block, BLOCK)) != 0;) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			ok = error_at(err, ERROR_IO, path, 0, "cannot read: %s", strerror(errno));
			break;
		}
		crypto_hash_sha256_update(&state, block, (unsigned long long)got);
		*bytes += got;
	}
	crypto_hash_sha256_final(&state, digest);
	print_hash(hash, digest);
	sodium_memzero(block, BLOCK);
	free(block);
	close(file);
	return ok;
}

void provenance_hash_bytes(char hash[PROVENANCE_HASH_SIZE], const void *bytes, size_t length)
{
	unsigned char digest[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(digest, bytes, length);
	print_hash(hash, digest);
}

/* libsodium takes keys of 16 to 64 bytes: the text of any length is first hashed to 32. */
void provenance_keyed_hash(char hash[PROVENANCE_HASH_SIZE], const char *key, const char *context, const char *text)
{
	unsigned char fixed[crypto_generichash_KEYBYTES], digest[32];
	crypto_generichash(fixed, sizeof fixed, (const unsigned char *)key, strlen(key), NULL, 0);
	crypto_generichash_state state;
	crypto_generichash_init(&state, fixed, sizeof fixed, sizeof digest);
	crypto_generichash_update(&state, (const unsigned char *)context, strlen(context) + 1);
	crypto_generichash_update(&state, (const unsigned char *)text, strlen(text));
	crypto_generichash_final(&state, digest, sizeof digest);
	print_hash(hash, digest);
	sodium_memzero(fixed, sizeof fixed);
}

void provenance_made_from(char hash[PROVENANCE_HASH_SIZE], const char *key, const char *sha256)
{
	provenance_keyed_hash(hash, key ? key : "no key", "made_from", sha256);
}

bool provenance_record(struct store *store, const char *item, const char *value, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, "INSERT OR REPLACE INTO provenance VALUES (:item, :value)", err);
	if (ok) {
		store_bind_text(insert, ":item", item);
		store_bind_text(insert, ":value", value);
		ok = store_insert(store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

static bool record_input(struct store *store, const char *role, const char *name, long long bytes, const char *hash,
                         struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok =
		store_prepare(&insert, store, "INSERT OR REPLACE INTO input VALUES (:name, :role, :bytes, :hash)", err);
	if (ok) {
		char *full = mem_print("%s:%s", role, name);
		store_bind_text(insert, ":name", full);
		store_bind_text(insert, ":role", role);
		store_bind_integer(insert, ":bytes", bytes);
		store_bind_text(insert, ":hash", hash);
		ok = store_insert(store, insert, err);
		free(full);
	}
	sqlite3_finalize(insert);
	return ok;
}

bool provenance_input(struct store *store, const char *role, const char *path, struct error *err)
{
	char hash[PROVENANCE_HASH_SIZE];
	long long bytes = 0;
	const char *slash = strrchr(path, '/');
	return provenance_hash_file(hash, &bytes, path, err)
	       && record_input(store, role, slash ? slash + 1 : path, bytes, hash, err);
}

bool provenance_input_bytes(struct store *store, const char *role, const char *name, const void *bytes, size_t length,
                            struct error *err)
{
	char hash[PROVENANCE_HASH_SIZE];
	provenance_hash_bytes(hash, bytes, length);
	return record_input(store, role, name, (long long)length, hash, err);
}

bool provenance_read(char **value, struct store *store, const char *item, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, store, "SELECT value FROM provenance WHERE item = :item", err);
	if (ok) {
		store_bind_text(select, ":item", item);
		ok = store_step(store, select, &row, err);
	}
	*value = row ? mem_copy_text((const char *)sqlite3_column_text(select, 0)) : NULL;
	sqlite3_finalize(select);
	return ok;
}

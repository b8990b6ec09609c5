INSERT INTO handed_over
VALUES (:release, :dataset, :access,
	coalesce((SELECT population FROM people WHERE release = :release AND dataset = :dataset), 'unknown'), :records, :sha256)

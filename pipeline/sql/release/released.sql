INSERT INTO released (release, date, by, why, population, manifest)
SELECT 1 + coalesce(max(release), 0), :date, :by, :why,
	coalesce((SELECT value FROM withheld.provenance WHERE item = 'population'), 'unknown'), :manifest
FROM released

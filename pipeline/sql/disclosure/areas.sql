-- Figures of one area, or of all: how many, and how many of them are hidden. In the order in which results name the areas.
SELECT r.area, count(*), sum(r.status = 'hidden')
FROM withheld.figure AS f
JOIN withheld.result AS r USING (result)
WHERE r.status <> 'refused' AND r.comparator IS NULL
GROUP BY r.area
ORDER BY r.area IS NULL, min(r.result)

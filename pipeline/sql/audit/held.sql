-- Files of records that earlier releases made public, and under which name those are known of whom they are.
SELECT handed_over.release, handed_over.dataset, coalesce(prefix, '')
FROM handed_over
LEFT JOIN naming USING (release, dataset)
WHERE access = 'public'
ORDER BY handed_over.release, handed_over.dataset

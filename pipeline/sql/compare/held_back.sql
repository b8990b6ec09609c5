-- What the dictionary names and no analysis may read: dropped on the way, or no answer (a weight, an id).
SELECT variable FROM treatment WHERE variable NOT IN (SELECT variable FROM variable) ORDER BY variable

-- Whether the audit held this public file of records against the tables.
SELECT 1 FROM input WHERE role = :role AND sha256 = :sha256

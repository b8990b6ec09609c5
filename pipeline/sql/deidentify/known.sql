-- What others may know of a person, and its column of respondents. A derived variable is known where what it is made of is.
SELECT variable, iif(role = 'area', 'area', variable) FROM variable
WHERE disclosure IN ('quasi', 'direct') AND role NOT IN ('wave', 'imputation') ORDER BY position

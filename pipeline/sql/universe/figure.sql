INSERT INTO figure (figure, result, name, decimals, value, printed, numerator, numerator_measure, denominator, factor)
VALUES (:id, :result, :name, :decimals, :value, :printed, :numerator, :numerator_measure, :denominator, :factor)

SELECT 1 FROM handed_over WHERE release = :release AND dataset = :dataset AND sha256 = :sha256

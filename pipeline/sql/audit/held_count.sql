SELECT records FROM handed_over WHERE release = :release AND dataset = :dataset

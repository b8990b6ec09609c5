INSERT INTO rule (rule, message, limit_per_cent, holds, broken, unknowable, not_applicable)
VALUES (:rule, :message, :limit, :holds, :broken, :unknowable, :not_applicable)

SELECT variable, type, role, least, most, bottom, top, treatment FROM variable ORDER BY position

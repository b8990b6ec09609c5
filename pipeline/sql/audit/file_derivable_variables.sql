SELECT variable, type, least, most, definition FROM derivable_variable
ORDER BY variable

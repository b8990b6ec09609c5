SELECT value, (SELECT count(*) FROM records) FROM file WHERE item = 'access'

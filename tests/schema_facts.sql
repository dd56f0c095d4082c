-- What a schema is, as rows that two databases can be compared by: read by
-- the sqlite3 shell, and so without a line of the program under test.  Texts
-- of tables are compared as bags of words, because ALTER TABLE ADD COLUMN puts
-- a column behind the constraints; those of all else word by word.
.mode list
.separator |
CREATE TEMP TABLE ours AS
	SELECT l.name, l.type, l.ncol, l.wr, l.strict
	FROM pragma_table_list AS l
	WHERE l.schema = 'main' AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\'
		AND l.name NOT LIKE '\_taskmgr\_%' ESCAPE '\'
		AND l.name <> 'alembic_version';
SELECT 'table', lower(name), type, ncol, wr, strict FROM ours ORDER BY 2;
SELECT 'column', lower(o.name), lower(c.name), c.cid, lower(c.type),
	c."notnull" AND NOT (c.pk AND lower(c.type) = 'integer'),
	c.dflt_value, c.pk, c.hidden
	FROM ours AS o, pragma_table_xinfo(o.name) AS c
	WHERE o.type <> 'shadow' ORDER BY 2, 4;
SELECT 'foreign key', lower(o.name), f.seq, lower(f."table"),
	lower(f."from"), lower(f."to"), f.on_update, f.on_delete, f.match
	FROM ours AS o, pragma_foreign_key_list(o.name) AS f
	ORDER BY 2, 5, 4, 3;
SELECT 'index', lower(o.name), i."unique", i.origin, i.partial,
	iif(i.origin = 'c', lower(i.name), ''),
	(SELECT group_concat(ifnull(lower(x.name), 'expression') || ' '
		|| x.desc || ' ' || x.coll || ' ' || x.key)
		FROM pragma_index_xinfo(i.name) AS x)
	FROM ours AS o, pragma_index_list(o.name) AS i
	ORDER BY 2, 4, 6, 7;
WITH RECURSIVE plain(type, name, text) AS (
	SELECT type, lower(name),
		replace(replace(replace(replace(replace(replace(lower(sql),
		char(9), ''), char(10), ''), ' ', ''), '"', ''), '[', ''),
		']', '')
	FROM sqlite_schema
	WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
		AND tbl_name NOT LIKE '\_taskmgr\_%' ESCAPE '\'
		AND tbl_name <> 'alembic_version'
), letters(type, name, text, at) AS (
	SELECT type, name, text, 1 FROM plain WHERE type = 'table'
	UNION ALL
	SELECT type, name, text, at + 1 FROM letters WHERE at < length(text)
)
SELECT 'text', type, name, text FROM plain WHERE type <> 'table'
UNION ALL
SELECT 'letters', type, name, letter || count(*) FROM (
	SELECT type, name, substr(text, at, 1) AS letter FROM letters)
	GROUP BY type, name, letter
ORDER BY 1, 2, 3, 4;
DROP TABLE ours;

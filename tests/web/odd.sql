-- Tables whose names would collide with one another's schemas or with those
-- that every document has, and values with limits.
CREATE TABLE transactions (id INTEGER PRIMARY KEY, amount REAL CHECK (amount > 2));
CREATE TABLE errors (id INTEGER PRIMARY KEY, n INTEGER CHECK (n BETWEEN 5 AND 9));
CREATE TABLE users (id INTEGER PRIMARY KEY, n VARCHAR(2) NOT NULL);
CREATE TABLE create_users (id INTEGER PRIMARY KEY, d DATE, t DATETIME DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE validation_errors (id INTEGER PRIMARY KEY);
CREATE TABLE order_items (id INTEGER PRIMARY KEY, kind TEXT CHECK (kind IN ('a', 'b')));
CREATE TABLE "orderItem" (id INTEGER PRIMARY KEY, b BLOB, j JSON);
CREATE TABLE "a b" (a TEXT, b TEXT, PRIMARY KEY (a, b));
CREATE VIEW one AS SELECT 1 AS one;
-- Names that mean something to a client's language, or to a URL.
CREATE TABLE arrays (id INTEGER PRIMARY KEY, "class" TEXT, "constructor" TEXT);
CREATE TABLE records (id INTEGER PRIMARY KEY, "limit" INT, "sort" TEXT, "format" TEXT);
CREATE TABLE marked (id INTEGER PRIMARY KEY, "x-y" REAL, "1st" INT, "имя" TEXT);
-- A table that references itself, and keys of several columns.
CREATE TABLE nodes (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES nodes (id),
	twin_id INTEGER UNIQUE REFERENCES nodes (id), data JSON);
CREATE TABLE edges (from_id INTEGER REFERENCES nodes (id), to_id INTEGER
	REFERENCES nodes (id), w REAL CHECK (w > 0 AND w <= 1), PRIMARY KEY (from_id, to_id));
CREATE TABLE notes (from_id INT, to_id INT, kind TEXT DEFAULT 'it''s' CHECK (kind IN
	('it''s', 'a"b')), FOREIGN KEY (from_id, to_id) REFERENCES edges (from_id, to_id));
CREATE VIEW "node parents" AS SELECT n.id, p.id AS "its parent" FROM nodes n
	LEFT JOIN nodes p ON p.id = n.parent_id;
CREATE TABLE loose (a, b ANY);

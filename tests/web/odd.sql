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

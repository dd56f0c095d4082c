-- Initial migration
--
-- revision: 4ddf379eea50
-- down_revision:
-- create_date: 2026-11-22 11:07:02

-- migrate:up
CREATE TABLE users (
	id INTEGER PRIMARY KEY,
	username VARCHAR NOT NULL UNIQUE, -- login name @immutable
	firstname VARCHAR NOT NULL,
	lastname VARCHAR NOT NULL,
	age INTEGER NOT NULL,
	slug VARCHAR NOT NULL UNIQUE -- @slug username
);

CREATE TABLE tasks (
	id INTEGER PRIMARY KEY,
	title VARCHAR NOT NULL,
	content VARCHAR NOT NULL DEFAULT '',
	priority INTEGER NOT NULL DEFAULT 0,
	completed BOOLEAN NOT NULL DEFAULT FALSE CHECK (completed IN (0, 1)),
	user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	slug VARCHAR NOT NULL UNIQUE -- @slug title
);

CREATE INDEX ix_tasks_user_id ON tasks (user_id);

-- migrate:down
DROP TABLE tasks;
DROP TABLE users;

-- The tables of the program.  Change them here, then run:
--   taskmgr db revision --autogenerate -m "what changed"
--   taskmgr db upgrade
-- Comments inside a CREATE are descriptions, shown in help and in the API;
-- words that begin with @ are instructions: see taskmgr-schema(5).

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

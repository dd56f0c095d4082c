#!/bin/sh
# Tables of every kind as resources.
. tests/lib.sh

sqlite3 t.db <"$TOP/tests/fixtures/resources.sql"
export_db() {
	sqlite3 "$1" <"$TOP/tests/fixtures/resources.sql"
}
# The line ends of CSV as newlines alone.
plain() {
	tr -d '\r' <"$WORK/out" >"$WORK/plain" && mv "$WORK/plain" "$WORK/out"
}
t() {
	run --db t.db "$@"
}

# Text columns, a unique name, a slug, annotations, a reference to itself.
t person create --name 'Ann Lee' --email ann@example.org
is '@created, @updated, @readonly with a default, no @hidden' 0 "\
┌────┬─────────┬─────────────────┬─────────┬─────────────────────┬─────────────────────┬────────┬─────────┐
│ id │ name    │ email           │ boss_id │ made                │ changed             │ visits │ slug    │
├────┼─────────┼─────────────────┼─────────┼─────────────────────┼─────────────────────┼────────┼─────────┤
│  1 │ Ann Lee │ ann@example.org │    NULL │ 2026-11-22 11:07:02 │ 2026-11-22 11:07:02 │      7 │ ann-lee │
└────┴─────────┴─────────────────┴─────────┴─────────────────────┴─────────────────────┴────────┴─────────┘" ''
t person create --name Bob --boss ann-lee --jsonl
is 'a reference to the same table by slug' 0 '{"id":2,"name":"Bob","email":null,"boss_id":1,"made":"2026-11-22 11:07:02","changed":"2026-11-22 11:07:02","visits":7,"slug":"bob"}' \
	''
t person create --name Cy --boss-id 2 --columns id,boss_id,slug --jsonl
is 'and by id' 0 '{"id":3,"boss_id":2,"slug":"cy"}' ''
t person create --name Di --boss 'Ann Lee' --email '' --columns -made,-changed --jsonl
is 'and by another unique column; an empty text' 0 '{"id":4,"name":"Di","email":"","boss_id":1,"visits":7,"slug":"di"}' \
	''
t person create --name Ed --boss nobody
is 'a reference to a missing row' 3 '' \
	'taskmgr: person create: Person was not found (no person "nobody")'
t person create --name Ed --boss-id 99
is 'the id of a missing row' 3 '' \
	'taskmgr: person create: Person was not found (no person 99)'
t person create --name Ed --boss bab
is 'a close name' 3 '' \
	'taskmgr: person create: Person was not found (no person "bab"; did you mean "Bob"?)'
t person create --name 'Ann  Lee'
is 'another name of the same slug is a conflict where the source is unique' 4 '' \
	'taskmgr: person create: slug "ann-lee" is already taken by person 1 (made from name "Ann  Lee")'
t person create --name Bob
is 'and the same name is a conflict of the name' 4 '' \
	'taskmgr: person create: name "Bob" is already taken by person 2'
t person show 1 --columns name,slug
is 'show by id' 0 "\
┌─────────┬─────────┐
│ name    │ slug    │
├─────────┼─────────┤
│ Ann Lee │ ann-lee │
└─────────┴─────────┘" ''
t person show 'Ann Lee' --columns name --jsonl
is 'show by the unique source' 0 '{"name":"Ann Lee"}' ''
t person show ann@example.org --columns id --jsonl
is 'show by another unique column' 0 '{"id":1}' ''
t person show --columns id,name --csv -- cy 1 bob
plain
is 'several keys, in their order' 0 "\
id,name
3,Cy
1,Ann Lee
2,Bob" ''
t person show cy 1 --columns id --json
is 'several are an array' 0 '[{"id":3},
 {"id":1}]' ''
t person show cy --columns id --json
is 'one is an object' 0 '{"id":3}' ''
t person show cy nobody --json
is 'one of several is missing: nothing is shown' 3 '' \
	'{"code":"not_found","field":null,"value":null,"message":"Person was not found (no person \"nobody\")","status":3,"command":"person show","hint":null,"fix":null}'
t person show cy 99999999999999999999
is 'an id beyond 64 bits is not found' 3 '' \
	'taskmgr: person show: Person was not found (no person "99999999999999999999")'
t person show ''
is 'an empty key' 0 "\
┌────┬──────┬───────┬─────────┬─────────────────────┬─────────────────────┬────────┬──────┐
│ id │ name │ email │ boss_id │ made                │ changed             │ visits │ slug │
├────┼──────┼───────┼─────────┼─────────────────────┼─────────────────────┼────────┼──────┤
│  4 │ Di   │       │       1 │ 2026-11-22 11:07:02 │ 2026-11-22 11:07:02 │      7 │ di   │
└────┴──────┴───────┴─────────┴─────────────────────┴─────────────────────┴────────┴──────┘" ''
t person show
is 'no key' 2 '' "\
taskmgr: person show: KEY… is missing
hint: taskmgr --db t.db person show --help"
t person people ann-lee --columns id,name
is 'rows linked to the same table' 0 "\
┌────┬──────┐
│ id │ name │
├────┼──────┤
│  2 │ Bob  │
│  4 │ Di   │
└────┴──────┘" ''
t person people cy --columns id --json
is 'no linked rows' 0 '[]' ''
t person people nobody
is 'linked rows of a missing row' 3 '' \
	'taskmgr: person people: Person was not found (no person "nobody")'
t person people ann-lee --sort -name --limit 1 --columns name --jsonl
is 'linked rows are sorted and cut' 0 '{"name":"Di"}' ''
t person count
is 'count' 0 '4' ''
t person count --json
is 'count as JSON' 0 '{"count":4}' ''
t person count --csv --no-header
plain
is 'count as CSV' 0 '4' ''

# Writers.
C='-made,-changed,-visits'
t person list --columns "$C"
is 'table' 0 "\
┌────┬─────────┬─────────────────┬─────────┬─────────┐
│ id │ name    │ email           │ boss_id │ slug    │
├────┼─────────┼─────────────────┼─────────┼─────────┤
│  1 │ Ann Lee │ ann@example.org │    NULL │ ann-lee │
│  2 │ Bob     │ NULL            │       1 │ bob     │
│  3 │ Cy      │ NULL            │       2 │ cy      │
│  4 │ Di      │                 │       1 │ di      │
└────┴─────────┴─────────────────┴─────────┴─────────┘" ''
t person list --columns "$C" --json
is 'json' 0 '[{"id":1,"name":"Ann Lee","email":"ann@example.org","boss_id":null,"slug":"ann-lee"},
 {"id":2,"name":"Bob","email":null,"boss_id":1,"slug":"bob"},
 {"id":3,"name":"Cy","email":null,"boss_id":2,"slug":"cy"},
 {"id":4,"name":"Di","email":"","boss_id":1,"slug":"di"}]' ''
t person list --columns "$C" --jsonl
is 'jsonl' 0 '{"id":1,"name":"Ann Lee","email":"ann@example.org","boss_id":null,"slug":"ann-lee"}
{"id":2,"name":"Bob","email":null,"boss_id":1,"slug":"bob"}
{"id":3,"name":"Cy","email":null,"boss_id":2,"slug":"cy"}
{"id":4,"name":"Di","email":"","boss_id":1,"slug":"di"}' ''
t person list --columns "$C" --csv
plain
is 'csv: an empty text is not NULL' 0 'id,name,email,boss_id,slug
1,Ann Lee,ann@example.org,,ann-lee
2,Bob,,1,bob
3,Cy,,2,cy
4,Di,"",1,di' ''
t person list --columns "$C" --tsv
is 'tsv: an empty text is not NULL' 0 "\
id	name	email	boss_id	slug
1	Ann Lee	ann@example.org	\\N	ann-lee
2	Bob	\\N	1	bob
3	Cy	\\N	2	cy
4	Di		1	di" ''
t person list --columns "$C" --format line
is 'line' 0 "\
     id = 1
   name = Ann Lee
  email = ann@example.org
boss_id = NULL
   slug = ann-lee

     id = 2
   name = Bob
  email = NULL
boss_id = 1
   slug = bob

     id = 3
   name = Cy
  email = NULL
boss_id = 2
   slug = cy

     id = 4
   name = Di
  email = 
boss_id = 1
   slug = di" ''
t person list --columns "$C" --format markdown
is 'markdown' 0 "\
| id | name | email | boss_id | slug |
| ---: | --- | --- | ---: | --- |
| 1 | Ann Lee | ann@example.org | NULL | ann-lee |
| 2 | Bob | NULL | 1 | bob |
| 3 | Cy | NULL | 2 | cy |
| 4 | Di |  | 1 | di |" ''
t person list --columns id,name --format text
is 'text' 0 "\
1	Ann Lee
2	Bob
3	Cy
4	Di" ''
t person list --format xml
is 'no such format' 2 '' 'taskmgr: person list: no format "xml"
hint: formats: table, text, line, json, jsonl, csv, tsv, markdown, insert, chart'
t person list --columns name,ID --jsonl --limit 1
is 'columns in the order that was asked for, in either case' 0 '{"name":"Ann Lee","id":1}' \
	''
t person list --columns nam
is 'a column that is not there' 2 '' \
	'taskmgr: person list: no column "nam" (did you mean name?)
hint: columns: id, name, email, boss_id, made, changed, visits, slug'
t person list --columns name,-id
is 'columns to show and to leave out' 2 '' \
	'taskmgr: person list: name either the columns to show (a,b) or those to leave out (-a,-b), not both'
t person list --columns name,name
is 'a column twice' 2 '' 'taskmgr: person list: column name is named twice'
t person list --columns ''
is 'no columns' 2 '' \
	'taskmgr: person list: option --columns needs a value'

# Sorting and pages.
t person list --sort boss_id,-name --columns boss_id,name --csv
plain
is 'two keys, NULL last' 0 "\
boss_id,name
1,Di
1,Bob
2,Cy
,Ann Lee" ''
t person list --sort -boss_id,name --columns boss_id,name --csv
plain
is 'descending, NULL last' 0 "\
boss_id,name
2,Cy
1,Bob
1,Di
,Ann Lee" ''
t person list --sort nam
is 'sorted by what is not there' 2 '' \
	'taskmgr: person list: --sort: person has no column nam (did you mean name?)'
t person list --sort secret
is 'a hidden column is not there either' 2 '' \
	'taskmgr: person list: --sort: person has no column secret'
t person list --limit 2 --offset 1 --columns id --jsonl
is 'a page' 0 '{"id":2}
{"id":3}' ''
t person list --limit 0 --json
is 'nothing of it' 0 '[]' ''
t person list --offset 3 --columns id --jsonl
is 'the rest' 0 '{"id":4}' ''
t person list --offset 99 --columns id --json
is 'beyond the end' 0 '[]' ''
t person list --limit -1
is 'a negative limit' 2 '' \
	'taskmgr: person list: --limit must be a whole number of at least 0, not -1'
t person list --limit ten
is 'a limit that is not a number' 2 '' \
	'taskmgr: person list: --limit must be a whole number of at least 0, not ten'
t person list word
is 'a word too many' 2 '' \
	'taskmgr: person list: unexpected argument "word"
hint: taskmgr --db t.db person list --help'

# Changes.
t person update cy --email cy@example.org --name Cy --columns id,email,slug --jsonl
is 'an @immutable field may be given unchanged' 0 '{"id":3,"email":"cy@example.org","slug":"cy"}' \
	''
t person update cy --name Cyrus
is 'but not change' 4 '' 'taskmgr: person update: name cannot be changed'
t person update cy --slug cyrus
is 'nor may a slug' 4 '' 'taskmgr: person update: slug cannot be changed'
t person update cy --visits 8
is 'nor what is @readonly' 4 '' \
	'taskmgr: person update: visits cannot be changed'
t person update cy --unset boss_id --columns boss_id --jsonl
is 'unset' 0 '{"boss_id":null}' ''
t person update cy --unset name
is 'unset what may not be NULL' 4 '' \
	'taskmgr: person update: --name must not be null'
t person update cy --boss cy --columns boss_id --jsonl
is 'its own boss' 0 '{"boss_id":3}' ''
t person update nobody --email x
is 'update of a missing row' 3 '' \
	'taskmgr: person update: Person was not found (no person "nobody")'
t person update cy bob --email x
is 'update takes one key' 2 '' \
	'taskmgr: person update: unexpected argument "bob"
hint: taskmgr --db t.db person update --help'
t person update cy --data '[{"email":"x"},{"email":"y"}]'
is 'and one record' 4 '' \
	'taskmgr: person update: expected a JSON object (update takes one record, not a list)'

# Two references to one table, of which one cascades.
t note create --title First --author bob --editor ann-lee --stars 5
is 'two references to one table' 0 "\
┌────┬───────┬───────────┬───────────┬───────┐
│ id │ title │ author_id │ editor_id │ stars │
├────┼───────┼───────────┼───────────┼───────┤
│  1 │ First │         2 │         1 │     5 │
└────┴───────┴───────────┴───────────┴───────┘" ''
t note create --data '[{"title":"Second","author":"cy"},{"title":"Third","author_id":2,"editor_id":3,"stars":4}]' --json
is 'several records are a list' 0 '[{"id":2,"title":"Second","author_id":3,"editor_id":null,"stars":null},
 {"id":3,"title":"Third","author_id":2,"editor_id":3,"stars":4}]' ''
t note create --title Fourth --editor bob
is 'a reference that is required' 4 '' \
	'taskmgr: note create: --author-id is required'
t person notes:author_id bob --jsonl
is 'linked by the one' 0 '{"id":1,"title":"First","author_id":2,"editor_id":1,"stars":5}
{"id":3,"title":"Third","author_id":2,"editor_id":3,"stars":4}' ''
t person notes:editor_id cy --jsonl
is 'and by the other' 0 '{"id":3,"title":"Third","author_id":2,"editor_id":3,"stars":4}' \
	''
t person notes bob
is 'but not by the table alone' 2 '' "\
taskmgr: person has no command notes (did you mean notes:author_id or notes:editor_id?)
hint: taskmgr --db t.db help person lists them"
t change list --jsonl
is 'what a trigger wrote' 0 '{"id":1,"what":"new note First"}
{"id":2,"what":"new note Second"}
{"id":3,"what":"new note Third"}' ''
t person delete ann-lee
is 'what cannot go is not asked about' 4 '' \
	'taskmgr: person delete: person 1 "Ann Lee" is still referenced by 2 people (boss_id)'
t person delete bob
like 'deleting needs --yes without a terminal' 2 '' \
	'taskmgr: person delete: Delete person 2 “Bob”*? Without a terminal this needs --yes'
t person delete bob --yes
is 'deleting cascades' 0 '' 'Deleted person 2'
t note list --columns id,author_id,editor_id --jsonl
is 'to what the author wrote' 0 '{"id":2,"author_id":3,"editor_id":null}' ''
t person delete nobody cy --yes
is 'one of several is missing: nothing is deleted' 3 '' \
	'taskmgr: person delete: Person was not found (no person "nobody")'
t person count
is 'all are there' 0 '3' ''
t person delete cy 4 --yes
is 'two are deleted' 0 '' 'Deleted 2 people'
t person delete ann-lee --yes --quiet
is 'quietly' 0 '' ''

# Composite keys, text keys, WITHOUT ROWID.
t person create --name Bob --quiet
t note create --title One --author bob --quiet
t kind create --code a --label Alpha
is 'a text key' 0 "\
┌──────┬───────┐
│ code │ label │
├──────┼───────┤
│ a    │ Alpha │
└──────┴───────┘" ''
t kind create --data '[{"code":"12"},{"code":"b","label":"it'"'"'s"}]' --jsonl
is 'keys like numbers, and a default' 0 "\
{\"code\":\"12\",\"label\":\"none\"}
{\"code\":\"b\",\"label\":\"it's\"}" ''
t kind create --label x
is 'a text key is required' 4 '' 'taskmgr: kind create: --code is required'
t kind create --code a
is 'and unique' 4 '' 'taskmgr: kind create: code "a" is already taken'
t kind show 12 --jsonl
is 'digits are a text key, too' 0 '{"code":"12","label":"none"}' ''
t kind update b --label B --jsonl
is 'update by a text key' 0 '{"code":"b","label":"B"}' ''
t kind update b --data '{"code":"c"}'
is 'a key may not change' 4 '' 'taskmgr: kind update: code cannot be changed'
t mark create --note 1 --kind a --jsonl
is 'a composite key of two references' 0 '{"note_id":1,"kind":"a","weight":0.5}' \
	''
t mark create --note-id 1 --kind 12 --weight 1000 --jsonl
is 'a real is a real' 0 '{"note_id":1,"kind":"12","weight":1000.0}' ''
t mark create --note-id 1 --kind 12
is 'a composite key is unique' 4 '' \
	'taskmgr: mark create: note_id 1 with kind "12" is already taken'
t mark create --note-id 1 --kind z
is 'a text reference to a missing row' 3 '' \
	'taskmgr: mark create: Kind was not found (no kind "z")'
t mark show 1,12 --json
is 'show by a composite key' 0 '{"note_id":1,"kind":"12","weight":1000.0}' ''
t mark show 1,a 1,12 --jsonl
is 'and by two' 0 '{"note_id":1,"kind":"a","weight":0.5}
{"note_id":1,"kind":"12","weight":1000.0}' ''
t mark show 1
is 'half a key' 2 '' \
	'taskmgr: mark show: KEY…: the key of mark has 2 parts, joined by commas'
t mark show 1,z
is 'a composite key that is not there' 3 '' \
	'taskmgr: mark show: Mark was not found (no mark "1,z")'
t mark update 1,a --weight 2.25 --jsonl
is 'update by a composite key' 0 '{"note_id":1,"kind":"a","weight":2.25}' ''
t kind marks a --jsonl
is 'linked by a part of a composite key' 0 '{"note_id":1,"kind":"a","weight":2.25}' \
	''
t kind delete a --yes
is 'a row that others name stays' 4 '' \
	'taskmgr: kind delete: kind "a" is still referenced by 1 mark (kind)'
t mark delete 1,12 --yes
is 'delete by a composite key' 0 '' 'Deleted mark 1,"12"'

# No primary key.
t log create --line one --level 3
is 'the rowid is shown where there is no key' 0 "\
┌───────┬──────┬───────┐
│ rowid │ line │ level │
├───────┼──────┼───────┤
│     1 │ one  │     3 │
└───────┴──────┴───────┘" ''
t log create --jsonl
is 'a row of nothing' 0 '{"rowid":2,"line":null,"level":null}' ''
t log show 1 --jsonl
is 'show by rowid' 0 '{"rowid":1,"line":"one","level":3}' ''
t log update 1 --line uno --jsonl
is 'update by rowid' 0 '{"rowid":1,"line":"uno","level":3}' ''
t log delete 2 --yes
is 'delete by rowid' 0 '' 'Deleted log 2'
t log create --data '{"rowid":9,"line":"nine"}' --jsonl
is 'a rowid is taken back' 0 '{"rowid":9,"line":"nine","level":null}' ''

# Types.
t type create --flag --day 2026-02-28 --moment 2026-02-28T03:04:05Z --hour 03:04 --doc '{"a": [1, 2]}' --bytes AAEC/w== --ratio 0.1 --price 12.50 --plain x
is 'a value of each type' 0 '┌────┬──────┬────────────┬─────────────────────┬───────┬───────────────┬──────────┬───────┬───────┬───────┬───────┬────────┐
│ id │ flag │ day        │ moment              │ hour  │ doc           │ bytes    │ ratio │ price │ plain │ twice │ thrice │
├────┼──────┼────────────┼─────────────────────┼───────┼───────────────┼──────────┼───────┼───────┼───────┼───────┼────────┤
│  1 │ true │ 2026-02-28 │ 2026-02-28 03:04:05 │ 03:04 │ {"a": [1, 2]} │ AAEC/w== │   0.1 │  12.5 │ x     │     2 │      3 │
└────┴──────┴────────────┴─────────────────────┴───────┴───────────────┴──────────┴───────┴───────┴───────┴───────┴────────┘' ''
t type create --no-flag --ratio 1 --price 9007199254740993 --plain 4.5 --json
is 'numbers' 0 '{"id":2,"flag":false,"day":null,"moment":null,"hour":null,"doc":null,"bytes":null,"ratio":1.0,"price":9007199254740993,"plain":"4.5","twice":4,"thrice":6}' \
	''
t type create --data '{"flag":1,"doc":{"b":[null,true]},"bytes":"","ratio":2,"price":1e3,"plain":4.5}' --json
is 'the same in JSON' 0 '{"id":3,"flag":true,"day":null,"moment":null,"hour":null,"doc":{"b":[null,true]},"bytes":"","ratio":2.0,"price":1000,"plain":4.5,"twice":6,"thrice":9}' \
	''
t type list --jsonl
is 'types as JSON' 0 '{"id":1,"flag":true,"day":"2026-02-28","moment":"2026-02-28 03:04:05","hour":"03:04","doc":{"a": [1, 2]},"bytes":"AAEC/w==","ratio":0.1,"price":12.5,"plain":"x","twice":2,"thrice":3}
{"id":2,"flag":false,"day":null,"moment":null,"hour":null,"doc":null,"bytes":null,"ratio":1.0,"price":9007199254740993,"plain":"4.5","twice":4,"thrice":6}
{"id":3,"flag":true,"day":null,"moment":null,"hour":null,"doc":{"b":[null,true]},"bytes":"","ratio":2.0,"price":1000,"plain":4.5,"twice":6,"thrice":9}' ''
t type list --csv
plain
is 'types as CSV' 0 'id,flag,day,moment,hour,doc,bytes,ratio,price,plain,twice,thrice
1,true,2026-02-28,2026-02-28 03:04:05,03:04,"{""a"": [1, 2]}",AAEC/w==,0.1,12.5,x,2,3
2,false,,,,,,1.0,9007199254740993,4.5,4,6
3,true,,,,"{""b"":[null,true]}","",2.0,1000,4.5,6,9' ''
sqlite3 t.db "SELECT typeof(flag), typeof(day), typeof(doc), typeof(bytes), typeof(ratio), typeof(price), typeof(plain) FROM types" >"$WORK/out"
is 'as they are kept' 0 "\
integer|text|text|blob|real|real|text
integer|null|null|null|real|integer|text
integer|null|text|blob|real|integer|real" ''
t type create --day 2026-02-29 --moment x --hour 25:00 --doc '{' --bytes AAE --ratio x --price y --flag=maybe
is 'all problems at once' 4 '' \
	'taskmgr: type create: --day must be a date (YYYY-MM-DD): day value is outside expected range (got "2026-02-29")
taskmgr: type create: --moment must be a date and time: invalid character in year (got "x")
taskmgr: type create: --hour must be a time: hour value is outside expected range of 0-23 (got "25:00")
taskmgr: type create: --doc must be valid JSON, not "{"
taskmgr: type create: --bytes must be base64, not "AAE"
taskmgr: type create: --ratio must be a number, not "x"
taskmgr: type create: --price must be a number, not "y"
taskmgr: type create: --flag must be true or false, not "maybe"'
t type update 1 --no-flag --unset ratio --columns flag,ratio --jsonl
is 'a switch turned off, a number unset' 0 '{"flag":false,"ratio":null}' ''
t type update 1 --flag=yes --columns flag --jsonl
is 'a switch with a value' 0 '{"flag":true}' ''
t type update 1 --twice 2 --columns twice --jsonl
is 'a computed field that agrees' 0 '{"twice":2}' ''
t type update 1 --twice 3
is 'and one that does not' 4 '' 'taskmgr: type update: twice is computed from other columns'
t type create --data '{"id":50,"twice":100,"thrice":150}' --columns id,twice,thrice --jsonl
is 'computed fields are taken back' 0 '{"id":50,"twice":100,"thrice":150}' ''

# Names.
t odd_name create --set select=s --set 'two words=w' --set 'quo"te=q' --set größe=3 --set limit=4 --set data=d --set sort=o --set set=e --set json=j --set db=b
is 'any column by --set' 0 '┌────┬────────┬───────────┬────────┬───────┬───────┬──────┬──────┬─────┬──────┬────┐
│ id │ select │ two words │ quo"te │ größe │ limit │ data │ sort │ set │ json │ db │
├────┼────────┼───────────┼────────┼───────┼───────┼──────┼──────┼─────┼──────┼────┤
│  1 │ s      │ w         │ q      │     3 │     4 │ d    │ o    │ e   │ j    │ b  │
└────┴────────┴───────────┴────────┴───────┴───────┴──────┴──────┴─────┴──────┴────┘' ''
t odd_name create --select s --größe 5 --limit 6 --columns select,größe,limit --jsonl
is 'columns named like words of SQL and like options' 0 '{"select":"s","größe":5,"limit":6}' \
	''
t odd_name create --json --select t --columns select
is 'options of the program win over columns' 0 '{"select":"t"}' ''
run odd_name create --select u --db t.db --columns select --jsonl
is 'and mean what they always mean' 0 '{"select":"u"}' ''
t odd_name list --json --limit 1
is 'odd names in JSON' 0 '[{"id":1,"select":"s","two words":"w","quo\"te":"q","größe":3,"limit":4,"data":"d","sort":"o","set":"e","json":"j","db":"b"}]' \
	''
t odd_name list --sort 'two words,-größe' --columns 'two words,größe' --csv
plain
is 'odd names are sorted by' 0 "\
two words,größe
w,3
,5
,
," ''
t odd_name show 1 --columns '-two words,-quo"te' --jsonl
is 'and left out' 0 '{"id":1,"select":"s","größe":3,"limit":4,"data":"d","sort":"o","set":"e","json":"j","db":"b"}' \
	''
t odd_name create --set nothing=1
is '--set of what is not there' 2 '' \
	'taskmgr: odd_name create: --set: unknown field nothing
hint: taskmgr --db t.db odd_name create --help lists them'
t odd_name create --set limit
is '--set without a value' 2 '' \
	'taskmgr: odd_name create: --set takes FIELD=VALUE, not limit'
t odd_name create --set limit=1 --limit 2
is 'a field twice' 2 '' \
	'taskmgr: odd_name create: option --limit is given twice'
t table:db create --name x --jsonl
is 'a table named like a noun of the program' 0 '{"id":1,"name":"x"}' ''
t table:db list --jsonl
is 'and its rows' 0 '{"id":1,"name":"x"}' ''
t box create --what x --jsonl
is 'two tables of one singular: the one' 0 '{"id":1,"what":"x"}' ''
t boxes create --what y --jsonl
is 'and the other' 0 '{"id":1,"what":"y"}' ''
t category create --name Cats --jsonl
is 'the singular of -ies' 0 '{"id":1,"name":"Cats"}' ''
t categories list --jsonl
is "the table's name will do" 0 '{"id":1,"name":"Cats"}' ''

# Triggers, views, virtual tables.
t boxes create --what no
is 'a trigger that refuses' 4 '' \
	'taskmgr: boxes create: the box is full'
t boxes create --what ignored
is 'a trigger that ignores' 4 '' \
	'taskmgr: boxes create: a trigger or conflict clause kept boxes from being written'
t boxes count
is 'wrote nothing' 0 '1' ''
sqlite3 kept.db 'CREATE TABLE locks (id INTEGER PRIMARY KEY, parent_id REFERENCES locks ON DELETE CASCADE)' \
	'CREATE TRIGGER keep BEFORE DELETE ON locks WHEN old.id = 1 BEGIN
		SELECT RAISE(IGNORE); END' \
	'CREATE TABLE bins (id INTEGER PRIMARY KEY, deleted INTEGER)' \
	'CREATE TRIGGER soft BEFORE DELETE ON bins BEGIN
		UPDATE bins SET deleted = 1 WHERE id = old.id;
		SELECT RAISE(IGNORE); END' \
	'INSERT INTO locks VALUES (1, NULL), (2, NULL), (3, 2)' \
	'INSERT INTO bins VALUES (1, NULL)'
run --db kept.db lock delete 2 1 --yes
is 'a trigger that ignores a deletion' 4 '' \
	'taskmgr: lock delete: a trigger kept lock 1 from being deleted'
same 'deletes nothing' "$(sqlite3 kept.db 'SELECT count(*) FROM locks')" 3
run --db kept.db lock delete 2 3 --yes
is 'a row that a cascade has deleted' 0 '' 'Deleted 2 locks'
run --db kept.db bin delete 1 --yes
same 'a trigger that marks the row instead' \
	"$STATUS $(sqlite3 kept.db 'SELECT * FROM bins')" '0 1|1'
t note create --title Best --author bob --stars 5 --quiet
t note create --title Good --author bob --stars 4 --quiet
t top_note list
is 'a view' 0 "\
┌───────┬───────┐
│ title │ stars │
├───────┼───────┤
│ Best  │     5 │
│ Good  │     4 │
└───────┴───────┘" ''
t top_note list --sort stars --limit 1 --jsonl
is 'a view sorted' 0 '{"title":"Good","stars":4}' ''
t top_note count
is 'a view counted' 0 '2' ''
for verb in show create; do
	t top_note "$verb" x
	is "a view has no $verb" 2 '' "\
taskmgr: top_note has no command $verb
hint: a view has only list and count; taskmgr --db t.db top_note list --help shows how to select rows"
done
t top_note lst
is 'nor a guess' 2 '' "\
taskmgr: top_note has no command lst (did you mean list?)
hint: taskmgr --db t.db help top_note lists them"
t page create --title Hi --body 'some words'
is 'a full-text table' 0 "\
┌───────┬───────┬────────────┐
│ rowid │ title │ body       │
├───────┼───────┼────────────┤
│     1 │ Hi    │ some words │
└───────┴───────┴────────────┘" ''
t page create --data '[{"title":"a"},{"rowid":7,"title":"b"}]' --jsonl
is 'several into it' 0 '{"rowid":2,"title":"a","body":null}
{"rowid":7,"title":"b","body":null}' ''
t page update 1 --body 'other words' --jsonl
is 'changed' 0 '{"rowid":1,"title":"Hi","body":"other words"}' ''
t page show 1 --jsonl
is 'shown' 0 '{"rowid":1,"title":"Hi","body":"other words"}' ''
t page delete 2 --yes
is 'deleted from' 0 '' 'Deleted page 2'
t page_data list
is 'its shadow tables are no resources' 2 '' "\
taskmgr: unknown command page_data
hint: taskmgr --db t.db help lists all commands"

# What list prints create takes back.
export_db empty.db
t person create --name Zoë --boss bob --email z@x --quiet
t log create --line '"quoted", and
a line' --level -9223372036854775808 --quiet
for noun in person note kind mark log type odd_name table:db box category page; do
	for format in json jsonl; do
		# For the second format one table is enough.
		[ $format = json ] || [ $noun = note ] || continue
		cp empty.db copy.db
		sqlite3 copy.db 'PRAGMA synchronous = OFF' \
			"ATTACH 't.db' AS t" \
			'INSERT INTO people SELECT * FROM t.people' \
			'INSERT INTO kinds SELECT * FROM t.kinds' \
			'DROP TRIGGER notes_changed' \
			'INSERT INTO notes SELECT * FROM t.notes'
		case $noun in
		person) sqlite3 copy.db 'DELETE FROM notes; DELETE FROM people' ;;
		note) sqlite3 copy.db 'DELETE FROM notes' ;;
		kind) sqlite3 copy.db 'DELETE FROM kinds' ;;
		esac
		t "$noun" list --format "$format"
		cp "$WORK/out" list.txt
		run --db copy.db "$noun" create --data @list.txt --quiet \
			--output /dev/null
		is "$noun is taken back from $format" 0 '' ''
		run --db copy.db "$noun" list --format "$format"
		is "$noun is the same in $format" 0 "$(cat list.txt)" ''
	done
done
t person update bob --boss Zoë --quiet
t person list --json
cp "$WORK/out" list.txt
cp empty.db copy.db
run --db copy.db person create --data @list.txt --output /dev/null
is 'a circle of references is taken back' 0 '' ''
run --db copy.db person list --json
is 'and is the same' 0 "$(cat list.txt)" ''

# A word may be the key of two rows, by two columns.
fresh
sqlite3 two.db 'CREATE TABLE doors (id INTEGER PRIMARY KEY, name TEXT UNIQUE,
	sign TEXT UNIQUE)' "INSERT INTO doors VALUES (1, 'in', 'out'),
	(2, 'out', 'in'), (3, 'up', 'up')"
run --db two.db door show in
is 'two rows that match one key' 4 '' 'taskmgr: door show: "in" matches two doors'
run --db two.db door show up --columns id --jsonl
is 'one row that matches twice' 0 '{"id":3}' ''

# A full-text index that triggers feed.
fresh
sqlite3 x.db <<'E'
CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE docs_fts USING fts5 (body, content = 'docs',
	content_rowid = 'id');
CREATE TRIGGER docs_ai AFTER INSERT ON docs BEGIN
	INSERT INTO docs_fts (rowid, body) VALUES (NEW.id, NEW.body);
END;
CREATE TRIGGER docs_au AFTER UPDATE ON docs BEGIN
	INSERT INTO docs_fts (docs_fts, rowid, body)
	VALUES ('delete', OLD.id, OLD.body);
	INSERT INTO docs_fts (rowid, body) VALUES (NEW.id, NEW.body);
END;
CREATE TRIGGER docs_ad AFTER DELETE ON docs BEGIN
	INSERT INTO docs_fts (docs_fts, rowid, body)
	VALUES ('delete', OLD.id, OLD.body);
END;
E
found() {
	sqlite3 x.db "SELECT rowid FROM docs_fts WHERE docs_fts MATCH '$1'" |
		xargs
}
printf '[{"body":"one cat"},{"body":"two cats"}]' >docs.json
run --db x.db doc create --data @docs.json --jsonl
is 'rows that a trigger writes into a full-text index' 0 \
	'{"id":1,"body":"one cat"}
{"id":2,"body":"two cats"}' ''
same 'are found' "$(found cat) $(found cats)" '1 2'
run --db x.db doc update 1 --body 'one dog' --jsonl
is 'and changed' 0 '{"id":1,"body":"one dog"}' ''
run --db x.db doc delete 2 --yes
same 'and deleted' "$(found 'cat OR cats')$(found dog)" 1
finish

# A listener for tests, and requests to it.  Source it after tests/lib.sh.

server=
PORT=0
stop() {
	[ -z "$server" ] || kill "$server" 2>/dev/null
	server=
}
trap 'stop; cd /; rm -rf "$WORK"' EXIT
trap 'exit 1' HUP INT TERM

# matches NAME TEXT PATTERN: a pattern of the shell.
matches() {
	# shellcheck disable=SC2254 # a pattern is what it is
	case $2 in
	$3) ok "$1" ;;
	*) same "$1" "$2" "$3" ;;
	esac
}

# start OPTIONS: a server, its address in $url; FILES is how many it may open,
# INHERIT the address of a socket that it inherits, PORT its option.
start() {
	: >log
	: >access
	# Not by way of clean, whose shell would be what is killed.
	env -i PATH="$PATH" HOME="$WORK/home" TZ=UTC LC_ALL=C.UTF-8 \
		SOURCE_DATE_EPOCH=1795345622 \
		ASAN_OPTIONS="${ASAN_OPTIONS-}" TSAN_OPTIONS="${TSAN_OPTIONS-}" \
		${FILES:+prlimit "--nofile=$FILES:$FILES"} \
		${INHERIT:+python3 "$TOP/tests/activate.py" "$INHERIT"} \
		"$TASKMGR" --serve ${PORT:+"--port=$PORT"} "$@" 2>log >access &
	server=$!
	url=
	tries=0
	while [ -z "$url" ] && [ $tries -lt 100 ]; do
		sleep 0.05
		url=$(sed -n 's/.* at \([a-z]*:[^ ]*\) (.*/\1/p' log)
		tries=$((tries + 1))
	done
	[ -n "$url" ] || {
		echo "Bail out! no server: $(cat log)"
		exit 1
	}
	socket=
	case $url in unix:*) socket=${url#unix:} url=http://localhost ;; esac
}

# ask METHOD PATH [CURL OPTIONS]: $status, $body, and the file headers.
ask() {
	method=$1
	path=$2
	shift 2
	: >body
	status=$(curl -s -g --max-time 10 -o body -D headers \
		-w '%{http_code}' ${socket:+--unix-socket "$socket"} \
		-X "$method" "$@" "$url$path")
	body=$(cat body)
}

# exchange LABEL METHOD PATH BODY STATUS ANSWER: BODY - for none.
exchange() {
	if [ "$4" = - ]; then
		ask "$2" "$3"
	else
		ask "$2" "$3" -H 'Content-Type: application/json' -d "$4"
	fi
	same "$1" "$status $body" "$5 $6"
}

# header NAME: its value in the last answer.
header() {
	tr -d '\r' <headers | sed -n "s/^$1: //p"
}

# post PATH BODY [CURL OPTIONS]: a JSON body.
post() {
	path=$1
	json=$2
	shift 2
	ask POST "$path" -H 'Content-Type: application/json' -d "$json" "$@"
}

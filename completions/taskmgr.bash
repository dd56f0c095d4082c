# bash completion for taskmgr: all it knows it asks of the program.

# The word $1 without its quoting into plain, and the quote it leaves open into
# quote.  Nothing is evaluated.
_taskmgr_unquote() {
	local text=$1 c
	plain='' quote=''
	while [[ $text ]]; do
		c=${text:0:1} text=${text:1}
		if [[ $c == "$quote" ]]; then
			quote=''
		elif [[ ! $quote && $c == [\'\"] ]]; then
			quote=$c
		elif [[ $c == \\ && ! $quote ]] ||
			[[ $c == \\ && $quote == \" &&
				${text:0:1} == [\"\\\$\`] ]]; then
			plain+=${text:0:1} text=${text:1}
		else
			plain+=$c
		fi
	done
}

# The candidate $1 as it continues a word within an open quote, or none.
_taskmgr_quote() {
	local c
	case $quote in
	\') COMPREPLY+=("${1//\'/\'\\\'\'}") ;;
	\")
		for c in \\ \" \$ \`; do
			set -- "${1//"$c"/\\$c}"
		done
		COMPREPLY+=("$1")
		;;
	*)
		c=$(printf %q "$1")
		COMPREPLY+=("${c//\\,/,}")
		;;
	esac
}

_taskmgr() {
	local word candidate cur lead plain quote words=()
	local rest=${COMP_LINE:0:COMP_POINT} before

	case ${COMP_WORDS[COMP_CWORD - 1]} in
	'<' | *'>' | '>|') # the name of a file, as bash completes it
		COMPREPLY=()
		compopt -o default
		return
		;;
	esac
	# bash splits at =, : and @, too; words are what blanks separate.
	for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
		before=$rest
		[[ ! $word ]] || before=${rest%%"$word"*}
		rest=${rest#"$before$word"}
		if [[ ${#words[@]} == 0 || $before == *[[:space:]]* ]]; then
			words+=("$word")
		else
			words[-1]+=$word
		fi
	done
	words=("${words[@]:1}")
	cur=${words[-1]-}
	for word in "${!words[@]}"; do
		_taskmgr_unquote "${words[word]}"
		words[word]=$plain
	done
	# Within quotes bash does not split.
	lead=${cur%"${cur##*[=:@]}"}
	if [[ $lead == *[\"\']* ]]; then
		lead=${lead%%[\"\']*}
		lead=${lead%"${lead##*[=:@]}"}
	fi
	# readline takes @ as a word's beginning.
	lead=${lead%@}
	_taskmgr_unquote "$cur"
	word=$quote
	_taskmgr_unquote "$lead"
	lead=$plain quote=$word
	COMPREPLY=()
	while IFS=$'\t' read -r candidate _; do
		_taskmgr_quote "${candidate#"$lead"}"
	done < <("${COMP_WORDS[0]}" __complete "${words[@]}" 2>/dev/null)
	if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *[=/.] ]]; then
		compopt -o nospace
	fi
}
# bash before 4.4 sorts what the program has put in order.
complete -o nosort -F _taskmgr taskmgr 2>/dev/null ||
	complete -F _taskmgr taskmgr

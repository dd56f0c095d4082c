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
	# bash splits at = and :, which belong to their words.
	for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
		if [[ ${#words[@]} -gt 0 && ($word == [=:] ||
			${words[-1]} == *[=:]) ]]; then
			words[-1]+=$word
		else
			words+=("$word")
		fi
	done
	cur=${words[-1]-}
	for word in "${!words[@]}"; do
		_taskmgr_unquote "${words[word]}"
		words[word]=$plain
	done
	# Within quotes bash does not split.
	lead=${cur%"${cur##*[=:]}"}
	if [[ $lead == *[\"\']* ]]; then
		lead=${lead%%[\"\']*}
		lead=${lead%"${lead##*[=:]}"}
	fi
	_taskmgr_unquote "$cur"
	word=$quote
	_taskmgr_unquote "$lead"
	lead=$plain quote=$word
	COMPREPLY=()
	while IFS=$'\t' read -r candidate _; do
		_taskmgr_quote "${candidate#"$lead"}"
	done < <("${COMP_WORDS[0]}" __complete "${words[@]}" 2>/dev/null)
	if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *[=/] ]]; then
		compopt -o nospace
	fi
}
complete -F _taskmgr taskmgr

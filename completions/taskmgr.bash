# bash completion for taskmgr: all it knows it asks of the program.
_taskmgr() {
	local word candidate cur lead words=()
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
	lead=${cur%"${cur##*[=:]}"}
	COMPREPLY=()
	while IFS=$'\t' read -r candidate _; do
		COMPREPLY+=("$(printf %q "${candidate#"$lead"}")")
	done < <("${COMP_WORDS[0]}" __complete "${words[@]}" 2>/dev/null)
	if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *[=/] ]]; then
		compopt -o nospace
	fi
}
complete -F _taskmgr taskmgr

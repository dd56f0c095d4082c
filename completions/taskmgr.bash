# bash completion for taskmgr: all it knows it asks of the program.
_taskmgr() {
	local cur prev words cword line IFS=$'\n'
	COMPREPLY=()
	if declare -F _comp_initialize >/dev/null; then
		_comp_initialize -n =: -- "$@" || return
	elif declare -F _get_comp_words_by_ref >/dev/null; then
		_get_comp_words_by_ref -n =: cur prev words cword
	else
		cur=${COMP_WORDS[COMP_CWORD]} words=("${COMP_WORDS[@]}")
		cword=$COMP_CWORD
	fi
	while IFS=$'\t' read -r line _; do
		COMPREPLY+=("$(printf %q "$line")")
	done < <("${words[0]}" __complete "${words[@]:1:cword}" 2>/dev/null)
	[[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] &&
		compopt -o nospace 2>/dev/null
	if declare -F __ltrim_colon_completions >/dev/null; then
		__ltrim_colon_completions "$cur"
	fi
}
complete -F _taskmgr taskmgr

# shellcheck shell=sh
# The tour of the README, for those who play it (tests/demo.sh) and those who
# check it (tests/sh/readme.sh).  Source it.

# tour README WANT STEP [SECTION]: calls STEP with each command of the tour, or
# of another section, in order, when the file WANT holds what the README shows
# below it.
tour() {
	: >"$2"
	tour_command='' tour_heredoc=''
	# The blocks of the section, without their indentation.
	awk -v title="## ${4-The tour}" '/^## / { on = $0 == title }
		on && /^    / { print substr($0, 5) }' "$1" >"$2.tour"
	while IFS= read -r tour_line <&4; do
		if [ -n "$tour_heredoc" ]; then
			tour_command="$tour_command
$tour_line"
			[ "$tour_line" != "$tour_heredoc" ] || tour_heredoc=
			continue
		fi
		case $tour_line in
		'$ '*)
			[ -z "$tour_command" ] || "$3" "$tour_command"
			tour_command=${tour_line#??}
			: >"$2"
			case $tour_command in
			*"<<'SQL'"*) tour_heredoc=SQL ;;
			esac
			;;
		*) printf '%s\n' "$tour_line" >>"$2" ;;
		esac
	done 4<"$2.tour"
	"$3" "$tour_command"
}

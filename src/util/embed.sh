#!/bin/sh
# embed.sh DIR NAME PATTERN…: assembly that holds the files below DIR whose
# names match as read-only data, and the table NAME_files that util/embedded.h
# describes, sorted by name.
set -eu
dir=$1 name=$2
shift 2
cd "$dir"
files=$(for pattern; do find . -type f -name "$pattern"; done |
	sed 's,^\./,,' | LC_ALL=C sort -u)
n=0
echo '	.section .rodata'
for file in $files; do
	n=$((n + 1))
	printf '.Lname%d: .asciz "%s"\n' "$n" "$file"
	printf '.Ldata%d: .incbin "%s/%s"\n' "$n" "$dir" "$file"
	printf '.Lend%d: .byte 0\n' "$n"
done
echo '	.section .data.rel.ro,"aw"'
echo '	.balign 8'
echo "	.globl ${name}_files, ${name}_nfiles"
echo "${name}_files:"
i=0
while [ "$i" -lt "$n" ]; do
	i=$((i + 1))
	printf '\t.quad .Lname%d, .Ldata%d, .Lend%d - .Ldata%d\n' $i $i $i $i
done
echo "	.size ${name}_files, . - ${name}_files"
printf '%s_nfiles: .quad %d\n' "$name" "$n"
echo "	.size ${name}_nfiles, 8"
echo "	.type ${name}_files, @object"
echo "	.type ${name}_nfiles, @object"
echo '	.section .note.GNU-stack,"",@progbits'

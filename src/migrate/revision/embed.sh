#!/bin/sh
# embed.sh DIR: assembly that holds DIR's migrations as read-only data, and the
# table that migrate/revision/builtin.h declares.  The order is that of the names.
set -eu
dir=$1
cd "$dir"
files=$(LC_ALL=C find . -type f \( -name '*.sql' -o -name '*.sql.in' \) |
	sed 's,^\./,,' | LC_ALL=C sort)
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
echo '	.globl builtin_files, builtin_nfiles'
echo 'builtin_files:'
i=0
while [ "$i" -lt "$n" ]; do
	i=$((i + 1))
	printf '\t.quad .Lname%d, .Ldata%d, .Lend%d - .Ldata%d\n' $i $i $i $i
done
echo '	.size builtin_files, . - builtin_files'
printf 'builtin_nfiles: .quad %d\n' "$n"
echo '	.size builtin_nfiles, 8'
echo '	.type builtin_files, @object'
echo '	.type builtin_nfiles, @object'
echo '	.section .note.GNU-stack,"",@progbits'

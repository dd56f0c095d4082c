# fish completion for taskmgr: all it knows it asks of the program.

function __taskmgr_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    # The word that is typed may have an open quote.
    set -l plain (string unescape -- $word)
    or set plain (string unescape -- $word\')
    or set plain (string unescape -- $word\")
    or set plain $word
    $words[1] __complete $words[2..-1] "$plain" 2>/dev/null
end

complete -c taskmgr -f -k -a '(__taskmgr_complete)'

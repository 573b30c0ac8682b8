# A-04: a reply alias ends with the first message through it
alias = :erlang.alias([:reply])
send(alias, :first)
send(alias, :second)
out(mail(), :erlang.unalias(alias))
unused = :erlang.alias([:reply])
out(:erlang.unalias(unused))

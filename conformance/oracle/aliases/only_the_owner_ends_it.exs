# A-03: only its owner ends an alias, once
alias = :erlang.alias()
boss = self()
spawn(fn -> send(boss, {:told, :erlang.unalias(alias)}) end)
out(next())
send(alias, :still_there)
out(next())
out(:erlang.unalias(alias), :erlang.unalias(alias), :erlang.unalias(make_ref()))

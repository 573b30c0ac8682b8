# A-02: whether an alias is active is judged on reception: once it is ended nothing comes any more
# legal: [] []
# legal: [hello] []
alias = :erlang.alias()

sender =
  spawn(fn ->
    shake()
    send(alias, :hello)
  end)

shake()
:erlang.unalias(alias)
at_once = receive do: (message -> [message]), after: (0 -> [])
gone(sender)
out(at_once, mail())

# A-02: what is in the mailbox stays when its alias ends
alias = :erlang.alias()
boss = self()

spawn(fn ->
  send(alias, :through_it)
  send(boss, :done)
end)

receive do: (:done -> :ok)
:erlang.unalias(alias)
out(mail())

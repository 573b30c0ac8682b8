# X-07: normal does nothing to others, is a message for who traps, and ends who sends it to itself
other = idle()
Process.exit(other, :normal)
out(mail(), Process.alive?(other))
trapper = trapper()
Process.exit(trapper, :normal)
out(next())

{_, ref} =
  spawn_monitor(fn ->
    Process.exit(self(), :normal)
    exit(:survived)
  end)

out(down(ref))

{_, ref} =
  spawn_monitor(fn ->
    me = self()
    Process.flag(:trap_exit, true)
    Process.exit(me, :normal)
    receive do: ({:EXIT, ^me, reason} -> exit({:told, reason}))
  end)

out(down(ref))

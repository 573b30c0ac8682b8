# X-08 X-09 X-10: on its way along links killed is trapped like any reason, and goes no further
boss = self()

middle =
  spawn(fn ->
    Process.flag(:trap_exit, true)
    victim = spawn_link(fn -> Process.sleep(:infinity) end)
    other = spawn_link(fn -> Process.sleep(:infinity) end)
    send(boss, {:pids, victim, other})
    receive do: ({:EXIT, ^victim, reason} -> send(boss, {:told, reason}))
    Process.sleep(:infinity)
  end)

receive do
  {:pids, victim, other} ->
    Process.exit(victim, :kill)
    out(next())
    out(Process.alive?(middle), Process.alive?(other))
end

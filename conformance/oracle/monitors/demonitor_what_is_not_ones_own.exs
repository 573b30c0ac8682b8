# M-08: demonitor of what is no monitor, or another's, does nothing
boss = self()
pid = idle()

spawn(fn ->
  send(boss, {:ref, Process.monitor(pid)})
  receive do: ({:DOWN, _, _, _, reason} -> send(boss, {:told, reason}))
end)

ref = receive do: ({:ref, ref} -> ref)
out(Process.demonitor(make_ref(), [:info]), Process.demonitor(ref, [:info]))
Process.exit(pid, :gone)
out(next())

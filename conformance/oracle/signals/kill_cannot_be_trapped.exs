# X-08: kill ends also who traps, and others see killed
Process.flag(:trap_exit, true)

victim =
  spawn_link(fn ->
    Process.flag(:trap_exit, true)
    Process.sleep(:infinity)
  end)

ref = Process.monitor(victim)
shake()
Process.exit(victim, :kill)
out(down(ref))
out(next())

{_, ref} = spawn_monitor(fn ->
  Process.flag(:trap_exit, true)
  Process.exit(self(), :kill)
  exit(:survived)
end)

out(down(ref))

# M-11 PI-05: the monitors of a process end silently with it
boss = self()
watched = idle()

watcher =
  spawn(fn ->
    Process.monitor(watched)
    send(boss, :watching)
    Process.sleep(:infinity)
  end)

out(next())
out(Process.info(watched, :monitored_by), Process.info(watcher, :monitors))
Process.exit(watcher, :kill)
out(Process.alive?(watcher), Process.alive?(watched))
out(eventually(fn -> Process.info(watched, :monitored_by) == {:monitored_by, []} end))

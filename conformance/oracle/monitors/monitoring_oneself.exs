# M-05: monitoring oneself gives a reference and nothing else
boss = self()

pid =
  spawn(fn ->
    ref = Process.monitor(self())
    send(boss, {:told, Process.demonitor(ref, [:info])})
  end)

out(next())
gone(pid)
out(mail())

# F-01: normal and low ones run beside a busy process of their own priority
def spin(n), do: spin(n + 1)
boss = self()
busy = for _ <- 1..4, do: spawn(fn -> spin(0) end)
spawn(fn -> send(boss, :normal) end)
out(next())
for pid <- busy, do: Process.exit(pid, :kill)

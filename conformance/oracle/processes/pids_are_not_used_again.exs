# P-09: a pid is not given again, and stays dead
old = dead()
young = for _ <- 1..1000, do: spawn(fn -> :ok end)
out(old in young, Process.alive?(old), length(Enum.uniq(young)))
send(old, :hello)
out(mail())

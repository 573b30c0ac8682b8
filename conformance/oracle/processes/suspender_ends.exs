# P-14: what one has suspended runs again when one ends; others' suspensions stay
boss = self()
echo = spawn(fn -> receive do: (message -> send(boss, {:echo, message})) end)

suspender =
  spawn(fn ->
    for _ <- 1..3, do: :erlang.suspend_process(echo)
    send(boss, :suspended)
    Process.sleep(:infinity)
  end)

out(next())
:erlang.suspend_process(echo)
send(echo, :hello)
Process.exit(suspender, :kill)
gone(suspender)
out(mail())
:erlang.resume_process(echo)
out(next())

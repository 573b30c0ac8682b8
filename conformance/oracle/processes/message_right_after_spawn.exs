# P-04: a message sent right after spawn arrives, and spawn waits for nothing
boss = self()

child =
  spawn(fn ->
    shake()
    receive do: (message -> send(boss, {:got, message}))
  end)

send(child, :hello)
out(next())

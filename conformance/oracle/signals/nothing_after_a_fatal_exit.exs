# X-05: nothing that was sent after a fatal exit signal is seen
# legal: gone []
# legal: gone [{told, 1}]
boss = self()

receiver =
  spawn(fn ->
    for _ <- 1..2, do: receive(do: (n -> send(boss, {:told, n})))
    Process.sleep(:infinity)
  end)

ref = Process.monitor(receiver)
shake()
send(receiver, 1)
Process.exit(receiver, :gone)
send(receiver, 2)
out(down(ref), mail())

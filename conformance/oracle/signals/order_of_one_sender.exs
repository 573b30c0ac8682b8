# X-01 X-11: signals of one sender come in its order, whatever their kinds
boss = self()

receiver =
  spawn(fn ->
    Process.flag(:trap_exit, true)
    send(boss, :ready)
    receive do: (:look -> send(boss, mail()))
  end)

out(next())
send(receiver, 1)
Process.exit(receiver, :two)
send(receiver, 3)
Process.link(receiver)
Process.unlink(receiver)
Process.exit(receiver, :four)
send(receiver, 5)
send(receiver, :look)
out(next())

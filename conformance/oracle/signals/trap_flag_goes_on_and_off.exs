# X-12: with the flag going on and off a signal ends the process or becomes a message, and never is lost
# legal: gone []
# legal: normal [{told, [{EXIT, self, gone}]}]
boss = self()

pid =
  spawn(fn ->
    for _ <- 1..5 do
      Process.flag(:trap_exit, true)
      shake()
      Process.flag(:trap_exit, false)
      shake()
    end

    receive do: (:look -> send(boss, {:told, mail()}))
  end)

ref = Process.monitor(pid)
shake()
shake()
Process.exit(pid, :gone)
send(pid, :look)
out(down(ref), mail())

# X-12: whether exits are trapped is judged when the signal is received
# legal: gone []
# legal: normal [{told, gone}]
boss = self()

pid =
  spawn(fn ->
    shake()
    Process.flag(:trap_exit, true)
    receive do: ({:EXIT, ^boss, reason} -> send(boss, {:told, reason}))
  end)

ref = Process.monitor(pid)
shake()
Process.exit(pid, :gone)
out(down(ref), mail())

# L-05: an unlink is final while the other end dies: the message is there when it returns, or never comes
# legal: [] []
# legal: [{EXIT, pid1, gone}] []
Process.flag(:trap_exit, true)

pid =
  spawn_link(fn ->
    shake()
    exit(:gone)
  end)

shake()
Process.unlink(pid)
at_once = receive do: ({:EXIT, _, _} = exit -> [exit]), after: (0 -> [])
gone(pid)
out(at_once, mail())

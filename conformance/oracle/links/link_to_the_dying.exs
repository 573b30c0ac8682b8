# L-03 L-08: who links to a process as it ends hears its reason or that there is none, once
# legal: [{EXIT, pid1, gone}]
# legal: [{EXIT, pid1, noproc}]
Process.flag(:trap_exit, true)

pid =
  spawn(fn ->
    shake()
    exit(:gone)
  end)

shake()
Process.link(pid)
gone(pid)
out(mail())

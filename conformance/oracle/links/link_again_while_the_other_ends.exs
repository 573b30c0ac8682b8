# L-07 L-03: who unlinks and links again as the other ends hears of its end in the form of the link it has
# legal: [{EXIT, pid1, gone}]
# legal: [{EXIT, pid1, noproc}]
# legal: [{EXIT, pid1, gone}, {EXIT, pid1, noproc}]
Process.flag(:trap_exit, true)

pid =
  spawn_link(fn ->
    shake()
    exit(:gone)
  end)

shake()
Process.unlink(pid)
Process.link(pid)
gone(pid)
out(mail())

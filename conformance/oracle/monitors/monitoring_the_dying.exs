# M-03 M-09: who monitors a process as it ends is told its reason or noproc, once
# legal: [{DOWN, ref1, pid1, gone}]
# legal: [{DOWN, ref1, pid1, noproc}]
pid =
  spawn(fn ->
    shake()
    exit(:gone)
  end)

shake()
Process.monitor(pid)
eventually(fn -> not Process.alive?(pid) end)
out(mail())

# M-10: a monitor's message can be given another form
pid = idle()
:erlang.monitor(:process, pid, tag: :lost)
Process.exit(pid, :gone)
out(next())
:erlang.monitor(:process, dead(), tag: :lost)
out(next())

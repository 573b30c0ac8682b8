# M-03: monitoring the dead, or a name that nobody has, tells noproc
pid = spawn(fn -> exit(:gone) end)
gone(pid)
Process.monitor(pid)
out(next())
Process.monitor(:m_nobody)
out(next())

# P-05: however early a linked or monitored child ends, its parent learns the real reason
Process.flag(:trap_exit, true)
spawn_link(fn -> exit(:linked) end)
out(next())
spawn_monitor(fn -> exit(:monitored) end)
out(next())
:erlang.spawn_opt(fn -> exit(:both) end, [:link, :monitor])
out(length([next(), next()]))
out(mail())

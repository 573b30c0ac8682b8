# F-01: a priority is not inherited, but can be given at the start
boss = self()
Process.flag(:priority, :high)
spawn(fn -> send(boss, Process.info(self(), :priority)) end)
out(next(), Process.info(self(), :priority))
:erlang.spawn_opt(fn -> send(boss, Process.info(self(), :priority)) end, priority: :low)
out(next())

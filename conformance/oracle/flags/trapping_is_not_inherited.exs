# F-04: trapping exits is off at first, and not inherited
boss = self()
out(Process.info(self(), :trap_exit))
Process.flag(:trap_exit, true)
spawn(fn -> send(boss, Process.info(self(), :trap_exit)) end)
out(next(), Process.info(self(), :trap_exit))

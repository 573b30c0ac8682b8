# L-03: linking to the dead is a message for who traps, and an error for others
pid = dead()
out(attempt(fn -> Process.link(pid) end) != true)
Process.flag(:trap_exit, true)
out(attempt(fn -> Process.link(pid) end), mail())
out(Process.info(self(), :links))

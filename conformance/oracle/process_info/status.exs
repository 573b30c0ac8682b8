# PI-04: the status tells who waits, is suspended, runs
pid = idle()
out(eventually(fn -> Process.info(pid, :status) == {:status, :waiting} end))
:erlang.suspend_process(pid)
out(Process.info(pid, :status))
:erlang.resume_process(pid)
out(eventually(fn -> Process.info(pid, :status) == {:status, :waiting} end))
out(Process.info(self(), :status))

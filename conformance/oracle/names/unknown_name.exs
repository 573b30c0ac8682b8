# N-02: freeing a name that nobody has is an error; an end frees it
out(attempt(fn -> Process.unregister(:n_unknown) end))
pid = idle()
Process.register(pid, :n_ending)
Process.exit(pid, :kill)
gone(pid)
out(Process.whereis(:n_ending), attempt(fn -> Process.unregister(:n_ending) end))

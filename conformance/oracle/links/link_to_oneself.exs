# L-02: linking to oneself does nothing
out(Process.link(self()), Process.info(self(), :links), Process.unlink(self()))

{_, ref} =
  spawn_monitor(fn ->
    Process.flag(:trap_exit, true)
    Process.link(self())
    exit(:gone)
  end)

out(down(ref))

# P-15 N-02: who hears of an end does not find the name taken
Process.flag(:trap_exit, true)

free =
  for _ <- 1..20 do
    pid =
      spawn_link(fn ->
        Process.register(self(), :name_is_free)
        receive do: (:go -> :ok)
      end)

    ref = Process.monitor(pid)
    eventually(fn -> Process.whereis(:name_is_free) == pid end)
    send(pid, :go)
    receive do: ({:EXIT, ^pid, _} -> :ok)
    by_link = Process.whereis(:name_is_free)
    down(ref)
    [by_link, Process.whereis(:name_is_free), Process.alive?(pid)]
  end

out(Enum.uniq(free))

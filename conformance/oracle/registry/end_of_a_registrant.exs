# R-03: once a registrant has ended its key can be taken, and no name finds the dead
{:ok, registry} = Registry.start_link(keys: :unique, name: :r_ending)
boss = self()

seen =
  for _ <- 1..10 do
    pid =
      spawn(fn ->
        {:ok, _} = Registry.register(:r_ending, :key, nil)
        send(boss, :registered)
        receive do: (:stop -> :ok)
      end)

    receive do: (:registered -> :ok)
    ref = Process.monitor(pid)
    shake()
    send(pid, :stop)
    down(ref)
    found = GenServer.whereis({:via, Registry, {:r_ending, :key}})
    {made, _} = Registry.register(:r_ending, :key, nil)
    Registry.unregister(:r_ending, :key)
    [found, made]
  end

out(Enum.uniq(seen))
# gone before the next run takes its name
Process.flag(:trap_exit, true)
Supervisor.stop(registry)

# P-03: an error that nobody caught is reported once, an exit never
def log(event, config), do: send(config.config.boss, {:log, event.meta.pid})
:logger.add_handler(:oracle_reports, __MODULE__, %{config: %{boss: self()}})

bodies = [
  fn -> raise "reported" end,
  fn -> exit(:not_reported) end,
  fn -> exit(:kill) end,
  fn -> exit({:shutdown, :not_reported}) end,
  fn -> :ok end,
  fn -> raise "the last" end
]

pids = for body <- bodies, do: gone(spawn(body))
last = List.last(pids)
receive do: ({:log, ^last} -> :ok)
:logger.remove_handler(:oracle_reports)
logged = for {:log, pid} <- mail(), do: pid
out(for pid <- pids, do: Enum.count([last | logged], &(&1 == pid)))

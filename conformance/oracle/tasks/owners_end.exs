# T-05 T-11: a task ends with an owner that fails, outlives one that ends in order, and one without a link outlives both
{:ok, supervisor} = Task.Supervisor.start_link()
boss = self()
nap = fn -> Process.sleep(:infinity) end

starts = [
  linked: fn -> Task.async(nap) end,
  supervised: fn -> Task.Supervisor.async(supervisor, nap) end,
  nolink: fn -> Task.Supervisor.async_nolink(supervisor, nap) end
]

for {name, start} <- starts, reason <- [:normal, :broken, :shutdown] do
  owner =
    spawn(fn ->
      send(boss, {:task, start.().pid})
      receive do: (:go -> exit(reason))
    end)

  {:task, task} = next()
  reference = Process.monitor(task)
  send(owner, :go)
  gone(owner)

  out(
    name,
    reason,
    case mail() do
      [{:DOWN, ^reference, _, _, why}] -> why
      [] -> Process.alive?(task)
    end
  )

  Process.exit(task, :kill)
  Process.demonitor(reference, [:flush])
  gone(task)
end

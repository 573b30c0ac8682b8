# R-01 R-05: a duplicate key may be taken any number of times, also by one process; unregistering takes all its own
{:ok, registry} = Registry.start_link(keys: :duplicate, name: :r_duplicate)
for value <- [1, 2], do: {:ok, _} = Registry.register(:r_duplicate, :key, value)
boss = self()

spawn(fn ->
  {:ok, _} = Registry.register(:r_duplicate, :key, 3)
  send(boss, :done)
  Process.sleep(:infinity)
end)

out(next())
out(Enum.sort(for {_, value} <- Registry.lookup(:r_duplicate, :key), do: value))
out(Enum.sort(Registry.values(:r_duplicate, :key, self())))
out(Registry.unregister(:r_duplicate, :key), Registry.unregister(:r_duplicate, :key))
out(for {_, value} <- Registry.lookup(:r_duplicate, :key), do: value)
# gone before the next run takes its name
Process.flag(:trap_exit, true)
Supervisor.stop(registry)

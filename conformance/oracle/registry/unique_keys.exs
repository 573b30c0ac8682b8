# R-01 R-04: a unique key belongs to one process, and is told apart from what is merely alike
{:ok, registry} = Registry.start_link(keys: :unique, name: :r_unique)
boss = self()
other = spawn(fn ->
  send(boss, Registry.register(:r_unique, :key, :value) |> elem(0))
  Process.sleep(:infinity)
end)
out(next())
{:error, {:already_registered, pid}} = Registry.register(:r_unique, :key, :mine)
out(pid == other, Registry.lookup(:r_unique, :key) == [{other, :value}])
{:ok, _} = Registry.register(:r_unique, 1, :whole)
out(Registry.lookup(:r_unique, 1.0), Registry.count(:r_unique), Registry.keys(:r_unique, self()))
{:error, {:already_registered, pid}} = Registry.register(:r_unique, 1, :again)
out(pid == self())
# gone before the next run takes its name
Process.flag(:trap_exit, true)
Supervisor.stop(registry)

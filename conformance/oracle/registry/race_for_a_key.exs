# R-01: of those who register a unique key at once one gets it, and the others learn who
{:ok, registry} = Registry.start_link(keys: :unique, name: :r_race)
boss = self()

for _ <- 1..4 do
  spawn(fn ->
    shake()

    case Registry.register(:r_race, :key, nil) do
      {:ok, _} -> send(boss, {:won, self()})
      {:error, {:already_registered, pid}} -> send(boss, {:lost, pid})
    end

    Process.sleep(:infinity)
  end)
end

answers = for _ <- 1..4, do: next()
[winner] = for {:won, pid} <- answers, do: pid
out(for({:lost, pid} <- answers, do: pid == winner))
# gone before the next run takes its name
Process.flag(:trap_exit, true)
Supervisor.stop(registry)

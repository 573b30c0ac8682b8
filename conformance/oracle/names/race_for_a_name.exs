# N-01: of those who register one name at once one gets it
boss = self()

for _ <- 1..4 do
  spawn(fn ->
    shake()
    send(boss, attempt(fn -> Process.register(self(), :n_race) end))
    receive do: (:stop -> :ok)
  end)
end

answers = for _ <- 1..4, do: next()
out(Enum.count(answers, &(&1 == true)), next(0))
holder = Process.whereis(:n_race)
send(holder, :stop)
gone(holder)

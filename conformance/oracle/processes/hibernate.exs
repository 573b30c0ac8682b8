# P-13: who hibernates wakes in the given function, at once if there is mail, and loses none
def wake(boss) do
  receive do: (message -> send(boss, {:woken, message}))
  receive do: (message -> send(boss, {:woken, message}))
end

boss = self()

sleeper = fn ->
  spawn(fn ->
    receive do: (:sleep -> :erlang.hibernate(__MODULE__, :wake, [boss]))
    send(boss, :not_reached)
  end)
end

early = sleeper.()
for message <- [:one, :sleep, :two], do: send(early, message)
out(next(), next())
gone(early)

late = sleeper.()
send(late, :sleep)
shake()
send(late, :three)
shake()
send(late, :four)
out(next(), next())
out(mail())

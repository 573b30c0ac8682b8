# TM-08: an interval timer goes on until it is cancelled, and ends with its target
{:ok, ref} = :timer.send_interval(5, :tick)
out(next(), next(), next())
:timer.cancel(ref)
mail()
out(mail())
boss = self()

target =
  spawn(fn ->
    receive do: (:tick -> send(boss, :ticked))
  end)

{:ok, other} = :timer.send_interval(5, target, :tick)
out(next())
gone(target)
Process.sleep(30)
out(elem(:timer.cancel(other), 0))

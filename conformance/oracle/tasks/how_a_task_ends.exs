# T-04 T-07 T-08 T-11: the end of a task as its owner sees it, with a link and without
{:ok, supervisor} = Task.Supervisor.start_link()
good = Task.Supervisor.async_nolink(supervisor, fn -> :done end)
{:ok, value} = Task.yield(good, 2_000)
out(value)
bad = Task.Supervisor.async_nolink(supervisor, fn -> exit(:broken) end)
{:exit, reason} = Task.yield(bad, 2_000)
out(reason)
slow = Task.Supervisor.async_nolink(supervisor, fn -> Process.sleep(:infinity) end)
out(match?({:ok, _}, Task.yield(slow, 10)))
out(match?({:ok, _}, Task.shutdown(slow)))
boss = self()

owner =
  spawn(fn ->
    linked = Task.async(fn -> exit(:broken) end)
    Task.await(linked)
    send(boss, :awaited)
  end)

reason = ended(owner)
out(reason in [:broken, :noproc])
out(mail())

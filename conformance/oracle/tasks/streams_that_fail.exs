# T-14 T-16 T-17: items that fail or take too long, and streams that are cut short, with a link and without
Process.flag(:trap_exit, true)
{:ok, supervisor} = Task.Supervisor.start_link()
boss = self()

told = fn
  {:exit, reason} -> {:exited, reason}
  other -> other
end

work = fn
  :slow -> Process.sleep(:infinity)
  :broken -> exit(:broken)
  item -> item
end

exits = fn -> for message <- mail(), do: elem(message, 0) end
out(Enum.map(Task.async_stream([1, :broken, 3], work), told), exits.())
out(Enum.map(Task.Supervisor.async_stream_nolink(supervisor, [1, :broken, 3], work), told), exits.())
out(Enum.map(Task.async_stream([1, :slow, 3], work, timeout: 200, on_timeout: :kill_task), told), exits.())
{:caught, {reason, {Task.Supervised, :stream, _}}} = attempt(fn -> Enum.to_list(Task.async_stream([1, :slow, 3], work, timeout: 200)) end)
out(reason, exits.())

# no more is started than is needed
noted = fn item -> send(boss, {:started, item}) && item end
out(Task.async_stream(1..100, noted, max_concurrency: 1) |> Enum.take(2), length(mail()) <= 3)
out(Task.async_stream([1, :slow, :slow], work, max_concurrency: 3) |> Enum.take(1), exits.())
lazy = Task.async_stream([1], noted)
out(mail())
out(Enum.to_list(lazy), mail())

# a consumer that does not trap
consumer = spawn(fn -> Enum.to_list(Task.async_stream([:slow, :broken], work, max_concurrency: 2)) end)
reason = ended(consumer)
out(reason in [:broken, :noproc])
consumer = spawn(fn -> send(boss, {:all, Enum.map(Task.Supervisor.async_stream_nolink(supervisor, [1, :broken], work), told)}) end)
gone(consumer)
out(mail())
out(Task.Supervisor.children(supervisor))

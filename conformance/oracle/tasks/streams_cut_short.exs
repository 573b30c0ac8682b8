# T-18: a stream is done by who consumes it, and whatever cuts it short, on its way in or out, ends all its tasks
boss = self()
name = fn item -> :"cut_#{item}" end

# the first is done when the others have begun, which never are
work = fn
  :first ->
    eventually(fn -> Enum.all?([:b, :c], &Process.whereis(name.(&1))) end)
    :first

  item ->
    Process.register(self(), name.(item))
    Process.sleep(:infinity)
end

over = fn ->
  eventually(fn ->
    Process.info(boss, :links) == {:links, []} and
      not Enum.any?([:b, :c, :d], &Process.whereis(name.(&1)))
  end)
end

# done where it is consumed, and by each anew
stream = Task.async_stream([1, 2], fn item -> send(boss, {:did, item}) && item end)
consumer = spawn(fn -> send(boss, {:all, Enum.to_list(stream)}) end)
gone(consumer)
receive do: ({:all, all} -> out(all))
out(Enum.sort(mail()))
out(Enum.to_list(stream), Enum.sort(mail()))

# cut on its way in and on its way out
out(Task.async_stream(Stream.take(1..9, 2), & &1) |> Enum.to_list())
tasks = Task.async_stream([:first, :b, :c], work, max_concurrency: 3)
out(Enum.take(tasks, 1), over.())

# by its consumer
out(attempt(fn -> Enum.each(tasks, fn _ -> raise "enough" end) end), over.())

# by its source
source = Stream.map([:b, :c], fn item -> if item == :c, do: raise("no more"), else: item end)
out(attempt(fn -> Enum.to_list(Task.async_stream(source, work, max_concurrency: 2)) end), over.())

# by a supervisor that has no more room
{:ok, supervisor} = Task.Supervisor.start_link(max_children: 2)
Process.unlink(supervisor)
full = Task.Supervisor.async_stream(supervisor, [:b, :c, :d], work, max_concurrency: 3)
{:caught, _} = attempt(fn -> Enum.to_list(full) end)
out(over.(), Task.Supervisor.children(supervisor))
out(mail())

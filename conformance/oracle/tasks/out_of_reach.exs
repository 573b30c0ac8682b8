# T-10: a task out of reach, as noconnection tells, is an exit in whatever waits for it
Process.flag(:trap_exit, true)

waits = [
  await: &Task.await/1,
  yield: &Task.yield/1,
  shutdown: &Task.shutdown/1,
  ignore: &Task.ignore/1,
  awaitMany: &Task.await_many([&1]),
  yieldMany: &Task.yield_many([&1])
]

for {name, wait} <- waits do
  task = Task.async(fn -> exit(:noconnection) end)
  gone(task.pid)

  case attempt(fn -> wait.(task) end) do
    {:caught, {{:nodedown, at}, {Task, _, _}}} when at == node() -> out(name, :noconnection)
    other -> out(name, other)
  end
end

out(for({:EXIT, _, reason} <- mail(), do: reason))

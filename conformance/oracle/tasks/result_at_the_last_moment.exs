# T-03 T-08 T-09: a result that comes in the last moment is given or dropped, and never left in the mailbox
give_up = [
  &Task.shutdown(&1, 0),
  &Task.ignore/1,
  fn task ->
    case attempt(fn -> Task.await(task, 0) end) do
      {:caught, _} -> nil
      value -> {:ok, value}
    end
  end
]

results =
  for function <- give_up do
    task =
      Task.async(fn ->
        shake()
        :done
      end)

    shake()
    result = function.(task)
    gone(task.pid)
    result
  end

out(Enum.all?(results, &(&1 in [nil, {:ok, :done}, {:exit, :killed}])), mail())

# Applies a small function to each of many numbers, in a task of its own, as many at a time as there are
# schedulers.
defmodule Bench.Tasks do
  def run(tasks) do
    Bench.nanos_each(tasks, fn ->
      sum =
        0..(tasks - 1)
        |> Task.async_stream(fn n -> n + 1 end)
        |> Enum.reduce(0, fn {:ok, n}, sum -> sum + n end)

      Bench.expect("the sum", div(tasks * (tasks + 1), 2), sum)
    end)
  end
end

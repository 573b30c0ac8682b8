# A tree of processes, each of which starts ten, down to the leaves; the numbers of those are added up on the
# way back.
defmodule Bench.Skynet do
  @branches 10

  def run(leaves) do
    me = self()

    Bench.nanos_each(leaves, fn ->
      spawn(fn -> grow(0, leaves, me) end)
      Bench.expect("the sum", div(leaves * (leaves - 1), 2), sum(1, 0))
    end)
  end

  defp grow(number, 1, parent), do: send(parent, number)

  defp grow(number, size, parent) do
    branch(@branches, number, div(size, @branches), self())
    send(parent, sum(@branches, 0))
  end

  defp branch(0, _number, _part, _me), do: :ok

  defp branch(left, number, part, me) do
    spawn(fn -> grow(number, part, me) end)
    branch(left - 1, number + part, part, me)
  end

  defp sum(0, sum), do: sum

  defp sum(left, sum) do
    receive do
      number -> sum(left - 1, sum + number)
    end
  end
end

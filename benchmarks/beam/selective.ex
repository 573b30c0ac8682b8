# Takes the last of many messages, the only one of its kind, again and again.
defmodule Bench.Selective do
  @looked_at 10_000_000

  def run(backlog) do
    for n <- 1..backlog, do: send(self(), {:other, n})
    times = div(@looked_at, backlog)
    Bench.nanos_each(times, fn -> take(times) end)
  end

  defp take(0), do: :ok

  defp take(left) do
    send(self(), {:wanted, left})

    receive do
      {:wanted, n} -> Bench.expect("the message", left, n)
    end

    take(left - 1)
  end
end

# Many who send as fast as they can to one who receives.
defmodule Bench.FanIn do
  def run(senders, messages) do
    each = div(messages, senders)
    me = self()

    Bench.nanos_each(senders * each, fn ->
      for _ <- 1..senders, do: spawn(fn -> send_all(me, 1, each) end)
      Bench.expect("the sum", senders * div(each * (each + 1), 2), sum(senders * each, 0))
    end)
  end

  defp send_all(_to, n, each) when n > each, do: :ok

  defp send_all(to, n, each) do
    send(to, n)
    send_all(to, n + 1, each)
  end

  defp sum(0, sum), do: sum

  defp sum(left, sum) do
    receive do
      n -> sum(left - 1, sum + n)
    end
  end
end

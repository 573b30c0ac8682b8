# Pairs of servers that cast to each other.
defmodule Bench.ServerPairs do
  defmodule Player do
    use GenServer

    def init({boss, all}), do: {:ok, {boss, all, 0}}

    def handle_cast({:ball, from}, {boss, all, count}) do
      GenServer.cast(from, {:ball, self()})

      if count + 1 < all do
        {:noreply, {boss, all, count + 1}}
      else
        send(boss, {:done, count + 1})
        {:stop, :normal, {boss, all, count + 1}}
      end
    end
  end

  def run(pairs, trips) do
    Bench.nanos_each(pairs * trips, fn ->
      for _ <- 1..pairs do
        {:ok, first} = GenServer.start(Player, {self(), trips})
        {:ok, second} = GenServer.start(Player, {self(), trips})
        GenServer.cast(second, {:ball, first})
      end

      Bench.expect("hits", 2 * pairs * trips, hits(2 * pairs, 0))
    end)
  end

  defp hits(0, sum), do: sum

  defp hits(left, sum) do
    receive do
      {:done, count} -> hits(left - 1, sum + count)
    end
  end
end

# Two processes that receive and send, in turns.
defmodule Bench.PingPong do
  def run(trips) do
    Bench.nanos_each(trips, fn ->
      other = spawn(fn -> pong(trips) end)
      ping(other, trips)
    end)
  end

  defp ping(_other, 0), do: :ok

  defp ping(other, left) do
    send(other, {:ping, self()})

    receive do
      :pong -> ping(other, left - 1)
    end
  end

  defp pong(0), do: :ok

  defp pong(left) do
    receive do
      {:ping, from} -> send(from, :pong)
    end

    pong(left - 1)
  end
end

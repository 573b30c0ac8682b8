# A token that goes round, from one receiving process to the next.
defmodule Bench.Ring do
  def run(members, hops) do
    laps = div(hops, members)

    Bench.nanos_each(laps * members, fn ->
      first =
        Enum.reduce(2..members, self(), fn _, behind -> spawn(fn -> pass(laps, behind) end) end)

      drive(0, laps, first)
    end)
  end

  defp drive(laps, laps, _first), do: :ok

  defp drive(lap, laps, first) do
    send(first, lap)

    receive do
      token -> Bench.expect("the token", lap, token)
    end

    drive(lap + 1, laps, first)
  end

  defp pass(0, _next), do: :ok

  defp pass(left, next) do
    receive do
      token -> send(next, token)
    end

    pass(left - 1, next)
  end
end

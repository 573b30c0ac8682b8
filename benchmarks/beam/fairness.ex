# A process that sleeps ten milliseconds, again and again, beside endless loops: how late it wakes.
defmodule Bench.Fairness do
  @period 10
  @ticks 300
  @longest 6_000_000_000

  def run(loops) do
    # who starts and ends them would have to wait behind them, on any system
    Process.flag(:priority, :high)
    all = for _ <- 1..loops, do: spawn(fn -> burn(1) end)
    Process.sleep(500)
    Process.flag(:priority, :normal)
    now = System.monotonic_time(:nanosecond)
    late = tick(now, now, [], 0)
    Process.flag(:priority, :high)
    for pid <- all, do: Process.exit(pid, :kill)
    p99(late)
  end

  defp tick(begun, before, late, count) when count == @ticks or before - begun >= @longest, do: late

  defp tick(begun, before, late, count) do
    Process.sleep(@period)
    now = System.monotonic_time(:nanosecond)
    tick(begun, now, [now - before - @period * 1_000_000 | late], count + 1)
  end

  # In microseconds.
  defp p99(late) do
    sorted = Enum.sort(late)
    Enum.at(sorted, ceil(length(sorted) * 0.99) - 1) / 1_000
  end

  defp burn(x), do: burn(rem(x * 31 + 7, 1_000_003))
end

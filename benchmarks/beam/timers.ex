# Sets timers, none of which fires, and then cancels all.
defmodule Bench.Timers do
  @time 60_000

  def run(timers) do
    Bench.nanos_each(timers, fn ->
      Bench.expect("timers that had not fired", timers, cancel(set(timers, self(), []), 0))
    end)
  end

  defp set(0, _me, all), do: all
  defp set(left, me, all), do: set(left - 1, me, [Process.send_after(me, :late, @time) | all])

  defp cancel([], count), do: count

  defp cancel([timer | rest], count) do
    case Process.cancel_timer(timer) do
      left when is_integer(left) -> cancel(rest, count + 1)
    end
  end
end

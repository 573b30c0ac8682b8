# Processes that begin and end: each sends one message back, or is monitored and does nothing.
defmodule Bench.Spawning do
  def reporting(processes) do
    me = self()

    Bench.nanos_each(processes, fn ->
      start(processes, fn -> send(me, :here) end)
      Bench.collect(:here, processes)
    end)
  end

  def monitored(processes) do
    Bench.nanos_each(processes, fn ->
      start_monitored(processes)
      downs(processes)
    end)
  end

  defp start(0, _body), do: :ok

  defp start(left, body) do
    spawn(body)
    start(left - 1, body)
  end

  defp start_monitored(0), do: :ok

  defp start_monitored(left) do
    spawn_monitor(fn -> :ok end)
    start_monitored(left - 1)
  end

  defp downs(0), do: :ok

  defp downs(left) do
    receive do
      {:DOWN, _, _, _, :normal} -> downs(left - 1)
    end
  end
end

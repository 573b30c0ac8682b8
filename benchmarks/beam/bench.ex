# The BEAM's side of `bureau bench`: `Bench.main("pingpong", 300_000)` runs a round for each line that it
# reads, and prints a line of JSON for each. Each round has a process of its own, and so a fresh heap.
defmodule Bench do
  def main(row, size) do
    # crashes are part of some rows; nobody logs them here, nor elsewhere
    :logger.set_primary_config(:level, :none)
    serve(fn -> Bench.Catalogue.run(row, size) end)
  end

  defp serve(round) do
    case IO.gets("") do
      :eof ->
        System.halt(0)

      _ ->
        IO.puts(~s({"value": #{in_process(round)}}))
        serve(round)
    end
  end

  defp in_process(round) do
    me = self()
    {pid, ref} = spawn_monitor(fn -> send(me, {:value, self(), round.()}) end)

    receive do
      {:value, ^pid, value} ->
        receive do: ({:DOWN, ^ref, _, _, _} -> :ok)
        :erlang.float_to_binary(value / 1, decimals: 6)

      {:DOWN, ^ref, _, _, reason} ->
        IO.puts(:stderr, Exception.format_exit(reason))
        System.halt(1)
    end
  end

  # What one of `operations` takes in nanoseconds.
  def nanos_each(operations, work) do
    start = System.monotonic_time(:nanosecond)
    work.()
    (System.monotonic_time(:nanosecond) - start) / operations
  end

  def expect(_what, expected, expected), do: :ok
  def expect(what, expected, got), do: raise("expected #{what} to be #{inspect(expected)}, got: #{inspect(got)}")

  # Receives `message` so often.
  def collect(_message, 0), do: :ok

  def collect(message, left) do
    receive do
      ^message -> collect(message, left - 1)
    end
  end
end

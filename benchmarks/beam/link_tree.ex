# A tree of processes, each linked to the ten that it has started, and what it takes to end all of it by one
# exit signal to its root. Building it does not count.
defmodule Bench.LinkTree do
  @branches 10

  def run(processes) do
    before = :erlang.system_info(:process_count)
    me = self()
    root = spawn(fn -> grow(processes, me) end)
    Bench.expect("the tree", processes, up(1, 0))

    Bench.nanos_each(processes, fn ->
      Process.exit(root, :enough)
      wait(before)
    end)
  end

  defp wait(before) do
    if :erlang.system_info(:process_count) > before do
      Process.sleep(1)
      wait(before)
    end
  end

  # Grows so many processes, this one among them, tells its parent and waits.
  defp grow(size, parent) do
    branches = min(@branches, size - 1)
    branch(branches, size - 1)
    send(parent, {:up, up(branches, 1)})
    Process.sleep(:infinity)
  end

  defp branch(0, 0), do: :ok

  defp branch(left, size) do
    me = self()
    part = div(size, left)
    spawn_link(fn -> grow(part, me) end)
    branch(left - 1, size - part)
  end

  defp up(0, sum), do: sum

  defp up(left, sum) do
    receive do
      {:up, processes} -> up(left - 1, sum + processes)
    end
  end
end

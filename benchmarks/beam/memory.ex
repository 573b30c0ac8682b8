# Many processes, or servers, that have begun and wait for a message: what it takes to start one while all
# others stay, or how much memory each has, with all that belongs to it.
defmodule Bench.Memory do
  defmodule Idle do
    use GenServer

    def init(state), do: {:ok, state}
  end

  def time(processes, :process) do
    start = System.monotonic_time(:nanosecond)
    all = start_processes(processes)
    cost = (System.monotonic_time(:nanosecond) - start) / processes
    stop(all)
    cost
  end

  def bytes(processes, kind) do
    before = used()

    all =
      case kind do
        :process -> start_processes(processes)
        :server -> for _ <- 1..processes, do: elem(GenServer.start(Idle, 0), 1)
      end

    # the list of pids is the measurer's, as the array is in Java: its own heap does not count
    cost = (used() - before) / processes
    stop(all)
    cost
  end

  defp used do
    :erlang.garbage_collect()
    {:memory, own} = Process.info(self(), :memory)
    :erlang.memory(:total) - own
  end

  defp start_processes(processes) do
    me = self()

    all =
      for _ <- 1..processes do
        spawn(fn ->
          send(me, :up)

          receive do
            :stop -> :ok
          end
        end)
      end

    Bench.collect(:up, processes)
    all
  end

  defp stop(all) do
    before = :erlang.system_info(:process_count) - length(all)
    for pid <- all, do: Process.exit(pid, :kill)
    wait(before)
  end

  defp wait(before) do
    if :erlang.system_info(:process_count) > before do
      Process.sleep(1)
      wait(before)
    end
  end
end

# A supervised server is made to crash, started again, and asked whether it serves; and again.
defmodule Bench.Restarts do
  defmodule Fragile do
    use GenServer

    def start_link(boss), do: GenServer.start_link(__MODULE__, boss)

    def init(boss) do
      send(boss, {:up, self()})
      {:ok, 42}
    end

    def handle_call(:answer, _from, answer), do: {:reply, answer, answer}
    def handle_cast(:crash, _answer), do: raise("as it was told to")
  end

  def run(crashes) do
    {:ok, supervisor} =
      Supervisor.start_link([{Fragile, self()}],
        strategy: :one_for_one,
        max_restarts: 2_000_000_000,
        max_seconds: 1
      )

    server = up()
    each = Bench.nanos_each(crashes, fn -> crash(server, crashes) end)
    Supervisor.stop(supervisor)
    each
  end

  defp crash(_server, 0), do: :ok

  defp crash(server, left) do
    GenServer.cast(server, :crash)
    server = up()
    Bench.expect("the answer", 42, GenServer.call(server, :answer))
    crash(server, left - 1)
  end

  defp up do
    receive do
      {:up, server} -> server
    end
  end
end

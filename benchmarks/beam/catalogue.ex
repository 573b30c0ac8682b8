# Which row has which name.
defmodule Bench.Catalogue do
  alias Bench.{Calls, Computing, Fairness, FanIn, LinkTree, Memory, PingPong, Restarts, Ring}
  alias Bench.{Selective, ServerPairs, Skynet, Spawning, Tables, Tasks, Timers}

  def run("pingpong", size), do: PingPong.run(size)
  def run("pingpong_servers", size), do: ServerPairs.run(1, size)
  def run("pairs64_servers", size), do: ServerPairs.run(64, div(size, 64))
  def run("ring1000", size), do: Ring.run(1_000, size)
  def run("fan_in", size), do: FanIn.run(8, size)
  def run("call", size), do: Calls.run(size, 0)
  def run("call_backlog", size), do: Calls.run(500_000, size)
  def run("spawn", size), do: Spawning.reporting(size)
  def run("spawn_monitor_exit", size), do: Spawning.monitored(size)
  def run("link_tree", size), do: LinkTree.run(size)
  def run("skynet", size), do: Skynet.run(size)
  def run("selective_10k", size), do: Selective.run(size)
  def run("timers", size), do: Timers.run(size)
  def run("restarts", size), do: Restarts.run(size)
  def run("async_stream", size), do: Tasks.run(size)
  def run("table_read", size), do: Tables.read(size)
  def run("table_update", size), do: Tables.update(size)
  def run("bytes_process", size), do: Memory.bytes(size, :process)
  def run("bytes_server", size), do: Memory.bytes(size, :server)
  def run("million", size), do: Memory.time(size, :process)
  def run("million_bytes", size), do: Memory.bytes(size, :process)
  def run("fairness", size), do: Fairness.run(size)
  def run("compute", size), do: Computing.run(size, [:nbody, :spectral, :json])
  def run("compute_nbody", size), do: Computing.run(size, [:nbody])
  def run("compute_spectral", size), do: Computing.run(size, [:spectral])
  def run("compute_json", size), do: Computing.run(size, [:json])
end

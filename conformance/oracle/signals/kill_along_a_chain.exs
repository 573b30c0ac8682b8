# X-10: along a chain of links a kill is killed at every hop, an exit with kill is kill
defmodule Chain do
  # The pids from here to the far end, which waits for a word and exits with it.
  def start(boss, 0) do
    send(boss, {:chain, self()})
    receive do: (reason -> exit(reason))
  end

  def start(boss, n) do
    send(boss, {:chain, self()})
    spawn_link(fn -> start(boss, n - 1) end)
    Process.sleep(:infinity)
  end

  def make(n) do
    boss = self()
    spawn(fn -> start(boss, n) end)
    for _ <- 0..n, do: receive(do: ({:chain, pid} -> {pid, Process.monitor(pid)}))
  end
end

chain = Chain.make(4)
Process.exit(elem(List.last(chain), 0), :kill)
out(for {_, ref} <- chain, do: down(ref))
chain = Chain.make(4)
send(elem(List.last(chain), 0), :kill)
out(for {_, ref} <- chain, do: down(ref))
chain = Chain.make(4)
Process.exit(elem(Enum.at(chain, 2), 0), :kill)
out(for {_, ref} <- chain, do: down(ref))

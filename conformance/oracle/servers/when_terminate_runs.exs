# G-22 G-23 G-24: terminate runs when a callback ends the server, and for who traps when its parent does
defmodule Ending2 do
  use GenServer

  def init({boss, trap}) do
    Process.flag(:trap_exit, trap)
    {:ok, boss}
  end

  def handle_cast(:raise, _), do: raise("boom")
  def handle_cast(:exit, _), do: exit(:gone)
  def handle_cast({:stop, reason}, boss), do: {:stop, reason, boss}

  def handle_info(message, boss) do
    send(boss, {:info, message})
    {:noreply, boss}
  end

  def terminate(reason, boss), do: send(boss, {:terminated, reason})
end

boss = self()

for message <- [:raise, :exit, {:stop, :normal}, {:stop, :gone}] do
  {:ok, pid} = GenServer.start(Ending2, {boss, false})
  ref = Process.monitor(pid)
  GenServer.cast(pid, message)
  out(down(ref), mail())
end

# exit signals from a stranger, then a kill
for trap <- [false, true] do
  {:ok, pid} = GenServer.start(Ending2, {boss, trap})
  ref = Process.monitor(pid)
  Process.exit(pid, :signal)
  if trap, do: out(next())
  Process.exit(pid, :kill)
  out(trap, down(ref), mail())
end

# the end of the parent
for trap <- [false, true], reason <- [:normal, :gone, :shutdown] do
  parent =
    spawn(fn ->
      {:ok, pid} = GenServer.start_link(Ending2, {boss, trap})
      send(boss, {:child, pid})
      receive do: (:end -> exit(reason))
    end)

  pid = receive do: ({:child, pid} -> pid)
  ref = Process.monitor(pid)
  send(parent, :end)
  gone(parent)

  if not trap and reason == :normal do
    shake()
    out(trap, reason, Process.alive?(pid))
  else
    out(trap, reason, down(ref))
  end

  Process.demonitor(ref, [:flush])
  out(mail())
end

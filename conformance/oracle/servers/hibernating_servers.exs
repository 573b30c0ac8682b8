# G-30: a server that hibernates, since it says so or has been idle for a while, wakes without noticing
defmodule Sleepy do
  use GenServer

  def init(how) do
    Process.put(:kept, :here)
    if how == :at_once, do: {:ok, [:init], :hibernate}, else: {:ok, [:init]}
  end

  def handle_call(:state, _, state), do: {:reply, [Process.get(:kept) | state], state}
  def handle_call(:sleep, _, state), do: {:reply, :ok, [:call | state], :hibernate}
  def handle_cast(:sleep, state), do: {:noreply, [:cast | state], :hibernate}
  def handle_info(:sleep, state), do: {:noreply, [:info | state], :hibernate}
  def handle_info(:nap, state), do: {:noreply, [:nap | state], {:continue, :sleep}}
  def handle_info(:count, state), do: {:noreply, [:count | state]}
  def handle_continue(:sleep, state), do: {:noreply, [:continue | state], :hibernate}
end

asleep = fn server ->
  eventually(fn ->
    Process.info(server, :current_function) == {:current_function, {:erlang, :hibernate, 3}}
  end)
end

{:ok, server} = GenServer.start(Sleepy, :at_once)
out(asleep.(server), GenServer.call(server, :state))
out(GenServer.call(server, :sleep), asleep.(server))
GenServer.cast(server, :sleep)
out(GenServer.call(server, :state))
for message <- [:sleep, :nap, :count], do: send(server, message)
out(GenServer.call(server, :state))
send(server, :nap)
out(asleep.(server))
shake()
send(server, :count)
out(GenServer.call(server, :state))
GenServer.cast(server, :sleep)
out(asleep.(server))
out(GenServer.stop(server) == :ok)

{:ok, idle} = GenServer.start(Sleepy, :plain, hibernate_after: 1)
out(asleep.(idle), GenServer.call(idle, :state))
send(idle, :count)
out(asleep.(idle), GenServer.call(idle, :state))
Process.exit(idle, :broken)
out(ended(idle) in [:broken, :noproc])

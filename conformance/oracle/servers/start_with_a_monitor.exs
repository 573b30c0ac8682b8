# G-09 G-32: a server can be started with a monitor, and a process can become one
defmodule Quiet do
  use GenServer
  def init(_), do: {:ok, :made_by_init}
  def handle_call(:state, _, state), do: {:reply, state, state}
  def handle_cast(:stop, state), do: {:stop, :shutdown, state}
end

{:ok, {pid, ref}} = :gen_server.start_monitor(Quiet, [], [])
out(GenServer.call(pid, :state))
GenServer.cast(pid, :stop)
out(down(ref))
{:ok, plain} = :proc_lib.start(:erlang, :apply, [fn ->
  :proc_lib.init_ack({:ok, self()})
  :gen_server.enter_loop(Quiet, [], :made_by_hand)
end, []])
out(GenServer.call(plain, :state))

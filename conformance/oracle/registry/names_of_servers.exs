# R-08: a server is named by a key of a registry; who is missing is noproc
defmodule Echo do
  use GenServer
  def init(_), do: {:ok, []}
  def handle_call(request, _, state), do: {:reply, request, state}
end

{:ok, registry} = Registry.start_link(keys: :unique, name: :r_names)
name = {:via, Registry, {:r_names, :echo}}
{:ok, pid} = GenServer.start(Echo, [], name: name)
out(GenServer.call(name, :hello), GenServer.whereis(name) == pid)
{:error, {:already_started, taken}} = GenServer.start(Echo, [], name: name)
out(taken == pid)
GenServer.stop(name)
out(GenServer.whereis(name))
{:caught, {reason, _}} = attempt(fn -> GenServer.call(name, :hello) end)
out(reason)
# gone before the next run takes its name
Process.flag(:trap_exit, true)
Supervisor.stop(registry)

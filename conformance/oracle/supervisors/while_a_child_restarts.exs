# S-14 S-16: a child whose start fails is tried again and again, and what can be asked for meanwhile
defmodule Worker do
  use GenServer

  def spec(boss), do: %{id: :a, start: {__MODULE__, :start_link, [boss]}}

  def start_link(boss) do
    if Process.whereis(:s_gate), do: {:error, :closed}, else: GenServer.start_link(__MODULE__, boss)
  end

  def init(boss) do
    send(boss, {:begun, self()})
    {:ok, boss}
  end
end

Process.flag(:trap_exit, true)
many = 1_000_000_000
{:ok, supervisor} = Supervisor.start_link([Worker.spec(self())], strategy: :one_for_one, max_restarts: many)
state = fn -> for {:a, state, _, _} <- Supervisor.which_children(supervisor), do: is_pid(state) || state end
{:begun, pid} = next()

closed = fn pid ->
  gate = idle()
  Process.register(gate, :s_gate)
  Process.exit(pid, :kill)
  gone(pid)
  out(eventually(fn -> state.() == [:restarting] end))
  gate
end

open = fn gate ->
  Process.exit(gate, :kill)
  gone(gate)
end

gate = closed.(pid)
out(Supervisor.count_children(supervisor).active)
{:error, reason} = Supervisor.start_child(supervisor, Worker.spec(self()))
out(reason)
{:error, reason} = Supervisor.restart_child(supervisor, :a)
out(reason)
{:error, reason} = Supervisor.delete_child(supervisor, :a)
out(reason)
open.(gate)
{:begun, pid} = next()
out(eventually(fn -> state.() == [true] end))

gate = closed.(pid)
out(Supervisor.terminate_child(supervisor, :a), state.())
open.(gate)
out(mail(), Supervisor.delete_child(supervisor, :a), state.())

# each try counts
{:ok, _} = Supervisor.start_child(supervisor, Worker.spec(self()))
{:begun, pid} = next()
{:ok, impatient} = Supervisor.start_link([Worker.spec(self())], strategy: :one_for_one, max_restarts: 3, max_seconds: 60)
{:begun, other} = next()
gate = idle()
Process.register(gate, :s_gate)
reference = Process.monitor(impatient)
Process.exit(other, :kill)
out(down(reference))
open.(gate)
out(Process.alive?(pid))

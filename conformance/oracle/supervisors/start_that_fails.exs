# S-05 S-06: one child that does not start stops those before it, the last first, and so the start; one that ignores is kept
defmodule Worker do
  use GenServer

  def spec(name), do: %{id: name, start: {__MODULE__, :start_link, [{self(), name}]}}
  def start_link(argument), do: GenServer.start_link(__MODULE__, argument)

  def init({boss, name}) do
    Process.flag(:trap_exit, true)
    send(boss, {:begun, name})

    case name do
      :bad -> {:stop, :broken}
      :ignoring -> :ignore
      _ -> {:ok, {boss, name}}
    end
  end

  def terminate(reason, {boss, name}), do: send(boss, {:stopped, name, reason})
end

Process.flag(:trap_exit, true)
start = fn names -> Supervisor.start_link(Enum.map(names, &Worker.spec/1), strategy: :one_for_one) end
{:error, {:shutdown, {:failed_to_start_child, id, reason}}} = start.([:a, :b, :bad, :c])
out({:failed_to_start_child, id, reason})
for message <- mail(), elem(message, 0) != :EXIT, do: out(message)
{:error, {:shutdown, {:failed_to_start_child, id, reason}}} = start.([:bad])
out({:failed_to_start_child, id, reason})

{:ok, supervisor} = start.([:a, :ignoring])
out(for {id, pid, _, _} <- Supervisor.which_children(supervisor), do: {:listed, id, is_pid(pid)})
{:error, {reason, _}} = Supervisor.start_child(supervisor, Worker.spec(:bad))
out(reason, length(Supervisor.which_children(supervisor)))
ignoring = Worker.spec(:ignoring)
out(Supervisor.start_child(supervisor, %{ignoring | id: :more}) == {:ok, :undefined})
once = Map.put(%{ignoring | id: :once}, :restart, :temporary)
out(Supervisor.start_child(supervisor, once) == {:ok, :undefined})
out(for {id, _, _, _} <- Supervisor.which_children(supervisor), do: id)
{:error, {{:EXIT, reason}, _}} = Supervisor.start_child(supervisor, %{id: :odd, start: {Kernel, :exit, [:gone]}})
out(reason, Process.alive?(supervisor))

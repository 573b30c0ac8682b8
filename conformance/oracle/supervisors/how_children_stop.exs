# S-02 S-17: the last child stops first, told to shut down; killed if its spec says so, or if it takes too long
defmodule Worker do
  use GenServer

  def spec(name, more \\ %{}),
    do: Map.merge(%{id: name, start: {__MODULE__, :start_link, [{self(), name}]}}, more)

  def start_link(argument), do: GenServer.start_link(__MODULE__, argument)

  def init(state) do
    Process.flag(:trap_exit, true)
    {:ok, state}
  end

  def terminate(reason, {boss, name}) do
    if name == :slow, do: Process.sleep(:infinity)
    send(boss, {:stopped, name, reason})
  end
end

Process.flag(:trap_exit, true)

children = [
  Worker.spec(:first),
  Worker.spec(:killed, %{shutdown: :brutal_kill}),
  Worker.spec(:slow, %{shutdown: 20}),
  Worker.spec(:last)
]

{:ok, supervisor} = Supervisor.start_link(children, strategy: :one_for_one)
ends = for {_, pid, _, _} <- Supervisor.which_children(supervisor), do: Process.monitor(pid)
Process.unlink(supervisor)
Supervisor.stop(supervisor)
for reference <- ends, do: out(down(reference))
Enum.each(mail(), &out/1)

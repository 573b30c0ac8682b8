# S-07 S-19: permanent children always start again, transient ones when they failed, temporary ones never
defmodule Worker do
  use GenServer

  def spec(name, restart),
    do: %{id: name, start: {__MODULE__, :start_link, [{self(), name}]}, restart: restart}

  def start_link(argument), do: GenServer.start_link(__MODULE__, argument)

  def init({boss, name}) do
    send(boss, {:begun, name, self()})
    {:ok, nil}
  end
end

children = [
  Worker.spec(:always, :permanent),
  Worker.spec(:failed, :transient),
  Worker.spec(:never, :temporary)
]

{:ok, supervisor} = Supervisor.start_link(children, strategy: :one_for_one, max_restarts: 100)
{:begun, :always, always} = next()
{:begun, :failed, failed} = next()
{:begun, :never, never} = next()
GenServer.stop(always)
{:begun, name, _} = next()
out(name)
GenServer.stop(failed)
out(mail())
out(match?({:ok, _}, Supervisor.restart_child(supervisor, :failed)))
{:begun, :failed, again} = next()
Process.exit(again, :kill)
{:begun, name, _} = next()
out(name)
Process.exit(never, :kill)
out(mail())
out(for {id, _, _, _} <- Supervisor.which_children(supervisor), do: id)

# AP-04: prep_stop, the tree from its end, stop, and then those who belong to no supervisor; the same when the tree ends by itself
defmodule Ending do
  defmodule Child do
    use GenServer
    def start_link({boss, id}), do: GenServer.start_link(__MODULE__, {boss, id})

    def init(state) do
      Process.flag(:trap_exit, true)
      {:ok, state}
    end

    def terminate(reason, {boss, id}), do: send(boss, {:terminate, id, reason})
  end

  def start(_type, boss) do
    stray = spawn(fn -> Process.sleep(:infinity) end)
    send(boss, {:stray, stray})
    children = for id <- [:a, :b], do: Supervisor.child_spec({Child, {boss, id}}, id: id)
    {:ok, top} = Supervisor.start_link(children, strategy: :one_for_one)
    send(boss, {:top, top})
    {:ok, top, {boss, stray}}
  end

  def prep_stop({boss, stray}) do
    send(boss, :prep_stop)
    {boss, stray}
  end

  def stop({boss, stray}), do: send(boss, {:stop, Process.alive?(stray)})
end

:ok =
  :application.load(
    {:application, :e_shop, [description: 'x', vsn: '1', applications: [], mod: {Ending, self()}]}
  )

out(:application.start(:e_shop))
{:stray, stray} = next()
{:top, _} = next()
out(:application.stop(:e_shop), Process.alive?(stray), mail())

out(:application.start(:e_shop))
{:stray, stray} = next()
{:top, top} = next()
Process.exit(top, :kill)
ended(stray)
out(eventually(fn -> List.keyfind(:application.which_applications(), :e_shop, 0) == nil end))
out(for message <- mail(), message in [:prep_stop, {:stop, true}], do: message)

# started, though it does not run
:ok =
  :application.load(
    {:application, :e_front, [description: 'x', vsn: '1', applications: [:e_shop], mod: {Ending, self()}]}
  )

{:error, {reason, name}} = :application.start(:e_front)
out(reason, name)
out(:application.stop(:e_shop))
{:error, {reason, name}} = :application.start(:e_front)
out(reason, name)
{:error, {reason, name}} = :application.stop(:e_shop)
out(reason, name)
:application.unload(:e_shop)
:application.unload(:e_front)

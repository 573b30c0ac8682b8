# AP-06: the master leads all who descend from the application, and is found by that
defmodule Belonging do
  def start(_type, boss) do
    send(boss, {:starts, :application.get_application(), :application.get_env(:port)})
    spawn(fn ->
      send(boss, {:stray, :application.get_application()})
      spawn(fn -> send(boss, {:child_of_stray, :application.get_application()}) end)
    end)
    child = %{id: :child, start: {Agent, :start_link, [fn -> :application.get_application() end]}}
    {:ok, top} = Supervisor.start_link([child], strategy: :one_for_one)
    [{_, agent, _, _}] = Supervisor.which_children(top)
    send(boss, {:child, Agent.get(agent, & &1)})
    send(boss, {:top, top})
    {:ok, top}
  end

  def stop(_state), do: :ok
end

:ok =
  :application.load(
    {:application, :b_shop,
     [description: 'x', vsn: '1', applications: [], env: [port: 4], mod: {Belonging, self()}]}
  )

:ok = :application.start(:b_shop)
messages = mail()
for tag <- [:child, :child_of_stray, :stray], do: out(tag, List.keyfind(messages, tag, 0) |> elem(1) |> elem(1))
{:starts, {:ok, name}, {:ok, port}} = List.keyfind(messages, :starts, 0)
out(name, port)
{:top, top} = List.keyfind(messages, :top, 0)
{:group_leader, master} = Process.info(top, :group_leader)
out(:application.get_application(master) |> elem(1), Process.info(master, :group_leader) == {:group_leader, master})
out(:application.get_application(), :application.get_application(dead()))
:ok = :application.stop(:b_shop)
out(Process.alive?(master), :application.get_application(master))
:application.unload(:b_shop)

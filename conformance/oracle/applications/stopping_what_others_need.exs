# AP-05: who stops an application is not asked who needs it, and those go on without it
defmodule Plain do
  def start(_type, {boss, name}) do
    send(boss, {:start, name})
    {:ok, top} = Supervisor.start_link([], strategy: :one_for_one)
    {:ok, top, {boss, name}}
  end

  def stop({boss, name}), do: send(boss, {:stop, name})
end

boss = self()

for {name, needed} <- [x_database: [], x_shop: [:x_database]] do
  :ok =
    :application.load(
      {:application, name,
       [description: 'x', vsn: '1', applications: needed, mod: {Plain, {boss, name}}]}
    )
end

running = fn ->
  for {name, _, _} <- :application.which_applications(), name in [:x_database, :x_shop], do: name
end

{:ok, started} = Application.ensure_all_started(:x_shop)
out(started, running.())
out(Application.stop(:x_database), running.())
out(mail())
out(Application.start(:x_database), running.())
out(Application.stop(:x_shop), Application.stop(:x_database), running.())
out(mail())
for name <- [:x_shop, :x_database], do: :application.unload(name)

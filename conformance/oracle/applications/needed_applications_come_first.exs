# AP-01: what an application needs is started first; if one does not start, those started for it are stopped again
defmodule Needed do
  def start(_type, {_name, :bad}), do: {:error, :no}
  def start(_type, {_name, :good}), do: Supervisor.start_link([], strategy: :one_for_one)
  def stop(_state), do: :ok
end

load = fn name, needs, how ->
  :ok =
    :application.load(
      {:application, name,
       [description: 'x', vsn: '1', applications: needs, mod: {Needed, {name, how}}]}
    )
end

mine = [:n_log, :n_database, :n_shop, :n_bad, :n_front]
running = fn -> for {name, _, _} <- :application.which_applications(), name in mine, do: name end
load.(:n_log, [], :good)
load.(:n_database, [:n_log], :good)
load.(:n_shop, [:n_database, :n_log], :good)
load.(:n_bad, [], :bad)
load.(:n_front, [:n_shop, :n_bad], :good)

{:error, {:not_started, name}} = :application.start(:n_shop)
out(name)
{:ok, started} = Application.ensure_all_started(:n_shop)
out(started, running.())
{:ok, started} = Application.ensure_all_started(:n_shop)
out(started)
:application.stop(:n_log)
out(running.())
{:error, {:not_started, name}} = :application.start(:n_front)
out(name)
:application.stop(:n_database)
:application.stop(:n_shop)
{:error, {name, {reason, _}}} = Application.ensure_all_started(:n_front)
out(name, reason, running.())
for name <- mine, do: :application.unload(name)

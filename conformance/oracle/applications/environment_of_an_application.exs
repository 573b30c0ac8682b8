# AP-07: defaults, then configuration, then what was set; all but the configuration is lost when it is unloaded
defmodule Environment do
  def start(_type, _arguments), do: Supervisor.start_link([], strategy: :one_for_one)
  def stop(_state), do: :ok
end

spec =
  {:application, :v_shop,
   [
     description: 'x',
     vsn: '1',
     applications: [],
     env: [port: 1, host: :here],
     mod: {Environment, []}
   ]}

all = fn -> Map.new(Application.get_all_env(:v_shop)) end
out(all.())
Application.put_env(:v_shop, :port, 5)
Application.put_env(:v_shop, :extra, 6)
Application.put_all_env([v_shop: [host: :there]], persistent: true)
out(all.())
:ok = :application.load(spec)
out(all.())
Application.put_env(:v_shop, :port, 9)
Application.delete_env(:v_shop, :extra)
out(all.())
:ok = :application.start(:v_shop)
{:error, {reason, name}} = :application.unload(:v_shop)
out(reason, name)
:ok = :application.stop(:v_shop)
out(all.())
:ok = :application.unload(:v_shop)
out(all.())
{:error, {reason, name}} = :application.unload(:v_shop)
out(reason, name)
:ok = :application.load(spec)
out(all.())
:ok = :application.unload(:v_shop)
Application.delete_env(:v_shop, :host, persistent: true)

# AP-09: who starts an application waits; others start and ask meanwhile
defmodule Waiting do
  def start(_type, {boss, :w_slow}) do
    send(boss, {:starting, self()})
    receive do: (:go -> Supervisor.start_link([], strategy: :one_for_one))
  end

  def start(_type, {_boss, :w_quick}), do: Supervisor.start_link([], strategy: :one_for_one)
  def stop(_state), do: :ok
end

for name <- [:w_slow, :w_quick] do
  :ok =
    :application.load(
      {:application, name,
       [description: 'x', vsn: '1', applications: [], mod: {Waiting, {self(), name}}]}
    )
end

runs = fn name -> List.keyfind(:application.which_applications(), name, 0) != nil end
boss = self()
spawn(fn -> send(boss, {:answer, :application.start(:w_slow)}) end)
{:starting, starting} = next()
out(:application.start(:w_quick), runs.(:w_quick), runs.(:w_slow))
{:error, {reason, name}} = :application.stop(:w_slow)
out(reason, name)
out(mail())
send(starting, :go)
out(next(), runs.(:w_slow))

for name <- [:w_slow, :w_quick] do
  :application.stop(name)
  :application.unload(name)
end

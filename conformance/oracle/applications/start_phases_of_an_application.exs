# AP-08: start phases follow the start in order, and one that fails fails it
defmodule Phases do
  def start(_type, boss) do
    send(boss, :start)
    Supervisor.start_link([], strategy: :one_for_one)
  end

  def start_phase(phase, _type, boss) do
    send(boss, phase)
    if phase == :bad, do: {:error, :no}, else: :ok
  end

  def stop(_state), do: :ok
end

for {name, phases} <- [p_good: [:one, :two], p_bad: [:one, :bad, :two]] do
  :ok =
    :application.load(
      {:application, name,
       [
         description: 'x',
         vsn: '1',
         applications: [],
         mod: {Phases, self()},
         start_phases: for(phase <- phases, do: {phase, self()})
       ]}
    )
end

out(:application.start(:p_good), mail())
{:error, {reason, {_, :start_phase, [phase | _]}}} = :application.start(:p_bad)
out(reason, phase, mail())
out(List.keyfind(:application.which_applications(), :p_bad, 0))
:application.stop(:p_good)
:application.unload(:p_good)
:application.unload(:p_bad)

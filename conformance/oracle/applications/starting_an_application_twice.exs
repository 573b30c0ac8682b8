# AP-02: an application starts once, for all who ask meanwhile, and what does not start tells why
defmodule Twice do
  def start(_type, {boss, name}) do
    send(boss, :start)

    case name do
      :t_shop -> Supervisor.start_link([], strategy: :one_for_one)
      :t_slow -> receive_go(boss)
      :t_error -> {:error, :why}
      :t_ignore -> :ignore
      :t_dead -> {:ok, dead_one()}
    end
  end

  def stop(_state), do: :ok

  defp receive_go(boss) do
    send(boss, {:starting, self()})
    receive do: (:go -> Supervisor.start_link([], strategy: :one_for_one))
  end

  defp dead_one do
    {pid, ref} = spawn_monitor(fn -> :ok end)
    receive do: ({:DOWN, ^ref, _, _, _} -> pid)
  end
end

mine = [:t_shop, :t_slow, :t_error, :t_ignore, :t_dead]

for name <- mine do
  :ok =
    :application.load(
      {:application, name,
       [description: 'x', vsn: '1', applications: [], mod: {Twice, {self(), name}}]}
    )
end

out(:application.start(:t_shop))
{:error, {:already_started, name}} = :application.start(:t_shop)
out(name, Application.ensure_started(:t_shop), mail())

boss = self()
ask = fn -> spawn(fn -> send(boss, {:answer, :application.start(:t_slow)}) end) end
ask.()
out(next())
{:starting, starting} = next()
other = ask.()
out(eventually(fn -> Process.info(other, :status) == {:status, :waiting} end))
send(starting, :go)
out(mail())

{:error, {reason, _}} = :application.start(:t_error)
out(reason, mail())
{:error, {:bad_return, {_, returned}}} = :application.start(:t_ignore)
out(returned, mail())
out(:application.start(:t_dead))
out(eventually(fn -> List.keyfind(:application.which_applications(), :t_dead, 0) == nil end))

for name <- mine do
  :application.stop(name)
  :application.unload(name)
end

# DS-04: what a start comes to is told; one that is ignored or fails in whatever way is not kept, and the supervisor goes on
defmodule Child do
  def start(:ok), do: {:ok, pid()}
  def start(:told), do: {:ok, pid(), :extra}
  def start(:ignoring), do: :ignore
  def start(:failing), do: {:error, :no_desk}
  def start(:odd), do: nil
  def start(:raising), do: raise("broken")
  def start(:exiting), do: exit(:gone)
  defp pid, do: spawn_link(fn -> Process.sleep(:infinity) end)
end

{:ok, supervisor} = DynamicSupervisor.start_link(strategy: :one_for_one)
start = fn how -> DynamicSupervisor.start_child(supervisor, %{id: how, start: {Child, :start, [how]}}) end

for how <- [:ok, :told, :ignoring, :failing, :odd, :raising, :exiting] do
  case start.(how) do
    {:ok, pid} -> out(how, Process.alive?(pid))
    {:ok, pid, extra} -> out(how, Process.alive?(pid), extra)
    :ignore -> out(how, :ignored)
    {:error, reason} -> if how == :odd, do: out(how, :failed), else: out(how, :failed, reason)
  end
end

out(DynamicSupervisor.count_children(supervisor).specs, Process.alive?(supervisor))

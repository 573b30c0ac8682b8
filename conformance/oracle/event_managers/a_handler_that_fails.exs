# GE-01 GE-02 GE-03: the newest handler first; one that fails is removed, and the others go on
defmodule Teller do
  @behaviour :gen_event

  def init({boss, name}), do: {:ok, {boss, name}}

  def handle_event(:boom, {_, :a}), do: exit(:broken)

  def handle_event(event, {boss, name} = state) do
    send(boss, {:told, name, event})
    {:ok, state}
  end

  def handle_call(_, state), do: {:ok, :ok, state}
end

{:ok, manager} = :gen_event.start()
for name <- [:a, :b], do: :ok = :gen_event.add_handler(manager, {Teller, name}, {self(), name})
for event <- [:one, :boom, :two], do: :gen_event.sync_notify(manager, event)
Enum.each(mail(), &out/1)
out(for {Teller, name} <- :gen_event.which_handlers(manager), do: name)
out(Process.alive?(manager))

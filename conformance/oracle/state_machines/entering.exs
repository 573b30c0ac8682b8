# SM-07: a state is entered at the start, when it changes and when it is repeated, and not when it stays the same
defmodule Gate do
  @behaviour :gen_statem

  def callback_mode, do: [:handle_event_function, :state_enter]
  def init(boss), do: {:ok, :a, boss}

  def handle_event(:enter, from, state, boss) do
    send(boss, {:handled, :enter, from, state})
    :keep_state_and_data
  end

  def handle_event(:cast, :b, _, boss), do: {:next_state, :b, boss}
  def handle_event(:cast, :same, state, boss), do: {:next_state, state, boss}
  def handle_event(:cast, :again, _, _), do: :repeat_state_and_data
  def handle_event(:cast, _, _, _), do: :keep_state_and_data
end

{:ok, gate} = :gen_statem.start(Gate, self(), [])
for name <- [:stay, :b, :same, :again], do: :gen_statem.cast(gate, name)
Enum.each(mail(), &out/1)

# SM-01 SM-02 SM-03: what was postponed comes when the state has changed, after what was inserted and before the rest
defmodule Door do
  @behaviour :gen_statem

  def callback_mode, do: :handle_event_function
  def init(boss), do: {:ok, :closed, boss}

  def handle_event(_, name, state, boss) do
    send(boss, {:handled, name, state})

    case {state, name} do
      {:opened, _} ->
        :keep_state_and_data

      {:closed, :open} ->
        {:next_state, :opened, boss,
         [{:next_event, :internal, :one}, {:next_event, :internal, :two}]}

      _ ->
        {:keep_state_and_data, :postpone}
    end
  end
end

{:ok, door} = :gen_statem.start(Door, self(), [])
for name <- [:a, :b, :open, :c], do: :gen_statem.cast(door, name)
Enum.each(mail(), &out/1)

# SM-04 SM-05 SM-06: a state's limit ends with it, a named one does not, and zero comes at once
defmodule Lamp do
  @behaviour :gen_statem

  def callback_mode, do: :handle_event_function
  def init(boss), do: {:ok, :off, boss, [{:timeout, 20, :idle}]}

  def handle_event(_, name, state, boss) do
    send(boss, {:handled, name, state})

    case name do
      :idle ->
        {:next_state, :on, boss,
         [
           {:state_timeout, 20, :never},
           {{:timeout, :named}, 40, :named},
           {{:timeout, :zero}, 0, :zero}
         ]}

      :zero ->
        {:next_state, :dim, boss}

      _ ->
        :keep_state_and_data
    end
  end
end

{:ok, _} = :gen_statem.start(Lamp, self(), [])
Enum.each(mail(), &out/1)

# V-10: a receive within another begins with the oldest message
for message <- [:first, :outer, :last], do: send(self(), message)

out(
  receive do
    :outer -> {:outer, receive(do: (any -> any)), receive(do: (any -> any))}
  end
)

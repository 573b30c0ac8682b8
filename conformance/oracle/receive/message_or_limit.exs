# V-05 V-07: a message that comes as the limit ends is taken or stays, and is not lost
# legal: hello []
# legal: late [hello]
boss = self()

spawn(fn ->
  shake()
  send(boss, :hello)
end)

out(receive(do: (message -> message), after: (1 -> :late)), mail())

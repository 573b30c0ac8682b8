# V-02: who waits for one thing is not woken for good by others
boss = self()
receiver = spawn(fn -> send(boss, {:told, receive(do: (:that -> :that)), mail()}) end)

for n <- 1..5 do
  send(receiver, n)
  shake()
end

send(receiver, :that)
out(next())

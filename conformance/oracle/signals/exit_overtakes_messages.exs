# X-04: an exit signal acts on reception: any prefix of unread messages may have been handled
# legal: [] gone
# legal: [{told, 1}] gone
# legal: [{told, 1}, {told, 2}] gone
# legal: [{told, 1}, {told, 2}, {told, 3}] gone
# legal: [{told, 1}, {told, 2}, {told, 3}, {told, 4}] gone
# legal: [{told, 1}, {told, 2}, {told, 3}, {told, 4}, {told, 5}] gone
boss = self()

receiver =
  spawn(fn ->
    for _ <- 1..5 do
      receive do: (n -> send(boss, {:told, n}))
      shake()
    end

    Process.sleep(:infinity)
  end)

ref = Process.monitor(receiver)
shake()
for n <- 1..5, do: send(receiver, n)
shake()
Process.exit(receiver, :gone)
reason = down(ref)
out(mail(), reason)

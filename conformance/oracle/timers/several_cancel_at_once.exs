# TM-04: of several who cancel one timer at most one succeeds, and none if it fires
# legal: 1 []
# legal: 0 [hello]
ref = Process.send_after(self(), :hello, 2)
boss = self()

for _ <- 1..3 do
  spawn(fn ->
    shake()
    send(boss, {:told, is_integer(Process.cancel_timer(ref))})
  end)
end

told = for _ <- 1..3, do: receive(do: ({:told, done} -> done))
out(Enum.count(told, & &1), mail())

# L-08 L-09 M-09: when both ends of a link end at once, each is told to others once, with a reason of either
# legal: [a, a] | []
# legal: [a, b] | []
# legal: [b, b] | []
boss = self()

a =
  spawn(fn ->
    b =
      spawn_link(fn ->
        receive do: (:go -> :ok)
        shake()
        exit(:b)
      end)

    send(boss, {:b, b})
    receive do: (:go -> :ok)
    shake()
    exit(:a)
  end)

b = receive do: ({:b, b} -> b)
refs = for pid <- [a, b], do: Process.monitor(pid)
for pid <- [a, b], do: send(pid, :go)
out(for ref <- refs, do: down(ref))
out(mail())

# X-14: of several senders, and the process itself, any may be the first; all hear the same
# legal: [a, a, a]
# legal: [b, b, b]
# legal: [itself, itself, itself]
pid =
  spawn(fn ->
    receive do: (:go -> :ok)
    shake()
    exit(:itself)
  end)

refs = for _ <- 1..3, do: Process.monitor(pid)

for reason <- [:a, :b] do
  spawn(fn ->
    shake()
    Process.exit(pid, reason)
  end)
end

shake()
send(pid, :go)
out(for(ref <- refs, do: down(ref)))

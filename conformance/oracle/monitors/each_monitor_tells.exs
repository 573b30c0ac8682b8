# M-01: each monitor is independent and has one direction
pid = idle()
refs = for _ <- 1..3, do: Process.monitor(pid)
out(length(Enum.uniq(refs)))
Process.exit(pid, :gone)
out(Enum.sort(for {:DOWN, ref, _, _, reason} <- mail(), do: {ref, reason}) == Enum.sort(for ref <- refs, do: {ref, :gone}))

watched = idle()

watcher =
  spawn(fn ->
    Process.monitor(watched)
    exit(:gone)
  end)

gone(watcher)
out(Process.alive?(watched))

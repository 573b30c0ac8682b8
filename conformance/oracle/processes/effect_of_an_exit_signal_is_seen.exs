# P-16 PI-06: who has sent an exit signal sees its effect
seen =
  for _ <- 1..20 do
    pid = idle()
    shake()
    Process.exit(pid, :kill)
    [Process.alive?(pid), Process.info(pid), Process.alive?(pid)]
  end

out(Enum.uniq(seen))
busy = spawn(fn -> Stream.cycle([1]) |> Enum.each(& &1) end)
shake()
Process.exit(busy, :gone)
out(Process.alive?(busy), Process.info(busy))

# PI-06: an info reflects what the asker has sent before
seen =
  for _ <- 1..20 do
    pid = idle()
    shake()
    send(pid, :one)
    Process.link(pid)
    Process.monitor(pid)
    info = Process.info(pid, [:message_queue_len, :links, :monitored_by])
    Process.unlink(pid)
    [info[:message_queue_len], info[:links] == [self()], info[:monitored_by] == [self()], Process.info(pid, :links)]
  end

out(Enum.uniq(seen))

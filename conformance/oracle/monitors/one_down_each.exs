# M-09: exactly one message a monitor, however many end the process
pid = idle()
refs = for _ <- 1..3, do: Process.monitor(pid)

for _ <- 1..3 do
  spawn(fn ->
    shake()
    Process.exit(pid, :gone)
  end)
end

for ref <- refs, do: down(ref)
out(mail())

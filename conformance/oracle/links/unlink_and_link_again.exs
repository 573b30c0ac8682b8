# L-07: a link made right after an unlink is live
Process.flag(:trap_exit, true)
pid = idle()
Process.link(pid)

for _ <- 1..5 do
  Process.unlink(pid)
  Process.link(pid)
end

Process.exit(pid, :gone)
out(mail())

# X-11: any other reason ends the receiver with just that, and is the last of the mail of who traps
for reason <- [:gone, :killed, :shutdown, {:shutdown, :enough}, :noproc, :timeout] do
  pid = idle()
  ref = Process.monitor(pid)
  Process.exit(pid, reason)
  trapper = trapper()
  send(trapper, :before)
  Process.exit(trapper, reason)
  send(trapper, :behind)
  out(down(ref), next(), next(), next())
end

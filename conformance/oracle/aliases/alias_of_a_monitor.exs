# A-05: a monitor can be an alias as well, and ends as one in three ways
for mode <- [:explicit_unalias, :demonitor, :reply_demonitor] do
  # two messages through it, then the end
  pid = idle()
  ref = :erlang.monitor(:process, pid, alias: mode)
  send(ref, :one)
  send(ref, :two)
  Process.exit(pid, :gone)
  out(mode, mail())
  send(ref, :three)
  out(mail(), :erlang.unalias(ref))
  # demonitor first
  ref = :erlang.monitor(:process, idle(), alias: mode)
  Process.demonitor(ref)
  send(ref, :four)
  out(mail(), :erlang.unalias(ref))
  # unalias first
  pid = idle()
  ref = :erlang.monitor(:process, pid, alias: mode)
  out(:erlang.unalias(ref))
  send(ref, :five)
  Process.exit(pid, :gone)
  out(mail())
end

# P-14 X-08: the suspended can be killed, and told to exit
for reason <- [:kill, :gone] do
  pid = idle()
  :erlang.suspend_process(pid)
  ref = Process.monitor(pid)
  Process.exit(pid, reason)
  out(if reason == :kill, do: down(ref), else: Process.alive?(pid))
end

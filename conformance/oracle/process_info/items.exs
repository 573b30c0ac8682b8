# PI-05: what can be known of a process
boss = self()
child = spawn_link(fn -> Process.sleep(:infinity) end)
Process.link(child)
ref = Process.monitor(child)
send(child, :one)
send(child, :two)

for item <- [:parent, :trap_exit, :priority, :links, :monitored_by, :message_queue_len, :messages, :registered_name] do
  out(Tuple.to_list(Process.info(child, item)))
end

out(Process.info(child, :group_leader) == Process.info(boss, :group_leader))
Process.demonitor(ref)
out(Tuple.to_list(Process.info(child, :monitored_by)), Tuple.to_list(Process.info(boss, :monitors)))

# L-09: a normal end is a message for who traps and nothing for others
boss = self()

spawn(fn ->
  gone(spawn_link(fn -> :ok end))
  send(boss, :alive)
end)

out(next())
Process.flag(:trap_exit, true)
spawn_link(fn -> :ok end)
out(mail())

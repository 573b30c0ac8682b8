# P-06: a child that traps hears of it, or had no time to trap and ends too
boss = self()

spawn(fn ->
  child =
    spawn_link(fn ->
      Process.flag(:trap_exit, true)
      receive do: ({:EXIT, _, reason} -> send(boss, {:heard, reason}))
    end)

  send(boss, {:child, child})
  shake()
  exit(:gone)
end)

receive do: ({:child, child} -> gone(child))
out(mail())

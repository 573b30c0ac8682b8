# P-06: a parent that ends right after spawning with a link takes the child along
# legal: gone
# legal: noproc
boss = self()

spawn(fn ->
  child = spawn_link(fn -> Process.sleep(:infinity) end)
  send(boss, {:child, child})
  exit(:gone)
end)

receive do
  {:child, child} ->
    shake()
    out(ended(child))
end

# X-06: a loop without a receive is ended like anything else
def spin(n), do: spin(n + 1)

for reason <- [:gone, :kill, :normal] do
  pid = spawn(fn -> spin(0) end)
  ref = Process.monitor(pid)
  shake()
  Process.exit(pid, reason)

  if reason == :normal do
    out(next(100), Process.alive?(pid))
    Process.exit(pid, :kill)
  else
    out(down(ref))
  end
end

# V-04 V-07: a time limit is not begun anew by what does not match, which stays
boss = self()

spawn(fn ->
  for n <- 1..60 do
    send(boss, n)
    Process.sleep(10)
  end
end)

begun = System.monotonic_time(:millisecond)
out(receive(do: (:never -> :never), after: (100 -> :late)))
took = System.monotonic_time(:millisecond) - begun
out(took >= 100, took < 600)
out(hd(mail()))

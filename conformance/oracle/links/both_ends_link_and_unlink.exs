# L-08: whatever both ends do at once, they agree in the end
# legal: true true
# legal: true false
boss = self()

players =
  for _ <- 1..2 do
    spawn(fn ->
      receive do
        {:play, other} ->
          for _ <- 1..5 do
            Process.link(other)
            shake()
            Process.unlink(other)
            shake()
          end

          if :rand.uniform(2) == 1, do: Process.link(other)
          send(boss, :done)
          Process.sleep(:infinity)
      end
    end)
  end

[a, b] = players
send(a, {:play, b})
send(b, {:play, a})
for _ <- 1..2, do: receive(do: (:done -> :ok))

linked = fn a, b -> b in elem(Process.info(a, :links), 1) end
agree = eventually(fn -> linked.(a, b) == linked.(b, a) end)
out(agree, linked.(a, b))

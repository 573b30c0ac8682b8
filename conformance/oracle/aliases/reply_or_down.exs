# A-05: through a monitor that ends with the reply comes the reply or the end, never both
# legal: [answer]
# legal: [{DOWN, ref1, pid1, gone}]
boss = self()

pid =
  spawn(fn ->
    receive do
      {:ask, alias} ->
        shake()
        send(alias, :answer)
    end
  end)

ref = :erlang.monitor(:process, pid, alias: :reply_demonitor)
send(pid, {:ask, ref})

spawn(fn ->
  shake()
  Process.exit(pid, :gone)
  send(boss, :told_to_exit)
end)

receive do: (:told_to_exit -> :ok)
out(mail())

# X-13: an exit signal to oneself acts before the next step, and cannot be caught
boss = self()

{_, ref} =
  spawn_monitor(fn ->
    try do
      Process.exit(self(), :gone)
      send(boss, :next_step)
    catch
      _, _ -> send(boss, :caught)
    end

    send(boss, :behind)
  end)

out(down(ref), mail())

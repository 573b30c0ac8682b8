# X-16: the end of a sender is told behind all that it has sent
boss = self()
Process.flag(:trap_exit, true)

{pid, ref} =
  :erlang.spawn_opt(
    fn ->
      for n <- 1..100, do: send(boss, n)
      exit(:gone)
    end,
    [:link, :monitor]
  )

down(ref)
receive do: ({:EXIT, ^pid, _} -> :ok)
# both are there, so all numbers are
{numbers, rest} = Enum.split_while(for(_ <- 1..100, do: next(0)), &is_integer/1)
out(numbers == Enum.to_list(1..100), rest, next(0))

# G-28 G-31: a call, a cast and an answer are messages that anybody can write; a call to several nodes tells who failed
defmodule Adding do
  use GenServer
  def init(_), do: {:ok, 1}
  def handle_call(:sum, _, sum), do: {:reply, sum, sum}
  def handle_call(:fail, _, sum), do: {:stop, :broken, sum}
  def handle_call(:sleep, _, sum), do: {:noreply, sum}
  def handle_cast({:add, n}, sum), do: {:noreply, sum + n}
end

{:ok, pid} = GenServer.start(Adding, [], name: :g_adding)
send(pid, {:"$gen_cast", {:add, 2}})
tag = make_ref()
send(pid, {:"$gen_call", {self(), tag}, :sum})
receive do: ({^tag, sum} -> out(sum))

# a server by hand
boss = self()

server =
  spawn(fn ->
    receive do
      {:"$gen_call", {caller, tag}, :sum} ->
        send(boss, {:asked_by, caller})
        send(if(is_list(tag), do: tl(tag), else: caller), {tag, 7})
    end
  end)

out(GenServer.call(server, :sum), next())

many = fn name, request ->
  {replies, bad} = GenServer.multi_call([node()], name, request, 50)
  out(for({_, reply} <- replies, do: reply), length(bad))
end

many.(:g_adding, :sum)
many.(:g_nobody, :sum)
many.(:g_adding, :sleep)
many.(:g_adding, :fail)
out(GenServer.abcast([node()], :g_nobody, {:add, 1}), mail())

# N-04 EX-01: a registrar of one's own names processes
defmodule Desk do
  def start, do: :ets.new(:desk, [:public])
  def register_name({desk, key}, pid), do: if(:ets.insert_new(desk, {key, pid}), do: :yes, else: :no)
  def unregister_name({desk, key}), do: :ets.delete(desk, key)

  def whereis_name({desk, key}) do
    case :ets.lookup(desk, key) do
      [{_, pid}] -> pid
      [] -> :undefined
    end
  end

  def send({desk, key}, message) do
    case whereis_name({desk, key}) do
      :undefined -> exit({:badarg, {key, message}})
      pid -> Kernel.send(pid, message)
    end
  end
end

desk = Desk.start()
server = spawn(fn -> receive(do: ({:"$gen_call", from, :ask} -> GenServer.reply(from, :answer))) end)
out(Desk.register_name({desk, :post}, server), Desk.register_name({desk, :post}, idle()))
out(GenServer.call({:via, Desk, {desk, :post}}, :ask))
out(GenServer.whereis({:via, Desk, {desk, :none}}))
{:caught, {reason, _}} = attempt(fn -> GenServer.call({:via, Desk, {desk, :none}}, :ask) end)
out(reason)

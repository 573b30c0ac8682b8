# E-01 E-03 E-04: the kinds of tables, counters, and a table that ends with its owner
ordered = :ets.new(:ordered, [:ordered_set])
for key <- [3, 1, 2], do: :ets.insert(ordered, {key, :v})
out(:ets.insert_new(ordered, {1, :w}), :ets.insert_new(ordered, {4, :w}))
out(for {key, _} <- :ets.tab2list(ordered), do: key)
out(:ets.next(ordered, 2), :ets.prev(ordered, 2))
:ets.delete(ordered, 2)
out(:ets.next(ordered, 1), :ets.member(ordered, 2), :ets.info(ordered, :size))
bag = :ets.new(:bag, [:bag])
duplicates = :ets.new(:duplicates, [:duplicate_bag])

for value <- [1, 2, 1] do
  :ets.insert(bag, {:k, value})
  :ets.insert(duplicates, {:k, value})
end

values = fn table -> for {_, value} <- :ets.lookup(table, :k), do: value end
out(values.(bag), values.(duplicates))
counters = :ets.new(:counters, [:set])
:ets.insert(counters, {:n, 5})
out(:ets.update_counter(counters, :n, 3), :ets.update_counter(counters, :n, {2, 3, 10, 0}))
boss = self()

owner =
  spawn(fn ->
    table = :ets.new(:owned, [:set])
    :ets.insert(table, {:k, 1})
    send(boss, table)
    receive do: (:stop -> :ok)
  end)

other = next()
out(:ets.member(other, :k))
send(owner, :stop)
ended(owner)
out(match?({:caught, _}, attempt(fn -> :ets.member(other, :k) end)))

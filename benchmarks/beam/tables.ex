# Two processes that read a table of 10 000 keys, or update the counters in it: all keys, in an order that has
# none. The options are those that the documentation of ets recommends for such a use.
defmodule Bench.Tables do
  @keys 10_000
  @processes 2
  # coprime to the number of keys: its multiples are all of them
  @stride 7_919

  def read(operations) do
    each = each(operations)

    cost =
      with_table([read_concurrency: true], each, fn table -> read(table, 0, each, 0) end, fn _, sums ->
        Bench.expect("the sum", sum_of_keys() * div(each, @keys) * @processes, Enum.sum(sums))
      end)

    cost
  end

  def update(operations) do
    each = each(operations)

    with_table([write_concurrency: true], each, fn table -> update(table, 0, each) end, fn table, _ ->
      sum = :ets.foldl(fn {_, n}, sum -> sum + n end, 0, table)
      Bench.expect("the sum", sum_of_keys() + @processes * each, sum)
    end)
  end

  defp each(operations), do: div(div(operations, @processes), @keys) * @keys
  defp sum_of_keys, do: div(@keys * (@keys - 1), 2)

  defp with_table(options, each, work, check) do
    table = :ets.new(:table, [:set, :public | options])
    for key <- 0..(@keys - 1), do: :ets.insert(table, {key, key})
    me = self()
    start = System.monotonic_time(:nanosecond)
    for _ <- 1..@processes, do: spawn_link(fn -> send(me, {:done, work.(table)}) end)
    sums = for _ <- 1..@processes, do: receive(do: ({:done, sum} -> sum))
    cost = (System.monotonic_time(:nanosecond) - start) / (@processes * each)
    check.(table, sums)
    :ets.delete(table)
    cost
  end

  defp read(_table, _key, 0, sum), do: sum

  defp read(table, key, left, sum) do
    [{_, n}] = :ets.lookup(table, key)
    read(table, rem(key + @stride, @keys), left - 1, sum + n)
  end

  defp update(_table, _key, 0), do: 0

  defp update(table, key, left) do
    :ets.update_counter(table, key, 1)
    update(table, rem(key + @stride, @keys), left - 1)
  end
end

# T-14 T-15: results in the order of the items, or as they are done
work = fn item ->
  Process.sleep(item * 100)
  item * 10
end

values = fn options ->
  for {:ok, value} <- Task.async_stream([3, 1, 2], work, [{:max_concurrency, 3} | options]), do: value
end

out(values.([]))
out(values.(ordered: false))

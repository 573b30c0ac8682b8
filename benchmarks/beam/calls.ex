# A process calls a server again and again; with messages in its own mailbox that it does not read.
defmodule Bench.Calls do
  defmodule Counter do
    use GenServer

    def init(count), do: {:ok, count}
    def handle_call(:increment, _from, count), do: {:reply, count + 1, count + 1}
  end

  def run(calls, backlog) do
    {:ok, counter} = GenServer.start(Counter, 0)
    # as the documentation of process_flag advises whoever may have many messages: on the heap, each collection
    # of garbage looks at all of them, and a call takes a millisecond
    if backlog > 0, do: Process.flag(:message_queue_data, :off_heap)
    for n <- 1..backlog//1, do: send(self(), n)
    each = Bench.nanos_each(calls, fn -> call(counter, calls, 0) end)
    GenServer.stop(counter)
    each
  end

  defp call(_counter, 0, _last), do: :ok

  defp call(counter, left, last) do
    next = GenServer.call(counter, :increment)
    Bench.expect("the count", last + 1, next)
    call(counter, left - 1, next)
  end
end

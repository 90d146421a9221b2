using System.Collections.Concurrent;
using LocalRetrieval.Bench.EncoderLoad;

namespace LocalRetrieval.Bench.Tests.EncoderLoad;

public sealed class CallersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task RunAsync_Texts_AreEachAskedOnceByAsManyAsThereAreCallers()
    {
        string[] texts = [.. Enumerable.Range(0, 40).Select(number => $"{number}")];
        ConcurrentBag<string> asked = [];
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int entered = 0;

        double[] latencies = await Callers.RunAsync(4, texts, text =>
        {
            asked.Add(text);
            if (Interlocked.Increment(ref entered) == 4)
            {
                all.SetResult();
            }

            return all.Task.WaitAsync(Patience);
        });

        Assert.Equal(texts.Order(), asked.Order());
        Assert.Equal(texts.Length, latencies.Length);
    }

    [Fact]
    public void Until_TaskThatEnds_IsTheEnd()
    {
        TaskCompletionSource done = new();
        using IEnumerator<string> texts = Callers.Until(done.Task, ["a", "b"]).GetEnumerator();

        Assert.True(texts.MoveNext() && texts.MoveNext() && texts.MoveNext());
        Assert.Equal("a", texts.Current);
        done.SetResult();
        Assert.False(texts.MoveNext());
    }
}

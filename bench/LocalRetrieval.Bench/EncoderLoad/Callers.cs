using System.Diagnostics;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>Callers that each ask, wait for their own answer, and ask the next.</summary>
internal static class Callers
{
    /// <param name="count">How many callers.</param>
    /// <param name="texts">What they ask, each text once, until there are no more.</param>
    /// <param name="ask">Asks and waits.</param>
    /// <param name="pause">How long a caller waits after each answer; nothing by default. The first questions are spread over it.</param>
    /// <returns>How long each answer took, in milliseconds.</returns>
    public static async Task<double[]> RunAsync(int count, IEnumerable<string> texts, Func<string, Task> ask, TimeSpan pause = default)
    {
        using IEnumerator<string> queue = texts.GetEnumerator();
        Lock sync = new();
        double[][] latencies = await Task.WhenAll(Enumerable.Range(0, count).Select(caller => Task.Run(async () =>
        {
            List<double> own = [];
            await Task.Delay(pause * caller / count);
            while (Next() is { } text)
            {
                long start = Stopwatch.GetTimestamp();
                await ask(text);
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                await Task.Delay(pause);
            }

            return own.ToArray();
        })));
        return [.. latencies.SelectMany(own => own)];

        string? Next()
        {
            lock (sync)
            {
                return queue.MoveNext() ? queue.Current : null;
            }
        }
    }

    /// <summary>Texts again and again, until something is done.</summary>
    public static IEnumerable<string> Until(Task done, string[] texts)
    {
        for (int i = 0; !done.IsCompleted; i++)
        {
            yield return texts[i % texts.Length];
        }
    }
}

using System.Diagnostics;

namespace LocalRetrieval.Rag;

/// <summary>Runs the stages of one retrieval, each as an activity, and keeps their times.</summary>
/// <remarks>Safe for concurrent use. A stage that runs twice, to find and then to score what others found, has one time: the sum.</remarks>
internal sealed class StageRunner
{
    private readonly Lock _lock = new();
    private readonly List<(string Stage, TimeSpan Elapsed)> _timings = [];

    /// <summary>The stages' times, in the order in which the stages started.</summary>
    public IReadOnlyList<StageTiming> Timings
    {
        get
        {
            lock (_lock)
            {
                return [.. _timings.Select(timing => new StageTiming { Stage = timing.Stage, Elapsed = timing.Elapsed })];
            }
        }
    }

    public async Task<T> RunAsync<T>(string stage, Func<Task<T>> run)
    {
        int index = Start(stage);
        using Activity? activity = RagActivities.Source.StartActivity(stage);
        long start = Stopwatch.GetTimestamp();
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
        finally
        {
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            lock (_lock)
            {
                _timings[index] = (stage, _timings[index].Elapsed + elapsed);
            }
        }
    }

    private int Start(string stage)
    {
        lock (_lock)
        {
            int index = _timings.FindIndex(timing => timing.Stage == stage);
            if (index < 0)
            {
                index = _timings.Count;
                _timings.Add((stage, TimeSpan.Zero));
            }

            return index;
        }
    }
}
